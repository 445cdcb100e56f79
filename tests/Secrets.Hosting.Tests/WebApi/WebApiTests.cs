using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Primitives;
using Secrets.TestServers.Vault;
using WebApi;

namespace Secrets.Hosting.Tests.WebApi;

/// <summary>The sample as a test of an application sees it: <c>Program</c> builds its chain before the factory can replace a service.</summary>
public sealed class WebApiTests
{
    private static WebApplicationFactory<SiteOptions> Application(params (string Key, string Value)[] settings) =>
        new WebApplicationFactory<SiteOptions>().WithWebHostBuilder(host =>
        {
            foreach ((string key, string value) in settings)
            {
                host.UseSetting(key, value);
            }
        });

    private static async Task<VaultServer> ServerAsync()
    {
        var server = new VaultServer();
        Greet(server, "Hello from the store");
        await server.ListenAsync();
        return server;
    }

    private static void Greet(VaultServer server, string greeting) => server.SetSecret("secret/web/site", $$"""{"greeting":"{{greeting}}","api_key":"k"}""");

    [Fact]
    public async Task A_test_s_values_stand_above_the_chain_and_no_remote_store_is_contacted()
    {
        await using VaultServer server = await ServerAsync();
        await using WebApplicationFactory<SiteOptions> application = Application(
            ("vault:address", server.Address.AbsoluteUri),
            ("vault:token", server.AcceptedToken),
            ("Secrets:Offline", "true"),
            ("Secrets:Values:site:greeting", "Hello from a test"),
            ("Secrets:Values:site:api_key", "test"));
        using HttpClient client = application.CreateClient();

        Assert.Equal("Hello from a test (key ***)", await client.GetStringAsync("/", Hosts.Token));
        string sources = await client.GetStringAsync("/sources", Hosts.Token);
        Assert.Contains("vault", sources, StringComparison.Ordinal);
        Assert.Contains("offline", sources, StringComparison.Ordinal);
        Assert.DoesNotContain("Hello from a test", sources, StringComparison.Ordinal);
        Assert.Equal(0, server.CallCount);
    }

    [Fact]
    public async Task The_content_root_s_file_is_read()
    {
        await using WebApplicationFactory<SiteOptions> application = Application();
        using HttpClient client = application.CreateClient();

        Assert.Equal("Hello from a file (key ***)", await client.GetStringAsync("/", Hosts.Token));
        Assert.StartsWith("Healthy: toml: Loaded", await client.GetStringAsync("/health", Hosts.Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_edit_of_the_file_reaches_the_responses_within_five_seconds()
    {
        using var root = new TemporaryContentRoot();
        await root.WriteAsync("Before");
        await using WebApplicationFactory<SiteOptions> application = Application().WithWebHostBuilder(host => host.UseContentRoot(root.Path));
        using HttpClient client = application.CreateClient();
        var configuration = application.Services.GetRequiredService<IConfiguration>();
        Assert.Equal("Before (key ***)", await client.GetStringAsync("/", Hosts.Token));

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Hosts.Token);
        limit.CancelAfter(TimeSpan.FromSeconds(5));
        IChangeToken change = configuration.GetReloadToken();
        await root.WriteAsync("After");
        while (await client.GetStringAsync("/", limit.Token) != "After (key ***)")
        {
            await FiredAsync(change, limit.Token);
            change = configuration.GetReloadToken();
        }
    }

    private static async Task FiredAsync(IChangeToken token, CancellationToken cancellationToken)
    {
        var fired = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using IDisposable registration = token.RegisterChangeCallback(_ => fired.TrySetResult(), state: null);
        await fired.Task.WaitAsync(cancellationToken);
    }

    [Fact]
    public async Task A_rotation_reaches_the_responses_and_an_outage_reaches_the_health_alone()
    {
        await using VaultServer server = await ServerAsync();
        await using WebApplicationFactory<SiteOptions> application = Application(
            ("vault:address", server.Address.AbsoluteUri), ("vault:token", server.AcceptedToken));
        using HttpClient client = application.CreateClient();
        SecretsStore secrets = application.Services.GetRequiredService<SecretsStore>();
        Assert.Equal("Hello from the store (key ***)", await client.GetStringAsync("/", Hosts.Token));

        Greet(server, "Rotated");
        await secrets.RefreshAsync(Hosts.Token);
        Assert.Equal("Rotated (key ***)", await client.GetStringAsync("/", Hosts.Token));

        await server.StopListeningAsync();
        await Assert.ThrowsAsync<SecretsSourceException>(() => secrets.RefreshAsync(Hosts.Token));
        Assert.Equal("Rotated (key ***)", await client.GetStringAsync("/", Hosts.Token));
        Assert.StartsWith("Degraded: vault: Degraded (Unavailable), read ", await client.GetStringAsync("/health", Hosts.Token), StringComparison.Ordinal);

        await server.ListenAsync();
        await secrets.RefreshAsync(Hosts.Token);
        Assert.StartsWith("Healthy", await client.GetStringAsync("/health", Hosts.Token), StringComparison.Ordinal);
    }
}
