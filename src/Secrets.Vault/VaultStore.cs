using Secrets.Remote;

namespace Secrets.Vault;

/// <summary>Vault as a remote store: a call for each path, and folders that are listed one by one.</summary>
internal sealed class VaultStore(VaultSession session, bool isNew, VaultOptions options, SecretsRequest request) : IRemoteStore
{
    private const int DeepestFolder = 32;

    private static readonly NameRules _rules = new(
        separator: "/",
        allowed: VaultPath.Allowed,
        explanation: "the keys of a path are made of ASCII letters, digits and usual signs, and are not dots alone")
    {
        NamesLeaves = false,
    };

    private readonly Lock _lock = new();
    private readonly RemoteCalls<VaultFailures> _calls = new(request.SourceName, PlaceOf(options), options.MaxConcurrentCalls);
    private Task<TimeSpan?>? _login;

    public string Place { get; } = PlaceOf(options);

    public NameRules Rules => _rules;

    public TimeSpan? RefreshAfter => new[] { session.Leases.NextDue, _login is { IsCompletedSuccessfully: true } ? _login.Result : null }.Min();

    // The login, or a look at the token; a look at each mount; a call for each path.
    public int CountCalls(IReadOnlyCollection<RemoteName> names) => names.Count == 0
        ? 0
        : 1 + (options.KeyValueVersion is null ? names.Select(n => n.Name.Split('/')[0]).Distinct(StringComparer.Ordinal).Count() : 0) + names.Count;

    public RemoteState StateOf(IReadOnlyList<RemoteRead> reads) => new VaultState(reads, session);

    public ValueTask DiscardAsync() => isNew ? session.DisposeAsync() : ValueTask.CompletedTask;

    public Task<IReadOnlyList<RemoteListing>> ListAsync(string prefix, CancellationToken cancellationToken) => _calls.RunAsync(
        async c =>
        {
            await LogInAsync(c).ConfigureAwait(false);
            VaultMount mount = await session.Mounts.FindAsync(prefix, c).ConfigureAwait(false);
            return mount.Kind == VaultMountKind.Other
                ? throw VaultFailures.NotListed(request.SourceName, Place, prefix)
                : await ListAsync(mount, prefix[mount.Path.Length..], c).ConfigureAwait(false);
        },
        prefix + "*",
        cancellationToken);

    public async Task<IReadOnlyList<RemoteSecret>> FetchAsync(IReadOnlyCollection<RemoteName> names, CancellationToken cancellationToken)
    {
        await _calls.RunAsync(LogInAsync, nativeName: null, cancellationToken).ConfigureAwait(false);
        return await _calls.FetchEachAsync(names, FetchOneAsync, cancellationToken).ConfigureAwait(false);
    }

    public async Task<IReadOnlyList<RemoteListing>?> CheckAsync(IReadOnlyCollection<RemoteName> names, CancellationToken cancellationToken)
    {
        await _calls.RunAsync(LogInAsync, nativeName: null, cancellationToken).ConfigureAwait(false);
        (RemoteName Name, VaultHeldLease Lease)[] leased = [.. names.Select(n => (n, session.Leases.Find(n))).Where(n => n.Item2 is not null)!];
        RemoteName[] versioned = [.. names.Except(leased.Select(l => l.Name))];
        RemoteListing[] leases = await _calls.RunAsync(
            c => Gather.AllAsync(leased, options.MaxConcurrentCalls, KeepOneAsync, c), nativeName: null, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<RemoteListing>? versions = await _calls.CheckEachAsync(versioned, CheckOneAsync, cancellationToken).ConfigureAwait(false);

        // Where metadata may not be read, contents are fetched; leases are none of that.
        return [.. leases, .. versions ?? versioned.Select(name => new RemoteListing { Name = name })];
    }

    private static string PlaceOf(VaultOptions options) =>
        $"Vault at {options.Address.AbsoluteUri.TrimEnd('/')}{(options.Namespace is { } name ? ", namespace " + name : "")}";

    private static string StampOf(VaultVersion version) => FormattableString.Invariant($"{version.Number} {version.Created.UtcTicks}");

    private static int? VersionOf(RemoteName name) => name.Version is { } text ? int.Parse(text, System.Globalization.CultureInfo.InvariantCulture) : null;

    /// <summary>Logs in, or renews the login, before the first call of a load: leases are granted no longer than it lives.</summary>
    private Task<TimeSpan?> LogInAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return _login ??= session.Api.KeepLoginAsync(cancellationToken);
        }
    }

    private async Task<IReadOnlyList<RemoteListing>> ListAsync(VaultMount mount, string top, CancellationToken cancellationToken)
    {
        var secrets = new List<RemoteListing>();
        string[] folders = [top];

        // One level after the other, so that no more calls are under way than may be.
        for (int depth = 0; folders.Length > 0; depth++)
        {
            IReadOnlyList<string>[] keys = await Gather.AllAsync(folders, options.MaxConcurrentCalls, (f, c) => session.Api.ListAsync(mount, f, c), cancellationToken).ConfigureAwait(false);
            string[] found = [.. folders.Zip(keys).SelectMany(pair => pair.Second.Select(key => pair.First + key))];
            secrets.AddRange(found.Where(f => !f.EndsWith('/')).Select(f => new RemoteListing { Name = new RemoteName(mount.Path + f) }));
            folders = depth == DeepestFolder ? [] : [.. found.Where(f => f.EndsWith('/') && VaultPath.IsPath(f[..^1]))];
        }

        return secrets;
    }

    private async Task<RemoteListing> KeepOneAsync((RemoteName Name, VaultHeldLease Lease) held, CancellationToken cancellationToken) => new()
    {
        Name = held.Name,
        Stamp = await session.Leases.KeepAsync(held.Name, held.Lease, cancellationToken).ConfigureAwait(false),
    };

    private async Task<RemoteListing?> CheckOneAsync(RemoteName name, CancellationToken cancellationToken)
    {
        VaultMount mount = await session.Mounts.FindAsync(name.Name, cancellationToken).ConfigureAwait(false);
        VaultVersion? version = await session.Api.ReadVersionAsync(mount, name.Name[mount.Path.Length..], VersionOf(name), cancellationToken).ConfigureAwait(false);
        return version is null ? null : new RemoteListing { Name = name, Stamp = StampOf(version) };
    }

    private async Task<RemoteSecret> FetchOneAsync(RemoteName name, CancellationToken cancellationToken)
    {
        VaultMount mount = await session.Mounts.FindAsync(name.Name, cancellationToken).ConfigureAwait(false);
        VaultSecret? found = await session.Api.ReadAsync(mount, name.Name[mount.Path.Length..], VersionOf(name), cancellationToken).ConfigureAwait(false);
        return new RemoteSecret
        {
            Name = name,
            Text = found?.Json,
            Version = found?.Version?.Number.ToString(System.Globalization.CultureInfo.InvariantCulture),
            Stamp = found?.Lease is { } lease ? session.Leases.Take(name, lease).Stamp : found?.Version is { } version ? StampOf(version) : null,
        };
    }
}
