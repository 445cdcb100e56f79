using Secrets.Testing;
using Secrets.Tests.Conformance;
using Secrets.TestServers.Aws;

namespace Secrets.Aws.Tests.Conformance;

/// <summary>A secret for each leaf, below a prefix.</summary>
internal sealed class SecretsManagerPrefixHarness : LeavesHarness<AwsServer>
{
    public SecretsManagerPrefixHarness()
        : base(AwsServers.Start())
    {
        Lacks(SourceAbility.OddKeys, "a name is made of ASCII letters, digits and /_+=.@-");
        Lacks(SourceAbility.EmptyValues, "a secret has a character at least");
        Lacks(SourceAbility.TypedValues, "a secret that is not an object is text");
        Cannot(SourceFault.Missing, "a prefix without secrets is an empty store");
    }

    public override ISecretsSource CreateSource() => new AwsSecretsManagerSource(new AwsSecretsManagerOptions().Prefix("prod/shop/", format: SecretFormat.Text).At(Server));

    public override string LocationOf(SecretPath path) => Server.ArnOf(NameOf(path));

    protected override string NameOf(SecretPath path) => "prod/shop/" + string.Join('/', path.Segments);

    protected override void Set(string name, SecretValue value)
    {
        if (value.Kind == SecretKind.Bytes)
        {
            Server.SetSecret(name, value.RevealBytes());
        }
        else
        {
            Server.SetSecret(name, value.Reveal());
        }
    }

    protected override void Delete(string name) => Server.DeleteSecret(name);
}
