using Secrets.Testing;
using Secrets.Tests.Conformance;
using Secrets.TestServers.Aws;

namespace Secrets.Aws.Tests.Conformance;

/// <summary>All in the JSON object of one secret.</summary>
internal sealed class SecretsManagerObjectHarness() : ObjectHarness<AwsServer>(AwsServers.Start(), Name)
{
    private const string Name = "prod/shop";

    // The object's other members and its escapes take their part of the 65,536.
    public override int MaxValueBytes => 65_000;

    protected override string Location => Server.ArnOf(Name);

    public override ISecretsSource CreateSource() => new AwsSecretsManagerSource(new AwsSecretsManagerOptions().Secret(Name).At(Server));

    public override ValueTask BreakAsync(SourceFault fault, SecretEntry secret)
    {
        if (fault != SourceFault.Malformed)
        {
            return base.BreakAsync(fault, secret);
        }

        Server.SetSecret(Name, "{\"broken\": " + secret.Value.Reveal());
        return ValueTask.CompletedTask;
    }

    protected override void SetObject(string json) => Server.SetSecret(Name, json);

    protected override void Delete(string name) => Server.DeleteSecret(name);
}
