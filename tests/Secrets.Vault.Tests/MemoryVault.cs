using System.Text.Json.Nodes;
using Secrets.Tests.Fakes;
using Secrets.TestServers.Vault;

namespace Secrets.Vault.Tests;

/// <summary>A server without a network, on a clock that a test moves: what a load does has happened when the clock has moved.</summary>
internal sealed class MemoryVault : IAsyncDisposable
{
    private static readonly TimeSpan _loadTimeLimit = TimeSpan.FromSeconds(50);

    private int _timersAtRest;
    private TimeSpan _restedAt;

    public MemoryVault()
    {
        Server = new VaultServer { Clock = new SteadyClock(Clock), RetryAfterSeconds = null };
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

        // Longer than a load, so that a timer which ends before the load's own limit is a wait.
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

    /// <summary>Moves the clock from timer to timer, and lets what each one started come to its end, or to its next wait.</summary>
    public async Task AdvanceAsync(TimeSpan time, SecretsStore store)
    {
        TimeSpan end = Clock.Elapsed + time;
        while (Clock.NextDue is { } due && Clock.Elapsed + due <= end)
        {
            NoteRest(store.Idle);
            Clock.Advance(due);
            await SettleAsync(() => store.Idle);
        }

        Clock.Advance(end - Clock.Elapsed);
        await SettleAsync(() => store.Idle);
    }

    /// <summary>Awaits work that waits for the clock, and moves it.</summary>
    public async Task<T> CompleteAsync<T>(Task<T> task)
    {
        _timersAtRest = 0;
        await SettleAsync(() => task);
        while (!task.IsCompleted)
        {
            Clock.Advance(Clock.NextDue ?? TimeSpan.Zero);
            await SettleAsync(() => task);
        }

        return await task;
    }

    public async Task CompleteAsync(Task task) => await CompleteAsync(Wrap(task));

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    private static async Task<bool> Wrap(Task task)
    {
        await task;
        return true;
    }

    private void NoteRest(Task work) => (_timersAtRest, _restedAt) = work.IsCompleted ? (Clock.LiveTimers, Clock.Elapsed) : (_timersAtRest, _restedAt);

    // A load that waits has set a timer beside its own limit of time, and before that.
    private async Task SettleAsync(Func<Task> work)
    {
        while (!work().IsCompleted && !(Clock.LiveTimers > _timersAtRest + 1 && Clock.NextDue < _loadTimeLimit - (Clock.Elapsed - _restedAt)))
        {
            await Task.Yield();
        }
    }

    /// <summary>A clock that is right whatever the program's says.</summary>
    private sealed class SteadyClock(ManualTimeProvider clock) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch + clock.Elapsed;
    }
}
