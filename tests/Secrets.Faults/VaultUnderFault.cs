using System.Security.Cryptography.X509Certificates;
using Secrets.TestServers.Hosting;
using Secrets.TestServers.Vault;
using Secrets.Vault;

namespace Secrets.Faults;

/// <summary>HashiCorp Vault, or OpenBao, which lists with versions: all secrets below a prefix, with a token that was given.</summary>
internal sealed class VaultUnderFault(bool isOpenBao) : StoreUnderFault
{
    public override string Name => isOpenBao ? "openbao" : "vault";

    public override TestServer CreateServer(X509Certificate2? certificate, string credential) => new VaultServer { Certificate = certificate, AcceptedToken = credential, IsOpenBao = isOpenBao };

    public override string PathOf(string key) => key + ".value";

    public override void Store(TestServer server, string key, string value) => server.Seed($"secret/{key}/value", value);

    public override void Deny(TestServer server, string key) => ((VaultServer)server).Deny("secret/data/" + key);

    public override void AddTo(SecretsBuilder builder, TestServer server, string credential)
    {
        VaultOptions options = new VaultOptions { Address = server.Address, Login = VaultLogin.Token(credential) }.Prefix("secret/");
        Limit(options);
        builder.AddVault(options);
    }
}
