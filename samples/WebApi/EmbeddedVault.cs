using System.Text.Json;
using Secrets.TestServers.Vault;

namespace WebApi;

/// <summary>A store in this process that speaks Vault's protocol, so that the sample can rotate a secret and take the store down.</summary>
internal sealed class EmbeddedVault : IAsyncDisposable
{
    private readonly VaultServer _server = new();

    public static async Task<EmbeddedVault> StartAsync()
    {
        var vault = new EmbeddedVault();
        vault.Rotate("Hello from the store");
        await vault._server.ListenAsync();
        return vault;
    }

    public string Address => _server.Address.AbsoluteUri;

    public string Token => _server.AcceptedToken;

    public void MapTo(WebApplication app)
    {
        app.MapPost("/demo/rotate", (string greeting) => Rotate(greeting));
        app.MapPost("/demo/down", _server.StopListeningAsync);
        app.MapPost("/demo/up", () => _server.ListenAsync());
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private void Rotate(string greeting) =>
        _server.SetSecret("secret/web/site", JsonSerializer.Serialize(new { greeting, api_key = Guid.NewGuid().ToString("N") }));
}
