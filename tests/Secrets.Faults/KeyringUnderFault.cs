using System.Security.Cryptography.X509Certificates;
using Secrets.TestServers.Hosting;
using Secrets.TestServers.Keyring;

namespace Secrets.Faults;

/// <summary>The sample of a store by hand: everything that it has.</summary>
internal sealed class KeyringUnderFault : StoreUnderFault
{
    public override string Name => "keyring";

    public override TestServer CreateServer(X509Certificate2? certificate, string credential) => new KeyringServer { Certificate = certificate, AcceptedToken = credential };

    public override void Store(TestServer server, string key, string value) => ((KeyringServer)server).SetSecret(key, value);

    public override void Deny(TestServer server, string key) => ((KeyringServer)server).Deny(key);

    public override void AddTo(SecretsBuilder builder, TestServer server, string credential) => builder.AddKeyring(options =>
    {
        options.Address = server.Address;
        options.Token = credential;
        Limit(options);
    });
}
