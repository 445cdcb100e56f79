using Secrets.Remote.Calls;

namespace Secrets.Vault;

/// <summary>What continues from load to load of one store: the client with its login, the known mounts, and the leases. It is given up with the store.</summary>
internal sealed class VaultSession : IAsyncDisposable
{
    private readonly VaultLogin? _login;
    private readonly VaultOptions _options;
    private readonly TimeProvider _timeProvider;
    private readonly Lazy<Task> _disposal;

    /// <param name="options">The options.</param>
    /// <param name="login">How the program logs in.</param>
    /// <param name="given">The program's own client, or <see langword="null"/>.</param>
    /// <param name="timeProvider">The clock.</param>
    public VaultSession(VaultOptions options, VaultLogin login, IVaultApi? given, TimeProvider timeProvider)
    {
        BuiltInClient = given is null ? new VaultClient(options, login, timeProvider) : null;
        _login = given is null ? login : null;
        _options = options;
        _timeProvider = timeProvider;
        _disposal = new Lazy<Task>(EndAsync);
        Api = given ?? BuiltInClient!;
        Mounts = new VaultMounts(options.KeyValueVersion);
        ListRefusals = new VaultListRefusals(timeProvider);
        Leases = new VaultLeases(Api, lease => BuiltInClient?.IsOfLogin(lease) ?? true, lease => BuiltInClient?.WaitsForLogin(lease) ?? false, timeProvider);
    }

    public IVaultApi Api { get; }

    /// <summary>Gets the client, where it is not the program's own.</summary>
    public VaultClient? BuiltInClient { get; }

    public VaultListRefusals ListRefusals { get; }

    public VaultMounts Mounts { get; }

    public VaultLeases Leases { get; }

    /// <summary>Gets why the login could not be renewed although it is still good; <see langword="null"/> where nothing is wrong.</summary>
    public Exception? LoginTrouble => BuiltInClient?.LoginTrouble;

    /// <summary>Says whether it serves a login, or a program's own client: one that is rotated begins another session.</summary>
    public bool IsFor(VaultLogin login, IVaultApi? given) => _login is null ? ReferenceEquals(Api, given) : given is null && _login.IsSameAs(login);

    public ValueTask DisposeAsync() => new(_disposal.Value);

    private async Task EndAsync()
    {
        using var limit = new CancellationTokenSource(_options.RevokeTimeLimit, _timeProvider);
        IReadOnlyList<VaultLease> open = Leases.TakeOpen();
        var calls = new RemoteCalls(VaultFailures.Table, VaultSource.KindName, () => "", new CallPace(_options.MaxConcurrentCalls), new LoadTime(_options.RevokeTimeLimit, _timeProvider), _options.MaxAttempts);

        // A login takes its leases along, also where one of before could not be ended.
        bool isLoggedOut = BuiltInClient is { IsLoggedIn: true } client && (await TryAsync(calls, client.LogOutAsync, limit.Token).ConfigureAwait(false) || !client.IsLoggedIn);
        if (!isLoggedOut)
        {
            await Task.WhenAll(open.Select(l => TryAsync(calls, c => Api.RevokeLeaseAsync(l, c), limit.Token))).ConfigureAwait(false);
        }

        BuiltInClient?.Dispose();
        Mounts.Dispose();
    }

    // What cannot be ended ends by itself, and nobody is left who could be told.
    private static async Task<bool> TryAsync(RemoteCalls calls, Func<CancellationToken, Task> end, CancellationToken cancellationToken)
    {
        Task<bool> ended = calls.CallAsync(
            async c =>
            {
                await end(c).ConfigureAwait(false);
                return true;
            },
            cancellationToken);
        await ((Task)ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return ended.IsCompletedSuccessfully;
    }
}
