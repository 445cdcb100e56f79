using System.Text.Json.Nodes;
using Secrets;
using Secrets.TestServers.Hosting;
using Secrets.TestServers.Vault;
using Secrets.Vault;

namespace ProductionFallback;

/// <summary>
/// HashiCorp Vault or OpenBao: secrets below a path. What lets the program in is a secret itself: an identifier that stands in a source above, here in one that stands for
/// a mounted file. The real server comes from the variables <c>VAULT_ADDR</c> and <c>VAULT_TOKEN</c>.
/// </summary>
internal sealed class VaultDemoStore : IDemoStore
{
    public TestServer CreateServer()
    {
        var server = new VaultServer();
        server.SetLogin("approle/login", new JsonObject { ["role_id"] = "shop", ["secret_id"] = "an-identifier-of-production" }, TimeSpan.FromHours(1));
        server.SetSecret("secret/shop/database", """{"user":"shop","password":"a-password-of-production"}""");
        server.SetSecret("secret/shop/trello", """{"api_key":"a-key-of-production"}""");
        return server;
    }

    public void Deny(TestServer server, bool isDenied)
    {
        if (isDenied)
        {
            ((VaultServer)server).Deny("secret/data/shop/trello");
        }
        else
        {
            ((VaultServer)server).Allow();
        }
    }

    public SecretsBuilder AddTo(SecretsBuilder chain, TestServer? server)
    {
        if (server is null)
        {
            return chain.AddVault("secret/shop/");
        }

        return chain
            .AddInMemory([new("vault.secret_id", "an-identifier-of-production")], o => o.Name = "mounted")
            .AddVault(server.Address.AbsoluteUri, "secret/shop/", view => VaultLogin.AppRole("shop", view.GetString("vault.secret_id")), o => o.MaxAttempts = 1);
    }
}
