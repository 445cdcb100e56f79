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
    public async Task Where_the_login_cannot_be_revoked_its_leases_are()
    {
        SecretsStore secrets = await _vault.BuildAsync(Options(3, MemoryVault.AppRole));
        Server.Inject(FaultKind.AccessDenied, when: c => c.Operation == "revoke-self");
        await secrets.DisposeAsync();
        Assert.All(Server.Leases, l => Assert.True(l.IsRevoked));
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
}
