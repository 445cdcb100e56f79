using Secrets.Remote;

namespace Secrets.Vault;

/// <summary>Vault as a remote store: a call for each path, and folders that are listed one by one.</summary>
/// <param name="before">The state of the load before, or <see langword="null"/>.</param>
/// <param name="begun">The session that begins with this load; <see langword="null"/> where that of before goes on.</param>
/// <param name="options">The options.</param>
/// <param name="request">What is asked for.</param>
internal sealed class VaultStore(VaultState? before, VaultSession? begun, VaultOptions options, SecretsRequest request) : IRemoteStore
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
    private readonly RemoteCalls<VaultFailures> _calls = new(request.SourceName, () => PlaceOf(options), options.MaxConcurrentCalls);
    private readonly VaultSession _session = begun ?? before!.Session;
    private Task<TimeSpan?>? _login;

    public string Place { get; } = PlaceOf(options);

    public NameRules Rules => _rules;

    public bool KeepsState => begun is null && before!.Replaced.Count == 0;

    // The login, or a look at the token; a look at each mount; a call for each path.
    public int CountCalls(IReadOnlyCollection<RemoteName> names) => names.Count == 0
        ? 0
        : 1 + (options.KeyValueVersion is null ? names.Select(n => n.Name.Split('/')[0]).Distinct(StringComparer.Ordinal).Count() : 0) + names.Count;

    public TimeSpan? RefreshAfter(IReadOnlyList<RemoteRead> reads) =>
        new[] { _session.Leases.NextDue(reads.Select(r => r.Mount.Name)), _login is { IsCompletedSuccessfully: true } ? _login.Result : null }.Min();

    public string HintWhereMissing(RemoteName name) => name.Name.Split('/') is [var mount, "data" or "metadata", .. var rest]
        ? $" The path is the command line's, without data/: {mount}/{string.Join('/', rest)}."
        : $" All secrets below it are {name.Name}/, with a slash at the end.";

    public RemoteState StateOf(IReadOnlyList<RemoteRead> reads) => new VaultState(
        reads, _session, [.. _login is null ? before?.Replaced ?? [] : [], .. begun is not null && before is not null ? [before.Session] : Array.Empty<VaultSession>()]);

    public ValueTask DiscardAsync() => begun?.DisposeAsync() ?? ValueTask.CompletedTask;

    public Task<IReadOnlyList<RemoteListing>> ListAsync(string prefix, CancellationToken cancellationToken) => _calls.RunAsync(
        async c =>
        {
            await LogInAsync(c).ConfigureAwait(false);
            VaultMount mount = await _session.Mounts.FindAsync(prefix, c).ConfigureAwait(false);
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
        (RemoteName Name, VaultHeldLease Lease)[] leased = [.. names.Select(n => (n, _session.Leases.Find(n))).Where(n => n.Item2 is not null)!];
        RemoteName[] versioned = [.. names.Except(leased.Select(l => l.Name))];
        IReadOnlyList<RemoteListing>? versions = await _calls.CheckEachAsync(versioned, CheckOneAsync, cancellationToken).ConfigureAwait(false);

        // After the versions, which may find that the login is over, and the leases with it.
        RemoteListing[] leases = await _calls.RunAsync(
            c => Gather.AllAsync(leased, options.MaxConcurrentCalls, (l, t) => _calls.TurnAsync(u => KeepOneAsync(l, u), t), c), nativeName: null, cancellationToken).ConfigureAwait(false);

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
            return _login ??= BeginAsync();
        }

        async Task<TimeSpan?> BeginAsync()
        {
            await Task.WhenAll((before?.Replaced ?? []).Select(s => s.DisposeAsync().AsTask())).ConfigureAwait(false);
            return await _session.Api.KeepLoginAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<IReadOnlyList<RemoteListing>> ListAsync(VaultMount mount, string top, CancellationToken cancellationToken)
    {
        var secrets = new List<RemoteListing>();
        string[] folders = [top];

        // One level after the other, so that no more calls are under way than may be.
        for (int depth = 0; folders.Length > 0; depth++)
        {
            IReadOnlyList<string>[] keys = await Gather.AllAsync(folders, options.MaxConcurrentCalls, (f, c) => _calls.TurnAsync(t => _session.Api.ListAsync(mount, f, t), c), cancellationToken).ConfigureAwait(false);
            string[] found = [.. folders.Zip(keys).SelectMany(pair => pair.Second.Select(key => pair.First + key))];
            secrets.AddRange(found.Where(f => !f.EndsWith('/')).Select(f => new RemoteListing { Name = new RemoteName(mount.Path + f) }));
            folders = depth == DeepestFolder ? [] : [.. found.Where(f => f.EndsWith('/') && VaultPath.IsPath(f[..^1]))];
        }

        return secrets;
    }

    private async Task<RemoteListing> KeepOneAsync((RemoteName Name, VaultHeldLease Lease) held, CancellationToken cancellationToken) => new()
    {
        Name = held.Name,
        Stamp = await _session.Leases.KeepAsync(held.Name, held.Lease, cancellationToken).ConfigureAwait(false),
    };

    private async Task<RemoteListing?> CheckOneAsync(RemoteName name, CancellationToken cancellationToken)
    {
        VaultMount mount = await _session.Mounts.FindAsync(name.Name, cancellationToken).ConfigureAwait(false);
        if (mount.Kind != VaultMountKind.KeyValue2)
        {
            return new RemoteListing { Name = name };
        }

        VaultVersion? version = await _session.Api.ReadVersionAsync(mount, name.Name[mount.Path.Length..], VersionOf(name), cancellationToken).ConfigureAwait(false);
        return version is null ? null : new RemoteListing { Name = name, Stamp = StampOf(version) };
    }

    private async Task<RemoteSecret> FetchOneAsync(RemoteName name, CancellationToken cancellationToken)
    {
        VaultMount mount = await _session.Mounts.FindAsync(name.Name, cancellationToken).ConfigureAwait(false);
        VaultSecret? found = await _session.Api.ReadAsync(mount, name.Name[mount.Path.Length..], VersionOf(name), cancellationToken).ConfigureAwait(false);
        return new RemoteSecret
        {
            Name = name,
            Text = found?.Json,
            Version = found?.Version?.Number.ToString(System.Globalization.CultureInfo.InvariantCulture),
            Stamp = found?.Lease is { } lease ? _session.Leases.Take(name, lease).Stamp : found?.Version is { } version ? StampOf(version) : null,
        };
    }
}
