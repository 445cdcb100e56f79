namespace Secrets.Remote;

/// <summary>
/// One load of a remote source, or the plan of one. The rules, in one place:
/// <list type="number">
/// <item>Without demands, secrets that are configured by name are fetched, and prefixes are listed; with demands nothing is listed.</item>
/// <item>With demands, a secret by name is asked for where its path meets one, and under a prefix the names are asked for that the demanded path may have:
/// its first spelling's in the first round, together with all else, the next one's in another round for what is still open.</item>
/// <item>A secret that was read before is fetched again only where its version differs, or its values were refused.</item>
/// <item>A secret that cannot be read leaves the others (<see cref="RemoteReader"/>). The load fails where a listing does for the first time, where nothing could be read, and
/// where the store is out: unless something new was read before it went, which must be served.</item>
/// </list>
/// </summary>
internal sealed class RemoteLoad(StoreCalls store, RemoteMap map, SecretsRequest request)
{
    private readonly List<RemoteRead> _reads = [];
    private readonly List<(RemoteMount Mount, SecretsSourceException Failure, bool IsStoreOut)> _failedCandidates = [];
    private readonly HashSet<(RemoteName, SecretPath)> _asked = [];
    private readonly List<RemotePlace> _places = [];
    private readonly List<string> _warnings = [];
    private readonly RemoteReader _reader = new(request);
    private readonly IReadOnlyList<RemoteRead> _known = (request.Previous?.State as RemoteState)?.Reads ?? [];
    private readonly ILookup<RemoteName, RemoteRead> _knownByName = ((request.Previous?.State as RemoteState)?.Reads ?? []).ToLookup(r => r.Mount.Name);
    private int _missing;
    private bool _isNewRead;

    public SecretsSourcePlan Plan()
    {
        RemoteName[] names = [.. Named().Concat(Candidates(spelling: 0, _known)).Select(m => m.Name).Distinct()];
        bool isListed = request.Demands is null && map.Prefixes.Count > 0;
        return new SecretsSourcePlan(
            request,
            [.. names.Select(n => n.ToString()), .. isListed ? map.Prefixes.Select(p => p.Name.Name + "*") : []],
            isListed ? null : store.CountCalls(names));
    }

    public async Task<SecretsBatch> RunAsync(CancellationToken cancellationToken)
    {
        var listed = new Dictionary<RemoteMount, RemoteListing>();
        if (request.Demands is null)
        {
            await ListAsync(listed, cancellationToken).ConfigureAwait(false);
            await ReadAsync([.. Named(), .. listed.Keys], listed, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await ReadAsync([.. Named(), .. FoundBefore(), .. Candidates(spelling: 0, _known)], listed, cancellationToken).ConfigureAwait(false);

            // From the first spelling on again: what was found before may have gone.
            for (int spelling = 0; spelling < request.Demands.Max(d => d.Spellings.Count); spelling++)
            {
                await ReadAsync([.. Candidates(spelling, _reads)], listed, cancellationToken).ConfigureAwait(false);
            }
        }

        ThrowIfFailed();
        return Batch();
    }

    /// <summary>Gives the secrets configured by name whose paths meet what is asked for; those that give keys of the root always do.</summary>
    private IEnumerable<RemoteMount> Named() => map.Secrets.Where(m => request.IsAskedFor(m.At));

    /// <summary>Gives what lies under a prefix and was found by the last load: it need not be looked for under every name again.</summary>
    private IEnumerable<RemoteMount> FoundBefore() =>
        _known.Where(r => r.LastGood?.Entries.Any(e => request.IsAskedFor(e.Path)) == true && !map.Secrets.Any(r.IsOf)).Select(r => r.Mount);

    /// <summary>Gives the names that may hold what is asked for and not yet found, under the prefixes, in one of its spellings.</summary>
    private IEnumerable<RemoteMount> Candidates(int spelling, IReadOnlyList<RemoteRead> found) =>
        from demand in request.Demands ?? []
        where !IsAnswered(demand, found)
        from prefix in map.Prefixes
        where demand.Path.StartsWith(prefix.At, request.KeyComparison)
        let spellings = Spellings(demand, prefix)
        where spelling < spellings.Length
        from name in Names(prefix, spellings[spelling])
        select new RemoteMount(new RemoteName(name.Name), new SecretPath(spellings[spelling].Segments.Take(prefix.At.Segments.Count + name.Segments)), prefix.Format);

    private SecretPath[] Spellings(SecretDemand demand, RemoteMount prefix) =>
        [.. demand.Spellings.Where(s => Names(prefix, s).Any()).DistinctBy(s => Names(prefix, s).First().Name, store.Rules.Comparer)];

    private IEnumerable<(string Name, int Segments)> Names(RemoteMount prefix, SecretPath path) =>
        store.Rules.Candidates(prefix.Name.Name, [.. path.Segments.Skip(prefix.At.Segments.Count)], mayBeFields: prefix.Format != SecretFormat.Text);

    private bool IsAnswered(SecretDemand demand, IEnumerable<RemoteRead> reads) => reads.Any(r => r.Failure is null && r.Entries.Any(e =>
        e.Path.StartsWith(demand.Path, request.KeyComparison) || demand.Path.StartsWith(e.Path, request.KeyComparison)));

    private async Task ListAsync(Dictionary<RemoteMount, RemoteListing> listed, CancellationToken cancellationToken)
    {
        (IReadOnlyList<RemoteListing> Found, SecretsSourceException? Failure)[] pages =
            await Gather.AllAsync(map.Prefixes, int.MaxValue, ListOneAsync, cancellationToken).ConfigureAwait(false);
        foreach ((RemoteMount prefix, (IReadOnlyList<RemoteListing> found, SecretsSourceException? failure)) in map.Prefixes.Zip(pages))
        {
            _places.Add(new RemotePlace($"{prefix.Name.Name}* in {store.Place}", prefix.At));
            foreach (RemoteListing listing in found)
            {
                if (store.Rules.Split(listing.Name.Name[prefix.Name.Name.Length..]) is { } segments)
                {
                    listed.Add(new RemoteMount(listing.Name, prefix.At.Append(new SecretPath(segments)), prefix.Format), listing);
                }
                else
                {
                    _warnings.Add($"{listing.Name} is left out: {(prefix.Name.Name.Length > 0 ? $"below {prefix.Name.Name}, " : "")}{store.Rules.Explanation}.");
                }
            }

            // What was listed before is held, so that it takes no other secret along.
            foreach (RemoteRead known in failure is null ? [] : _known.Where(r => r.LastGood is not null && IsListedBy(prefix, r)))
            {
                listed.Add(known.Mount, new RemoteListing { Name = known.Mount.Name, Secret = new RemoteSecret { Name = known.Mount.Name, Failure = failure } });
            }
        }
    }

    private async Task<(IReadOnlyList<RemoteListing> Found, SecretsSourceException? Failure)> ListOneAsync(RemoteMount prefix, CancellationToken cancellationToken)
    {
        try
        {
            return (await store.ListAsync(prefix.Name.Name, cancellationToken).ConfigureAwait(false), null);
        }
        catch (SecretsSourceException failure) when (_known.Any(r => r.LastGood is not null && IsListedBy(prefix, r)))
        {
            return ([], failure);
        }
    }

    private bool IsListedBy(RemoteMount prefix, RemoteRead known) =>
        known.Mount.Name.Name.StartsWith(prefix.Name.Name, StringComparison.Ordinal) && known.Mount.At.StartsWith(prefix.At, request.KeyComparison) && !map.Secrets.Any(known.IsOf);

    private async Task ReadAsync(
        IReadOnlyCollection<RemoteMount> mounts, Dictionary<RemoteMount, RemoteListing> listed, CancellationToken cancellationToken)
    {
        (RemoteMount Mount, RemoteRead? Known)[] targets =
        [
            .. mounts.Where(m => _asked.Add((m.Name, m.At))).Select(m => (m, _knownByName[m.Name].FirstOrDefault(k => k.IsOf(m))?.LastGood)),
        ];
        var current = new Dictionary<RemoteName, RemoteListing>();
        var answers = new Dictionary<RemoteName, RemoteSecret>();
        foreach (RemoteListing listing in listed.Values)
        {
            if (listing.Stamp is not null)
            {
                current[listing.Name] = listing;
            }

            if (listing.Secret is { } secret)
            {
                answers[listing.Name] = secret;
            }
        }

        HashSet<RemoteName> refused = Reject(targets.Select(t => t.Known));
        var unsure = new Dictionary<RemoteName, string>();
        foreach ((RemoteMount mount, RemoteRead? known) in targets)
        {
            if (known?.Stamp is { } stamp && !refused.Contains(mount.Name) && !current.ContainsKey(mount.Name) && !answers.ContainsKey(mount.Name))
            {
                unsure.TryAdd(mount.Name, stamp);
            }
        }

        bool isChecked = false;
        if (unsure.Count > 0 && await store.CheckAsync(unsure, cancellationToken).ConfigureAwait(false) is { } checks)
        {
            isChecked = true;
            foreach (RemoteListing check in checks)
            {
                current[check.Name] = check;
                if (check.Secret is { } secret)
                {
                    answers[check.Name] = secret;
                }
            }
        }

        HashSet<RemoteName> gone = isChecked ? [.. unsure.Keys.Where(name => !current.ContainsKey(name))] : [];
        RemoteName[] fetched =
        [
            .. targets.Where(t => (refused.Contains(t.Mount.Name) || !IsCurrent(t.Known, current)) && !gone.Contains(t.Mount.Name) && !answers.ContainsKey(t.Mount.Name)).Select(t => t.Mount.Name).Distinct(),
        ];
        if (fetched.Length > 0)
        {
            foreach (RemoteSecret secret in await store.FetchAsync(fetched, cancellationToken).ConfigureAwait(false))
            {
                answers[secret.Name] = secret;
            }
        }

        foreach ((RemoteMount mount, RemoteRead? known) in targets)
        {
            if (!listed.ContainsKey(mount))
            {
                _places.Add(new RemotePlace($"{mount.Name} in {store.Place}", mount.At));
            }

            if (!refused.Contains(mount.Name) && IsCurrent(known, current))
            {
                _reads.Add(known!);
            }
            else
            {
                Take(
                    mount,
                    known,
                    answers.GetValueOrDefault(mount.Name),
                    current.GetValueOrDefault(mount.Name)?.Location,
                    isCandidate: known is null && request.Demands is not null && !map.Secrets.Contains(mount));
            }
        }
    }

    private static bool IsCurrent(RemoteRead? known, Dictionary<RemoteName, RemoteListing> current) =>
        known?.Stamp is { } stamp
        && current.TryGetValue(known.Mount.Name, out RemoteListing? now)
        && now.Stamp is { } found
        && string.Equals(stamp, found, StringComparison.Ordinal);

    private HashSet<RemoteName> Reject(IEnumerable<RemoteRead?> known)
    {
        RemoteRead[] refused =
        [
            .. known.OfType<RemoteRead>().Where(r => r.Entries.Any(e => request.RejectedPaths.Any(p =>
                e.Path.StartsWith(p, request.KeyComparison) || p.StartsWith(e.Path, request.KeyComparison)))),
        ];
        foreach (RemoteRead read in refused)
        {
            store.Reject(read);
        }

        return [.. refused.Select(r => r.Mount.Name)];
    }

    private void Take(RemoteMount mount, RemoteRead? known, RemoteSecret? secret, string? location, bool isCandidate)
    {
        if (secret is null or { IsMissing: true })
        {
            _missing++;
            ThrowIfMissingStore(mount);
            return;
        }

        RemoteRead read = _reader.Read(mount, known, secret, location ?? secret.Location ?? store.LocationOf(mount.Name));
        _isNewRead |= read.Failure is null;
        if (read.Failure is { } failure && isCandidate)
        {
            _failedCandidates.Add((mount, failure, read.IsStoreOut));
        }
        else
        {
            _reads.Add(read);
        }
    }

    private void ThrowIfMissingStore(RemoteMount mount)
    {
        if (mount.At.Segments.Count == 0 && map.Secrets.Count == 1 && map.Prefixes.Count == 0)
        {
            throw Failure(
                SecretsErrorCode.NotFound,
                $"{mount.Name} does not exist in {store.Place}: create it, correct the name or the place, or set Optional where it may be missing.{store.HintWhereMissing(mount.Name)}",
                mount);
        }
    }

    private void ThrowIfFailed()
    {
        (SecretsSourceException Failure, bool IsStoreOut)[] failures =
        [
            .. _reads.Where(r => r.Failure is not null).Select(r => (r.Failure!, r.IsStoreOut)), .. _failedCandidates.Select(c => (c.Failure, c.IsStoreOut)),
        ];
        bool isAnythingGood = _missing > 0 || _reads.Any(r => r.Failure is null);

        // A store that went while it was read fails the load; but what it gave before, as credentials that were created, is served.
        bool isOut = failures.Any(f => f.IsStoreOut) && (request.Previous is null || !_isNewRead);
        if (failures.Length > 0 && (isOut || !isAnythingGood))
        {
            throw failures.OrderByDescending(f => f.IsStoreOut).First().Failure;
        }
    }

    private SecretsBatch Batch()
    {
        SecretEntry[] entries = [.. _reads.SelectMany(r => r.Entries).Where(e => request.IsAskedFor(e.Path)), .. Unanswered()];
        TimeSpan? refreshAfter = store.RefreshAfter(_reads);
        string[] warnings = [.. _warnings, .. _reader.Warnings, .. store.Warnings];
        return request.Previous is { } previous && store.KeepsState && previous.RefreshAfter == refreshAfter && previous.Warnings.SequenceEqual(warnings, StringComparer.Ordinal)
            && previous.Entries.SequenceEqual(entries, ReferenceEqualityComparer.Instance)
            ? previous
            : new SecretsBatch(entries)
            {
                Places = [.. _places.Select(p => p.Text).Distinct(StringComparer.Ordinal)],
                Warnings = warnings,
                RefreshAfter = refreshAfter,
                State = State(),
            };
    }

    private RemoteState State()
    {
        RemoteState state = store.StateOf(_reads);
        state.Places = [.. _places.DistinctBy(p => p.Text, StringComparer.Ordinal)];
        return state;
    }

    /// <summary>
    /// Gives what is asked for and found nowhere, and is not merely absent: a name that may hold it was denied, or the store can have no such name.
    /// </summary>
    private IEnumerable<SecretEntry> Unanswered()
    {
        foreach (SecretDemand demand in (request.Demands ?? []).Where(d => !IsAnswered(d, _reads) && map.Prefixes.Count > 0))
        {
            (RemoteMount Mount, SecretsSourceException Failure, bool)[] failed = [.. _failedCandidates.Where(c => demand.Path.StartsWith(c.Mount.At, request.KeyComparison))];
            if (failed.Length > 0)
            {
                yield return new SecretEntry(demand.Path, SecretValue.Unreadable(failed[0].Failure, request.Origin(store.LocationOf(failed[0].Mount.Name))));
            }
            else if (demand.IsRequired && !Named().Any(m => demand.Path.StartsWith(m.At, request.KeyComparison)) && !HasName(demand))
            {
                string place = $"{map.Prefixes[0].Name.Name}* in {store.Place}";
                yield return new SecretEntry(demand.Path, SecretValue.Unreadable(
                    new SecretsSourceException(
                        SecretsErrorCode.InvalidConfiguration,
                        $"{demand.Path} cannot be the name of a secret in {store.Place}: {store.Rules.Explanation}. Give a secret this path instead: Secret(\"name\", at: \"…\").",
                        request.SourceName),
                    request.Origin(place)));
            }
        }
    }

    private bool HasName(SecretDemand demand) =>
        map.Prefixes.Any(p => !demand.Path.StartsWith(p.At, request.KeyComparison) || demand.Spellings.Any(s => Names(p, s).Any()));

    private SecretsSourceException Failure(SecretsErrorCode code, string message, RemoteMount mount) =>
        new(code, message, request.SourceName) { NativeName = mount.Name.Name };
}
