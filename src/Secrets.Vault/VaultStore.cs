using System.Collections.Concurrent;
using Secrets.Remote;
using Secrets.Remote.Calls;
using Secrets.Remote.Loading;

namespace Secrets.Vault;

/// <summary>Vault as a remote store: a call for each path. Folders are listed one by one, except on OpenBao, which lists a whole tree in one call.</summary>
/// <param name="before">The state of the load before, or <see langword="null"/>.</param>
/// <param name="begun">The session that begins with this load; <see langword="null"/> where that of before goes on.</param>
/// <param name="options">The options.</param>
/// <param name="request">What is asked for.</param>
/// <param name="calls">The calls of this load.</param>
internal sealed class VaultStore(VaultState? before, VaultSession? begun, VaultOptions options, SecretsRequest request, RemoteCalls calls) : IRemoteSession
{
    // Fewer are looked at one by one: a scan takes the server longer than a look, and has secrets that nobody asked for.
    private const int MinScanned = 16;
    private const int MaxEntriesPerSecret = 16;

    private static readonly RemoteNameRules _rules = new(
        separator: "/",
        allowed: VaultPath.Allowed,
        explanation: VaultPath.Explanation)
    {
        NamesLeaves = false,
    };

    private readonly Lock _lock = new();
    private readonly VaultSession _session = begun ?? before!.Session;
    private readonly ConcurrentDictionary<RemoteName, RemoteMetadata> _kept = new();
    private readonly List<string> _warnings = [];
    private Task<TimeSpan?>? _login;

    private VaultMountCalls Mounts => field ??= new VaultMountCalls(_session, options.KeyValueVersion is not null, calls);

    private VaultFolders Folders => new(_session, options.MaxAnswerBytes, calls, Warn);

    public string Place { get; } = options.Place;

    public RemoteNameRules NameRules => _rules;

    public IReadOnlyList<string> Warnings => _session.LoginTrouble is { } trouble
        ? [.. _warnings, VaultFailures.Table.Find(trouble)!.ToException(request.SourceName, Place, nativeName: null).Message + " The present login is used until it ends."]
        : _warnings;

    public bool KeepsState => begun is null && before!.Replaced.Count == 0;

    // The login, or a look at the token; a look at each mount; a call for each path.
    public int CountCalls(IReadOnlyCollection<RemoteName> names) => names.Count == 0
        ? 0
        : 1 + (options.KeyValueVersion is null ? names.Select(n => n.Name.Split('/')[0]).Distinct(StringComparer.Ordinal).Count() : 0) + names.Count;

    public TimeSpan? RefreshAfter(IReadOnlyList<RemoteRead> reads) =>
        new[] { _session.Leases.NextDue(reads), _login is { IsCompletedSuccessfully: true } ? _login.Result : null }.Min();

    public string? HintIfMissing(RemoteName name) => name.Name.Split('/') is [var mount, "data" or "metadata", .. var rest]
        ? $"The path is the command line's, without data/: {mount}/{string.Join('/', rest)}."
        : $"All secrets below it are {name.Name}/, with a slash at the end.";

    public RemoteState StateOf(IReadOnlyList<RemoteRead> reads) => new VaultState(
        reads, _session, [.. _login is null ? before?.Replaced ?? [] : [], .. begun is not null && before is not null ? [before.Session] : Array.Empty<VaultSession>()]);

    public ValueTask DiscardAsync() => begun?.DisposeAsync() ?? ValueTask.CompletedTask;

    public void Reject(RemoteRead refused) => _session.Leases.Reject(refused.Mount.Name, refused.Stamp);

    public Task<IReadOnlyList<RemoteMetadata>> ListAsync(string prefix, CancellationToken cancellationToken) => calls.RunAsync(
        async c =>
        {
            await LogInAsync(c).ConfigureAwait(false);
            IReadOnlyList<RemoteMetadata> found = await Mounts.ReadAsync(
                prefix,
                (mount, t) => mount.Kind == VaultMountKind.Other
                    ? throw new RemoteException(VaultFailures.NotListed)
                    : ListAsync(mount, prefix[mount.Path.Length..], t),
                list => list.Count == 0 && (before?.Reads.Any(r => r.Mount.Name.Name.StartsWith(prefix, StringComparison.Ordinal)) ?? false),
                c).ConfigureAwait(false);
            if (found.Count == 0 && options.KeyValueVersion is not null && prefix.Count(p => p == '/') > 1)
            {
                Warn($"Nothing is below {prefix} in {Place}: with KeyValueVersion, {prefix[..(prefix.IndexOf('/', StringComparison.Ordinal) + 1)]} is taken for the mount. Where the mount has more segments, leave KeyValueVersion out.");
            }

            return found;
        },
        prefix + "*",
        cancellationToken,
        isList: true);

    public Task BeginAsync(CancellationToken cancellationToken) => calls.RunAsync(LogInAsync, nativeName: null, cancellationToken);

    public async Task<IReadOnlyList<RemoteMetadata>?> CheckAsync(IReadOnlyDictionary<RemoteName, string> stamps, CancellationToken cancellationToken)
    {
        await BeginAsync(cancellationToken).ConfigureAwait(false);
        RemoteName[] leased = [.. stamps.Keys.Where(n => _session.Leases.Find(n) is not null)];
        RemoteName[] versioned = [.. stamps.Keys.Except(leased)];
        IReadOnlyList<RemoteMetadata> scanned = await ScanAsync(versioned, cancellationToken).ConfigureAwait(false);
        RemoteName[] others = [.. versioned.Except(scanned.Select(l => l.Name))];
        IReadOnlyList<RemoteMetadata>? versions = await calls.CheckEachAsync(others, CheckOneAsync, cancellationToken).ConfigureAwait(false);

        // After the versions, which may find that the login has ended, and the leases with it.
        RemoteMetadata[] leases = await KeepLeasesAsync(leased, request.IsProofRequired, cancellationToken).ConfigureAwait(false);

        // Where metadata may not be read, contents are fetched; leases have none.
        return [.. leases, .. scanned, .. versions ?? others.Select(name => new RemoteMetadata { Name = name })];
    }

    private static string StampOf(VaultVersion version) => FormattableString.Invariant($"{version.Number} {version.Created.UtcTicks}");

    private static int? VersionOf(RemoteName name) => name.Version is { } text ? int.Parse(text, System.Globalization.CultureInfo.InvariantCulture) : null;

    /// <summary>Logs in, or renews the login, before the first call of a load: leases are granted no longer than it lives. Leases that are due are renewed right then, whatever else fails.</summary>
    private Task<TimeSpan?> LogInAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return _login ??= BeginAsync();
        }

        async Task<TimeSpan?> BeginAsync()
        {
            await Task.WhenAll((before?.Replaced ?? []).Select(s => s.DisposeAsync().AsTask())).ConfigureAwait(false);
            TimeSpan? due = await calls.CallAsync(_session.Api.KeepLoginAsync, cancellationToken).ConfigureAwait(false);
            await KeepLeasesAsync(
                [.. (before?.Reads ?? []).Select(r => r.Mount.Name).Distinct().Where(n => _session.Leases.Find(n) is not null)], isProofRequired: false, cancellationToken).ConfigureAwait(false);
            return due;
        }
    }

    private Task<RemoteMetadata[]> KeepLeasesAsync(RemoteName[] names, bool isProofRequired, CancellationToken cancellationToken) =>
        ParallelWork.RunAsync(names, (n, c) => KeepOneAsync(n, isProofRequired, c), cancellationToken);

    private async Task<RemoteMetadata> KeepOneAsync(RemoteName name, bool isProofRequired, CancellationToken cancellationToken)
    {
        if (_session.Leases.Find(name) is not { } held)
        {
            return new RemoteMetadata { Name = name };
        }

        if (_kept.TryGetValue(name, out RemoteMetadata? kept))
        {
            return kept.Stamp is null || _session.Leases.IsOfLogin(held) ? kept : new RemoteMetadata { Name = name };
        }

        bool isCalled = _session.Leases.NeedsCall(held, isProofRequired);
        RemoteMetadata listing = isCalled
            ? await AskForLeaseAsync(name, held, isProofRequired, cancellationToken).ConfigureAwait(false)
            : new RemoteMetadata { Name = name, Stamp = await _session.Leases.KeepAsync(name, held, isProofRequired, cancellationToken).ConfigureAwait(false) };
        if (isCalled)
        {
            _kept[name] = listing;
        }

        return listing;
    }

    private async Task<RemoteMetadata> AskForLeaseAsync(RemoteName name, VaultHeldLease held, bool isProofRequired, CancellationToken cancellationToken)
    {
        try
        {
            string? stamp = await calls.CallAsync(c => _session.Leases.KeepAsync(name, held, isProofRequired, c), cancellationToken).ConfigureAwait(false);
            return new RemoteMetadata { Name = name, Stamp = stamp };
        }
        catch (Exception failure) when (calls.Find(failure, cancellationToken) is { } found)
        {
            // Other credentials take its place where there is no time for another try.
            RemoteAnswer failed = calls.Failed(name, found);
            bool canWait = _session.Leases.CanWait(held);
            return failed.IsStoreOut || (isProofRequired && canWait)
                ? new RemoteMetadata { Name = name, Answer = failed }
                : new RemoteMetadata { Name = name, Stamp = canWait ? held.Stamp : null };
        }
    }

    private async Task<IReadOnlyList<RemoteMetadata>> ListAsync(VaultMount mount, string top, CancellationToken cancellationToken) =>
        [.. (await Folders.ListAsync(mount, top, cancellationToken).ConfigureAwait(false)).Select(e => ListingOf(mount, e))];

    /// <summary>Looks at many secrets below a prefix in one call, where the server and the policy permit it.</summary>
    /// <returns>What was found; each of the others is looked at by itself.</returns>
    private async Task<IReadOnlyList<RemoteMetadata>> ScanAsync(RemoteName[] names, CancellationToken cancellationToken)
    {
        var found = new Dictionary<RemoteName, RemoteMetadata>();
        foreach (string prefix in options.Map.Prefixes.Select(p => p.Name.Name))
        {
            HashSet<RemoteName> below = [.. names.Where(n => n.Version is null && n.Name.StartsWith(prefix, StringComparison.Ordinal) && !found.ContainsKey(n))];
            if (below.Count < MinScanned)
            {
                continue;
            }

            try
            {
                VaultMount mount = await Mounts.FindAsync(below.First().Name, cancellationToken).ConfigureAwait(false);
                IReadOnlyList<VaultListEntry>? entries = prefix.StartsWith(mount.Path, StringComparison.Ordinal)
                    ? await Folders.ScanAsync(mount, prefix[mount.Path.Length..], below.Count * MaxEntriesPerSecret, cancellationToken).ConfigureAwait(false)
                    : null;
                foreach (RemoteMetadata listing in (entries ?? []).Select(e => ListingOf(mount, e)).Where(l => below.Contains(l.Name) && (l.Stamp is not null || l.Answer is not null)))
                {
                    found[listing.Name] = listing;
                }
            }
            catch (Exception failure) when (calls.Find(failure, cancellationToken) is not null)
            {
                // The look at each of them says what is wrong.
            }
        }

        return [.. found.Values];
    }

    private static RemoteMetadata ListingOf(VaultMount mount, VaultListEntry entry)
    {
        var name = new RemoteName(mount.Path + entry.Key);
        return new RemoteMetadata
        {
            Name = name,
            Stamp = entry.Version is { } version ? StampOf(version) : null,
            Answer = entry.IsDeleted ? new RemoteAnswer(name) : null,
        };
    }

    private void Warn(string text)
    {
        lock (_lock)
        {
            _warnings.Add(text);
        }
    }

    private Task<RemoteMetadata?> CheckOneAsync(RemoteName name, CancellationToken cancellationToken) => Mounts.ReadAsync(
        name.Name,
        async (mount, c) =>
        {
            if (mount.Kind != VaultMountKind.KeyValue2)
            {
                return new RemoteMetadata { Name = name };
            }

            VaultVersion? version = await calls.CallAsync(t => _session.Api.ReadVersionAsync(mount, name.Name[mount.Path.Length..], VersionOf(name), t), c).ConfigureAwait(false);
            return version is null ? null : new RemoteMetadata { Name = name, Stamp = StampOf(version) };
        },
        listing => listing is null,
        cancellationToken);

    public async Task<RemoteSecret?> ReadAsync(RemoteName name, CancellationToken cancellationToken)
    {
        string? served = before?.Reads.FirstOrDefault(r => r.Mount.Name == name)?.LastGood?.Stamp;
        if (_session.Leases.FindUnserved(name, served) is { } unserved)
        {
            return Found(unserved.Secret, unserved.Stamp);
        }

        return await Mounts.ReadAsync(
            name.Name,
            async (mount, c) =>
            {
                bool isMade = mount.Kind == VaultMountKind.Other;
                VaultSecret? found = await calls.CallAsync(
                    t => _session.Api.ReadAsync(mount, name.Name[mount.Path.Length..], VersionOf(name), t), c, isRepeatable: !isMade).ConfigureAwait(false);
                return found is null
                    ? null
                    : Found(found, _session.Leases.Take(name, found)?.Stamp, isMade && found.EndsAfter is not null ? VaultAnswer.FingerprintOf(found.Json) : null);
            },
            secret => secret is null && served is not null,
            cancellationToken).ConfigureAwait(false);
    }

    private static RemoteSecret Found(VaultSecret found, string? lease, string? fingerprint = null) => new(found.Json)
    {
        Version = found.Version?.Number.ToString(System.Globalization.CultureInfo.InvariantCulture),
        Stamp = lease ?? (found.Version is { } version ? StampOf(version) : null),
        Fingerprint = fingerprint,
    };
}
