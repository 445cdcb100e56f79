using System.Diagnostics;

namespace Secrets.Vault;

/// <summary>A variable of the environment. It shows its name alone.</summary>
[DebuggerDisplay("{Name}")]
internal sealed class VaultVariable(string name, string value)
{
    public string Name { get; } = name;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string Value { get; } = value;

    public override string ToString() => Name;
}
