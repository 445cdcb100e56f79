using Secrets.Testing;
using Secrets.Tests.Conformance;
using Secrets.TestServers.Aws;

namespace Secrets.Aws.Tests.Conformance;

/// <summary>A parameter for each leaf, below a path.</summary>
internal sealed class ParameterStoreHarness : LeavesHarness<AwsServer>
{
    public ParameterStoreHarness()
        : base(AwsServers.Start())
    {
        Lacks(SourceAbility.OddKeys, "a name is made of ASCII letters, digits and /_.-");
        Lacks(SourceAbility.EmptyValues, "a parameter has a character at least");
        Lacks(SourceAbility.TypedValues, "a parameter that is neither an object nor a list is text");
        Lacks(SourceAbility.Bytes, "a parameter is text");
        Cannot(SourceFault.SecretDenied, "who may read a path may read all below it");
        Cannot(SourceFault.Missing, "a path without parameters is an empty store");
    }

    // "Managing parameter tiers" of the Systems Manager user guide: 4 KB for a standard parameter.
    public override int MaxValueBytes => 4096;

    public override ISecretsSource CreateSource() => new AwsParameterStoreSource(new AwsParameterStoreOptions().Prefix("/prod/shop/", format: SecretFormat.Text).At(Server));

    public override string LocationOf(SecretPath path) => "arn:aws:ssm:eu-west-1:123456789012:parameter" + NameOf(path);

    protected override string NameOf(SecretPath path) => "/prod/shop/" + string.Join('/', path.Segments);

    protected override void Set(string name, SecretValue value) => Server.SetParameter(name, value.Reveal());

    protected override void Delete(string name) => Server.DeleteParameter(name);
}
