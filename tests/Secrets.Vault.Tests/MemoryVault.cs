using System.Text.Json.Nodes;
using Secrets.Tests.Fakes;
using Secrets.TestServers.Vault;

namespace Secrets.Vault.Tests;

/// <summary>A server without a network, on a clock that a test moves: what a load does has happened when the clock has moved.</summary>
internal sealed class MemoryVault : IAsyncDisposable
{
    private static readonly TimeSpan _loadTimeLimit = TimeSpan.FromSeconds(50);

    private readonly ClockDriver _driver;

    public MemoryVault()
    {
        _driver = new ClockDriver(Clock, _loadTimeLimit);
        Server = new VaultServer { Clock = Clock.WithoutOffset, RetryAfterSeconds = null };
        Server.SetLogin("approle/login", new JsonObject { ["role_id"] = "shop", ["secret_id"] = "s" }, TimeSpan.FromHours(5));
    }

    public ManualTimeProvider Clock { get; } = new();

    /// <summary>Gets the server, whose clock nobody sets.</summary>
    public VaultServer Server { get; }

    public static VaultLogin AppRole => VaultLogin.AppRole("shop", "s");

    public VaultOptions Options(VaultLogin? login = null) => new()
    {
        Address = new Uri("http://127.0.0.1:8200"),
        Login = login ?? VaultLogin.Token(Server.AcceptedToken),
        LoadTimeLimit = _loadTimeLimit,

        // Longer than a load, as the driver needs it.
        CallTimeLimit = 2 * _loadTimeLimit,
        Handler = Server.CreateMemoryHandler,
    };

    public SecretsBuilder Builder() => new() { TimeProvider = Clock, Random = () => 0.5 };

    public async Task<SecretsStore> BuildAsync(VaultOptions options, params string[] required)
    {
        SecretsBuilder builder = Builder().AddVault(options);
        return await CompleteAsync((required.Length == 0 ? builder : builder.Require(required)).BuildAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>Refreshes a store, and gives what the server was asked for it.</summary>
    public async Task<string> RefreshAsync(SecretsStore store)
    {
        Server.ForgetCalls();
        await CompleteAsync(store.RefreshAsync(TestContext.Current.CancellationToken));
        return Server.Operations();
    }

    public Task AdvanceAsync(TimeSpan time, SecretsStore store) => _driver.AdvanceAsync(time, store);

    public Task<T> CompleteAsync<T>(Task<T> task) => _driver.CompleteAsync(task);

    public Task CompleteAsync(Task task) => _driver.CompleteAsync(task);

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
