using Secrets.Testing;
using Secrets.TestServers.Gcp;
using Secrets.TestServers.Faults;

namespace Secrets.Gcp.Tests.Conformance;

/// <summary>A whole project, a secret for each leaf.</summary>
internal sealed class GoogleSecretManagerHarness : SourceHarness
{
    private readonly GcpServer _server = GcpServers.Start();
    private readonly HashSet<string> _stored = [];

    public GoogleSecretManagerHarness()
    {
        Lacks(SourceAbility.OddKeys, "an identifier is made of ASCII letters, digits, dashes and underscores");
        Lacks(SourceAbility.TypedValues, "a secret that is not an object is text");
        Cannot(SourceFault.Missing, "a project without secrets is an empty store");
    }

    public override int? Calls => _server.CallCount;

    public override ISecretsSource CreateSource()
    {
        GoogleSecretManagerOptions options = new GoogleSecretManagerOptions().At(_server).Copy();
        return new GoogleSecretManagerSource(options);
    }

    public override ValueTask StoreAsync(IReadOnlyList<SecretEntry> secrets)
    {
        _server.Heal();
        _server.Allow();
        foreach (string gone in _stored.Except(secrets.Select(s => NameOf(s.Path))).ToArray())
        {
            _server.DeleteSecret(gone);
            _stored.Remove(gone);
        }

        foreach (SecretEntry secret in secrets)
        {
            _stored.Add(NameOf(secret.Path));
            _server.SetSecret(NameOf(secret.Path), secret.Value.RevealBytes());
        }

        return ValueTask.CompletedTask;
    }

    public override ValueTask BreakAsync(SourceFault fault, SecretEntry secret)
    {
        switch (fault)
        {
            case SourceFault.Unavailable:
                _server.Inject(FaultKind.ServerError);
                break;
            case SourceFault.AccessDenied:
                _server.Inject(FaultKind.AccessDenied);
                break;
            case SourceFault.Malformed:
                _server.ErrorText = secret.Value.Reveal();
                _server.Inject(FaultKind.Garbage);
                break;
            case SourceFault.Silent:
                _server.Inject(FaultKind.Silence);
                break;
            case SourceFault.SecretDenied:
                _server.Deny(NameOf(secret.Path));
                break;
        }

        return ValueTask.CompletedTask;
    }

    public override string LocationOf(SecretPath path) => $"projects/{GcpServer.Project}/secrets/{NameOf(path)}";

    public override async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await base.DisposeAsync();
    }

    private static string NameOf(SecretPath path) => string.Join("--", path.Segments);
}
