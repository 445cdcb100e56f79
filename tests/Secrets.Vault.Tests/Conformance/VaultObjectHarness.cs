using System.Text.Json.Nodes;
using Secrets.Testing;
using Secrets.TestServers.Faults;
using Secrets.TestServers.Vault;

namespace Secrets.Vault.Tests.Conformance;

/// <summary>All in the fields of one secret of the key/value engine.</summary>
internal class VaultObjectHarness : SourceHarness
{
    private readonly string _name;

    public VaultObjectHarness(string mount = VaultServer.Versioned)
    {
        _name = mount + "/shop";
        Lacks(SourceAbility.Bytes, "JSON has no bytes");
        Cannot(SourceFault.SecretDenied, "a secret is readable whole or not at all");
    }

    public override int? Calls => Server.CallCount;

    private VaultServer Server { get; } = VaultServers.Start();

    public override ISecretsSource CreateSource()
    {
        VaultOptions options = new VaultOptions().Secret(_name).At(Server);
        return new VaultSource(options, options.Login);
    }

    public override ValueTask StoreAsync(IReadOnlyList<SecretEntry> secrets)
    {
        Server.Heal();
        Server.Allow();
        var document = new JsonObject();
        foreach (SecretEntry secret in secrets)
        {
            JsonObject parent = document;
            foreach (string key in secret.Path.Segments.SkipLast(1))
            {
                parent = (JsonObject)(parent[key] ??= new JsonObject());
            }

            parent[secret.Path.Segments[^1]] = secret.Value.Kind == SecretKind.String ? secret.Value.Reveal() : JsonNode.Parse(secret.Value.Reveal());
        }

        Server.SetSecret(_name, document.ToJsonString());
        return ValueTask.CompletedTask;
    }

    public override ValueTask BreakAsync(SourceFault fault, SecretEntry secret)
    {
        switch (fault)
        {
            case SourceFault.Missing:
                Server.DeleteSecret(_name);
                break;
            case SourceFault.Unavailable:
                Server.Inject(FaultKind.ServerError);
                break;
            case SourceFault.AccessDenied:
                Server.Inject(FaultKind.AccessDenied);
                break;
            case SourceFault.Malformed:
                Server.ErrorText = secret.Value.Reveal();
                Server.Inject(FaultKind.Garbage);
                break;
            case SourceFault.Silent:
                Server.Inject(FaultKind.Silence);
                break;
        }

        return ValueTask.CompletedTask;
    }

    public override string LocationOf(SecretPath path) =>
        _name + "#/" + string.Join('/', path.Segments.Select(s => s.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)));

    public override async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await base.DisposeAsync();
    }
}
