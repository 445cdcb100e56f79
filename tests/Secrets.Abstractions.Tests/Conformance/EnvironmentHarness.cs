using Secrets.EnvironmentVariables;
using Secrets.Testing;

namespace Secrets.Tests.Conformance;

/// <summary>The environment source over variables of its own, by lookup or with a prefix.</summary>
internal sealed class EnvironmentHarness : SourceHarness
{
    private readonly Dictionary<string, string> _variables = new(StringComparer.Ordinal);
    private readonly string? _prefix;

    public EnvironmentHarness(string? prefix)
    {
        _prefix = prefix;
        Lacks(SourceAbility.TypedValues, "a variable is text");
        Lacks(SourceAbility.Bytes, "a variable is text");
        Lacks(SourceAbility.Versions, "a variable has no version");
        if (prefix is null)
        {
            Lacks(SourceAbility.EqualKeys, "variables answer for one path, in a documented order, and are never enumerated");
        }

        foreach (SourceFault fault in Enum.GetValues<SourceFault>())
        {
            Cannot(fault, "the environment is always there");
        }
    }

    public override ISecretsSource CreateSource() =>
        new EnvironmentSource(new EnvironmentOptions { Prefix = _prefix, Variables = _variables, EmptyIsAbsent = false });

    public override ValueTask StoreAsync(IReadOnlyList<SecretEntry> secrets)
    {
        _variables.Clear();
        foreach (SecretEntry secret in secrets)
        {
            _variables.Add(LocationOf(secret.Path), secret.Value.Reveal());
        }

        return ValueTask.CompletedTask;
    }

    public override string LocationOf(SecretPath path) => _prefix + string.Join("__", path.Segments);
}
