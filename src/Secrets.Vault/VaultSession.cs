namespace Secrets.Vault;

/// <summary>What goes on from load to load of one store: the client with its login, what is known of mounts, and the leases. It is given up with the store.</summary>
internal sealed class VaultSession : IAsyncDisposable
{
    private readonly VaultClient? _own;
    private readonly VaultLogin? _login;
    private readonly TimeSpan _timeLimit;
    private readonly TimeProvider _timeProvider;
    private readonly Lazy<Task> _disposal;

    /// <param name="options">The options.</param>
    /// <param name="login">How the program logs in.</param>
    /// <param name="given">The program's own client, or <see langword="null"/>.</param>
    /// <param name="timeProvider">The clock.</param>
    public VaultSession(VaultOptions options, VaultLogin login, IVaultApi? given, TimeProvider timeProvider)
    {
        _own = given is null ? new VaultClient(options, login, timeProvider) : null;
        _login = given is null ? login : null;
        _timeLimit = options.RevokeTimeLimit;
        _timeProvider = timeProvider;
        _disposal = new Lazy<Task>(EndAsync);
        Api = given ?? _own!;
        Mounts = new VaultMounts(Api, options.KeyValueVersion);
        Leases = new VaultLeases(Api, lease => _own?.IsOfLogin(lease) ?? true, timeProvider);
    }

    public IVaultApi Api { get; }

    public VaultMounts Mounts { get; }

    public VaultLeases Leases { get; }

    /// <summary>Says whether it serves a login, or a program's own client: one that is rotated begins another.</summary>
    public bool IsFor(VaultLogin login, IVaultApi? given) => _login is null ? ReferenceEquals(Api, given) : given is null && _login.IsSameAs(login);

    public ValueTask DisposeAsync() => new(_disposal.Value);

    private async Task EndAsync()
    {
        using var limit = new CancellationTokenSource(_timeLimit, _timeProvider);
        await Leases.RevokeAsync(limit.Token).ConfigureAwait(false);
        if (_own is { } client)
        {
            await client.LogOutAsync(limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            client.Dispose();
        }

        Mounts.Dispose();
    }
}
