namespace Secrets.Testing.Tests.Conformance;

internal sealed class FakeHarness : SourceHarness
{
    private readonly FakeSource _source;
    private readonly HashSet<SecretPath> _stored = [];

    public FakeHarness(FakeSource source)
    {
        _source = source;
        Lacks(SourceAbility.Versions, "a fake has no versions");
    }

    public override int? Calls => _source.Loads;

    public override ISecretsSource CreateSource() => _source;

    public override ValueTask StoreAsync(IReadOnlyList<SecretEntry> secrets)
    {
        _source.Recover();
        foreach (SecretPath gone in _stored.Except(secrets.Select(s => s.Path)).ToArray())
        {
            _stored.Remove(gone);
            _source.Remove(gone.ToString());
        }

        foreach (SecretEntry secret in secrets)
        {
            _stored.Add(secret.Path);
            _source.Set(secret.Path.ToString(), secret.Value.Kind switch
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

    public override ValueTask BreakAsync(SourceFault fault, SecretEntry secret)
    {
        _ = fault switch
        {
            SourceFault.Missing => _source.Vanish(),
            SourceFault.Silent => _source.Hang(),
            SourceFault.SecretDenied => _source.Deny(secret.Path.ToString()),
            SourceFault.Malformed => _source.Fail(SecretsErrorCode.InvalidFormat),
            _ => _source.Fail(Enum.Parse<SecretsErrorCode>(fault.ToString())),
        };
        return ValueTask.CompletedTask;
    }

    public override string LocationOf(SecretPath path) => path.ToString();
}
