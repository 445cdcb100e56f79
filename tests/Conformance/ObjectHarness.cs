using System.Text.Json.Nodes;
using Secrets.Testing;
using Secrets.TestServers.Hosting;

namespace Secrets.Tests.Conformance;

/// <summary>A harness whose secrets are all in the JSON object of one secret.</summary>
internal abstract class ObjectHarness<TServer> : ServerHarness<TServer>
    where TServer : TestServer
{
    private readonly string _name;

    protected ObjectHarness(TServer server, string name)
        : base(server)
    {
        _name = name;
        Lacks(SourceAbility.Bytes, "JSON has no bytes");
        Cannot(SourceFault.SecretDenied, "a secret is readable whole or not at all");
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

        SetObject(document.ToJsonString());
        return ValueTask.CompletedTask;
    }

    public override ValueTask BreakAsync(SourceFault fault, SecretEntry secret)
    {
        if (fault != SourceFault.Missing)
        {
            return base.BreakAsync(fault, secret);
        }

        Delete(_name);
        return ValueTask.CompletedTask;
    }

    // RFC 6901, section 3.
    public override string LocationOf(SecretPath path) =>
        Location + "#/" + string.Join('/', path.Segments.Select(s => s.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)));

    /// <summary>Gets where the one secret is.</summary>
    protected abstract string Location { get; }

    protected abstract void SetObject(string json);

    protected override string NameOf(SecretPath path) => _name;
}
