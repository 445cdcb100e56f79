using Secrets.Testing;

namespace Secrets.Aws.Tests.Conformance;

/// <summary>A parameter for each leaf, below a path.</summary>
internal sealed class ParameterStoreHarness : AwsHarness
{
    private readonly HashSet<string> _stored = [];

    public ParameterStoreHarness()
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

    public override ISecretsSource CreateSource()
    {
        AwsParameterStoreOptions options = new AwsParameterStoreOptions().Prefix("/prod/shop/", format: SecretFormat.Text).At(Server);
        return new AwsParameterStoreSource(options);
    }

    public override ValueTask StoreAsync(IReadOnlyList<SecretEntry> secrets)
    {
        Mend();
        foreach (string gone in _stored.Except(secrets.Select(s => NameOf(s.Path))).ToArray())
        {
            Server.DeleteParameter(gone);
            _stored.Remove(gone);
        }

        foreach (SecretEntry secret in secrets)
        {
            _stored.Add(NameOf(secret.Path));
            Server.SetParameter(NameOf(secret.Path), secret.Value.Reveal());
        }

        return ValueTask.CompletedTask;
    }

    public override string LocationOf(SecretPath path) => "arn:aws:ssm:eu-west-1:123456789012:parameter" + NameOf(path);

    protected override string NameOf(SecretPath path) => "/prod/shop/" + string.Join('/', path.Segments);
}
