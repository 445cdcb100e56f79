using Secrets.InMemory;
using Secrets.Testing;

namespace Secrets.Tests.Conformance;

internal sealed class InMemoryHarness : SourceHarness
{
    private readonly Dictionary<string, object?> _values = new(StringComparer.Ordinal);

    public InMemoryHarness()
    {
        Lacks(SourceAbility.Versions, "values in memory have no version");
        foreach (SourceFault fault in Enum.GetValues<SourceFault>())
        {
            Cannot(fault, "memory is always there");
        }
    }

    public override ISecretsSource CreateSource() => new InMemorySource(_values);

    public override ValueTask StoreAsync(IReadOnlyList<SecretEntry> secrets)
    {
        _values.Clear();
        foreach (SecretEntry secret in secrets)
        {
            _values.Add(secret.Path.ToString(), secret.Value.Kind switch
            {
                SecretKind.Bytes => secret.Value.RevealBytes(),
                SecretKind.Integer => secret.Value.As<long>(),
                SecretKind.Float => secret.Value.As<double>(),
                SecretKind.Boolean => secret.Value.As<bool>(),
                _ => secret.Value.Reveal(),
            });
        }

        return ValueTask.CompletedTask;
    }

    public override string LocationOf(SecretPath path) => path.ToString();
}
