using Secrets.Tests.Conformance;
using Secrets.TestServers.Vault;

namespace Secrets.Vault.Tests.Conformance;

/// <summary>All in the fields of one secret of the key/value engine.</summary>
internal class VaultObjectHarness(string mount = VaultServer.Versioned) : ObjectHarness<VaultServer>(VaultServers.Start(), mount + "/shop")
{
    protected override string Location { get; } = mount + "/shop";

    public override ISecretsSource CreateSource()
    {
        VaultOptions options = new VaultOptions().Secret(Location).At(Server);
        return new VaultSource(options, options.Login);
    }

    protected override void SetObject(string json) => Server.SetSecret(Location, json);

    protected override void Delete(string name) => Server.DeleteSecret(name);
}
