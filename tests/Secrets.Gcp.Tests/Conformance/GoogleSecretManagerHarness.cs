using Secrets.Testing;
using Secrets.Tests.Conformance;
using Secrets.TestServers.Gcp;

namespace Secrets.Gcp.Tests.Conformance;

/// <summary>A whole project, a secret for each leaf.</summary>
internal sealed class GoogleSecretManagerHarness : LeavesHarness<GcpServer>
{
    public GoogleSecretManagerHarness()
        : base(GcpServers.Start())
    {
        Lacks(SourceAbility.OddKeys, "an identifier is made of ASCII letters, digits, dashes and underscores");
        Lacks(SourceAbility.TypedValues, "a secret that is not an object is text");
        Cannot(SourceFault.Missing, "a project without secrets is an empty store");
    }

    public override ISecretsSource CreateSource() => new GoogleSecretManagerSource(new GoogleSecretManagerOptions().At(Server).Copy());

    public override string LocationOf(SecretPath path) => $"projects/{GcpServer.Project}/secrets/{NameOf(path)}";

    protected override string NameOf(SecretPath path) => string.Join("--", path.Segments);

    protected override void Set(string name, SecretValue value) => Server.SetSecret(name, value.RevealBytes());

    protected override void Delete(string name) => Server.DeleteSecret(name);
}
