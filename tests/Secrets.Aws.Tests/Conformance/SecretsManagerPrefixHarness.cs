using Secrets.Testing;

namespace Secrets.Aws.Tests.Conformance;

/// <summary>A secret for each leaf, below a prefix.</summary>
internal sealed class SecretsManagerPrefixHarness : AwsHarness
{
    private readonly HashSet<string> _stored = [];

    public SecretsManagerPrefixHarness()
    {
        Lacks(SourceAbility.OddKeys, "a name is made of ASCII letters, digits and /_+=.@-");
        Lacks(SourceAbility.EmptyValues, "a secret has a character at least");
        Lacks(SourceAbility.TypedValues, "a secret that is not an object is text");
        Cannot(SourceFault.Missing, "a prefix without secrets is an empty store");
    }

    public override ISecretsSource CreateSource()
    {
        AwsSecretsManagerOptions options = new AwsSecretsManagerOptions().Prefix("prod/shop/", format: SecretFormat.Text).At(Server);
        return new AwsSecretsManagerSource(options);
    }

    public override ValueTask StoreAsync(IReadOnlyList<SecretEntry> secrets)
    {
        Mend();
        foreach (string gone in _stored.Except(secrets.Select(s => NameOf(s.Path))).ToArray())
        {
            Server.DeleteSecret(gone);
            _stored.Remove(gone);
        }

        foreach (SecretEntry secret in secrets)
        {
            _stored.Add(NameOf(secret.Path));
            if (secret.Value.Kind == SecretKind.Bytes)
            {
                Server.SetSecret(NameOf(secret.Path), secret.Value.RevealBytes());
            }
            else
            {
                Server.SetSecret(NameOf(secret.Path), secret.Value.Reveal());
            }
        }

        return ValueTask.CompletedTask;
    }

    public override string LocationOf(SecretPath path) => Server.ArnOf(NameOf(path));

    protected override string NameOf(SecretPath path) => "prod/shop/" + string.Join('/', path.Segments);
}
