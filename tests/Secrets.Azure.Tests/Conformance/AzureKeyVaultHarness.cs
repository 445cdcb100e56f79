using Secrets.Testing;
using Secrets.Tests.Conformance;
using Secrets.TestServers.Azure;

namespace Secrets.Azure.Tests.Conformance;

/// <summary>A whole vault, a secret for each leaf.</summary>
internal sealed class AzureKeyVaultHarness : LeavesHarness<AzureServer>
{
    public AzureKeyVaultHarness()
        : base(AzureServers.Start())
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
    public override int? Calls => Server.Calls.Count(c => c.Operation != "challenge");

    public override ISecretsSource CreateSource() => new AzureKeyVaultSource(new AzureKeyVaultOptions().At(Server).Copy());

    public override string LocationOf(SecretPath path) => $"{Server.VaultUri}secrets/{NameOf(path)}";

    protected override string NameOf(SecretPath path) => string.Join("--", path.Segments);

    protected override void Set(string name, SecretValue value) => Server.SetSecret(name, value.Reveal());

    protected override void Delete(string name) => Server.DeleteSecret(name);
}
