using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Secrets.TestServers.Faults;
using Secrets.TestServers.Vault;

namespace Secrets.Vault.Tests;

/// <summary>What is given back at the end, without a network.</summary>
public sealed class VaultSessionTests : IAsyncDisposable
{
    private readonly MemoryVault _vault = new();

    private VaultServer Server => _vault.Server;

    public ValueTask DisposeAsync() => _vault.DisposeAsync();

    [Fact]
    public async Task A_login_is_revoked_in_place_of_its_leases()
    {
        SecretsStore secrets = await _vault.BuildAsync(Options(100, MemoryVault.AppRole));
        Server.ForgetCalls();
        await secrets.DisposeAsync();
        Assert.Equal("revoke-self", string.Join(' ', Server.Calls.Select(c => c.Operation)));
        Assert.DoesNotContain(Server.Leases, l => Server.IsUserLive(l.User));
    }

    [Fact]
    public async Task Leases_of_a_token_that_was_given_are_revoked_one_by_one()
    {
        SecretsStore secrets = await _vault.BuildAsync(Options(100));
        Server.ForgetCalls();
        await secrets.DisposeAsync();
        Assert.Equal(100, Server.Calls.Count(c => c.Operation == "revoke-lease"));
        Assert.All(Server.Leases, l => Assert.True(l.IsRevoked));
    }

    [Fact]
    public async Task A_thousand_leases_are_revoked_a_few_at_a_time()
    {
        VaultOptions options = Options(1000);
        options.MaxConcurrentCalls = 4;
        var most = new StrongBox<int>();
        options.Handler = () => new CountedCalls(Server.CreateMemoryHandler(), "/v1/sys/leases/revoke", most);
        SecretsStore secrets = await _vault.BuildAsync(options);
        Server.ForgetCalls();
        await secrets.DisposeAsync();
        Assert.Equal(1000, Server.Calls.Count(c => c.Operation == "revoke-lease"));
        Assert.All(Server.Leases, l => Assert.True(l.IsRevoked));
        Assert.Equal(4, most.Value);
    }

    [Fact]
    public async Task A_thousand_leases_end_with_the_login_by_one_call()
    {
        SecretsStore secrets = await _vault.BuildAsync(Options(1000, MemoryVault.AppRole));
        Server.ForgetCalls();
        await secrets.DisposeAsync();
        Assert.Equal("revoke-self", Server.Operations());
        Assert.DoesNotContain(Server.Leases, l => Server.IsUserLive(l.User));
    }

    [Fact]
    public async Task Where_the_login_cannot_be_revoked_its_leases_are()
    {
        SecretsStore secrets = await _vault.BuildAsync(Options(3, MemoryVault.AppRole));
        Server.Inject(FaultKind.AccessDenied, when: c => c.Operation == "revoke-self");
        await secrets.DisposeAsync();
        Assert.All(Server.Leases, l => Assert.True(l.IsRevoked));
    }

    [Theory]
    [InlineData(2, 0)]
    [InlineData(1, 1)]
    public async Task A_login_that_was_replaced_and_cannot_be_ended_at_once_is_not_forgotten(int attempts, int left)
    {
        Server.SetLogin("approle/login", new JsonObject { ["role_id"] = "shop", ["secret_id"] = "s" }, TimeSpan.FromHours(1), TimeSpan.FromHours(3));
        Server.SetSecret("secret/shop", """{"a":"1"}""");
        VaultOptions options = _vault.Options(MemoryVault.AppRole).Secret("secret/shop");
        options.MaxAttempts = attempts;

        // Longer than a call may take, so that a timer before that is the wait before another attempt.
        options.RevokeTimeLimit = TimeSpan.FromHours(1);
        SecretsStore secrets = await _vault.BuildAsync(options);
        VaultIssuedToken replaced = Server.LiveTokens.Single();
        await _vault.AdvanceAsync(TimeSpan.FromMinutes(165), secrets);
        VaultIssuedToken current = Assert.Single(Server.LiveTokens, t => t != replaced);
        Server.ForgetCalls();
        Server.Inject(FaultKind.ServerError, attempts == 1 ? 9 : 1, c => c.Operation == "revoke-self" && c.Header("X-Vault-Token") == replaced.Text);
        await _vault.CompleteAsync(secrets.DisposeAsync().AsTask());
        Assert.DoesNotContain(current, Server.LiveTokens);
        Assert.Equal(left, Server.LiveTokens.Count);
        Assert.Equal(string.Join(' ', Enumerable.Repeat("revoke-self", attempts + 1)), Server.Operations());
    }

    private VaultOptions Options(int leases, VaultLogin? login = null)
    {
        VaultOptions options = _vault.Options(login);
        for (int i = 0; i < leases; i++)
        {
            string role = FormattableString.Invariant($"r{i}");
            Server.SetRole(role, new VaultDynamicRole(TimeSpan.FromHours(1), TimeSpan.FromHours(9)));
            options.Secret("database/creds/" + role, at: role);
        }

        return options;
    }

    /// <summary>Counts how many calls of a path are under way at once: each is held until others had the chance to begin.</summary>
    private sealed class CountedCalls(HttpMessageHandler server, string path, StrongBox<int> most) : DelegatingHandler(server)
    {
        private readonly Lock _lock = new();
        private int _running;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.RequestUri!.AbsolutePath != path)
            {
                return await base.SendAsync(request, cancellationToken);
            }

            lock (_lock)
            {
                most.Value = Math.Max(most.Value, ++_running);
            }

            for (int i = 0; i < 20; i++)
            {
                await Task.Yield();
            }

            lock (_lock)
            {
                _running--;
            }

            return await base.SendAsync(request, cancellationToken);
        }
    }
}
