using System.Text.Json.Nodes;
using Secrets.Testing;

namespace Secrets.Aws.Tests.Conformance;

/// <summary>All in the JSON object of one secret.</summary>
internal sealed class SecretsManagerObjectHarness : AwsHarness
{
    private const string Name = "prod/shop";

    public SecretsManagerObjectHarness()
    {
        Lacks(SourceAbility.Bytes, "JSON has no bytes");
        Cannot(SourceFault.SecretDenied, "a secret is readable whole or not at all");
    }

    // The object's other members and its escapes take their part of the 65,536.
    public override int MaxValueBytes => 65_000;

    public override ISecretsSource CreateSource()
    {
        AwsSecretsManagerOptions options = new AwsSecretsManagerOptions().Secret(Name).At(Server);
        return new AwsSecretsManagerSource(options);
    }

    public override ValueTask StoreAsync(IReadOnlyList<SecretEntry> secrets)
    {
        Mend();
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

        Server.SetSecret(Name, document.ToJsonString());
        return ValueTask.CompletedTask;
    }

    public override ValueTask BreakAsync(SourceFault fault, SecretEntry secret)
    {
        switch (fault)
        {
            case SourceFault.Missing:
                Server.DeleteSecret(Name);
                return ValueTask.CompletedTask;
            case SourceFault.Malformed:
                Server.SetSecret(Name, "{\"broken\": " + secret.Value.Reveal());
                return ValueTask.CompletedTask;
            default:
                return base.BreakAsync(fault, secret);
        }
    }

    public override string LocationOf(SecretPath path) =>
        Server.ArnOf(Name) + "#/" + string.Join('/', path.Segments.Select(s => s.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)));

    protected override string NameOf(SecretPath path) => Name;
}
