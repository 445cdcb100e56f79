using Azure.Security.KeyVault.Secrets;
using Secrets.Testing;
using Secrets.TestServers.Azure;
using Secrets.TestServers.Faults;

namespace Secrets.Azure.Tests.Conformance;

/// <summary>A whole vault, a secret for each leaf.</summary>
internal sealed class AzureKeyVaultHarness : SourceHarness
{
    private readonly AzureServer _server = AzureServers.Start();
    private readonly HashSet<string> _stored = new(StringComparer.OrdinalIgnoreCase);

    public AzureKeyVaultHarness()
    {
        Lacks(SourceAbility.OddKeys, "a name is made of ASCII letters, digits and dashes");
        Lacks(SourceAbility.EqualKeys, "a vault has one secret for names that differ by case alone, and none with an underscore");
        Lacks(SourceAbility.TypedValues, "a secret that is not an object is text");
        Lacks(SourceAbility.Bytes, "a secret is text");
        Cannot(SourceFault.Missing, "a vault that does not exist has no host to ask");
    }

    // "About Azure Key Vault secrets": a value is 25 KB at the most.
    public override int MaxValueBytes => 25 * 1024;

    // The challenge that comes before the first token is no question for a secret.
    public override int? Calls => _server.Calls.Count(c => c.Operation != "challenge");

    public override ISecretsSource CreateSource()
    {
        AzureKeyVaultOptions options = new AzureKeyVaultOptions().At(_server).Copy();
        return new AzureKeyVaultSource(options);
    }

    public override ValueTask StoreAsync(IReadOnlyList<SecretEntry> secrets)
    {
        _server.Heal();
        _server.Allow();
        foreach (string gone in _stored.Except(secrets.Select(s => NameOf(s.Path)), StringComparer.OrdinalIgnoreCase).ToArray())
        {
            _server.DeleteSecret(gone);
            _stored.Remove(gone);
        }

        foreach (SecretEntry secret in secrets)
        {
            _stored.Add(NameOf(secret.Path));
            _server.SetSecret(NameOf(secret.Path), secret.Value.Reveal());
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

    public override string LocationOf(SecretPath path) => $"{_server.VaultUri}secrets/{NameOf(path)}";

    public override async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await base.DisposeAsync();
    }

    private static string NameOf(SecretPath path) => string.Join("--", path.Segments);
}
