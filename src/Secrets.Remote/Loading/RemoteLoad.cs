using Secrets.Remote.Calls;

namespace Secrets.Remote.Loading;

/// <summary>
/// One load of a remote source, or the plan of one. <see cref="RemoteSelection"/> says what is asked for, <see cref="RemoteRound"/> reads it, and <see cref="RemoteReader"/> turns
/// each answer into entries. A secret that cannot be read leaves the others. The load fails if a list does for the first time, if nothing could be read, and if the store is out,
/// unless something new was read before: that must be served, as credentials that were created.
/// </summary>
internal sealed class RemoteLoad(StoreCalls store, RemoteMap map, SecretsRequest request)
{
    private readonly List<RemoteRead> _reads = [];
    private readonly List<(RemoteMount Mount, SecretsSourceException Failure, bool IsStoreOut)> _failedCandidates = [];
    private readonly HashSet<(RemoteName, SecretPath)> _asked = [];
    private readonly List<RemotePlace> _places = [];
    private readonly List<string> _warnings = [];
    private readonly RemoteReader _reader = new(request);
    private readonly RemoteSelection _selection = new(map, request, store.Rules);
    private readonly IReadOnlyList<RemoteRead> _known = (request.Previous?.State as RemoteState)?.Reads ?? [];
    private readonly ILookup<RemoteName, RemoteRead> _knownByName = ((request.Previous?.State as RemoteState)?.Reads ?? []).ToLookup(r => r.Mount.Name);
    private int _missing;
    private bool _isNewRead;

    public SecretsSourcePlan Plan()
    {
        RemoteName[] names = [.. _selection.Named().Concat(_selection.Candidates(spelling: 0, _known)).Select(m => m.Name).Distinct()];
        bool isListed = request.Demands is null && map.Prefixes.Count > 0;
        return new SecretsSourcePlan(
            request,
            [.. names.Select(n => n.ToString()), .. isListed ? map.Prefixes.Select(p => p.Name.Name + "*") : []],
            isListed ? null : store.CountCalls(names));
    }

    public async Task<SecretsBatch> RunAsync(CancellationToken cancellationToken)
    {
        if (request.Demands is null)
        {
            var listed = new Dictionary<RemoteMount, RemoteMetadata>();
            await ListAsync(listed, cancellationToken).ConfigureAwait(false);
            await ReadAsync([.. _selection.Named(), .. listed.Keys], listed.Values, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await ReadAsync([.. _selection.Named(), .. _selection.FoundBefore(_known), .. _selection.Candidates(spelling: 0, _known)], [], cancellationToken).ConfigureAwait(false);

            // From the first spelling on again: what was found before may have gone.
            for (int spelling = 0; spelling < _selection.Rounds; spelling++)
            {
                await ReadAsync([.. _selection.Candidates(spelling, _reads)], [], cancellationToken).ConfigureAwait(false);
            }
        }

        ThrowIfFailed();
        return Batch();
    }

    private async Task ListAsync(Dictionary<RemoteMount, RemoteMetadata> listed, CancellationToken cancellationToken)
    {
        (IReadOnlyList<RemoteMetadata> Found, SecretsSourceException? Failure)[] pages =
            await ParallelWork.RunAsync(map.Prefixes, ListOneAsync, cancellationToken).ConfigureAwait(false);
        foreach ((RemoteMount prefix, (IReadOnlyList<RemoteMetadata> found, SecretsSourceException? failure)) in map.Prefixes.Zip(pages))
        {
            _places.Add(new RemotePlace($"{prefix.Name.Name}* in {store.Place}", prefix.At));
            foreach (RemoteMetadata listing in found)
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
            foreach (RemoteRead known in failure is null ? [] : _known.Where(r => r.LastGood is not null && _selection.IsListedBy(prefix, r)))
            {
                listed.Add(known.Mount, new RemoteMetadata { Name = known.Mount.Name, Answer = new RemoteAnswer(known.Mount.Name) { Failure = failure } });
            }
        }
    }

    private async Task<(IReadOnlyList<RemoteMetadata> Found, SecretsSourceException? Failure)> ListOneAsync(RemoteMount prefix, CancellationToken cancellationToken)
    {
        try
        {
            return (await store.ListAsync(prefix.Name.Name, cancellationToken).ConfigureAwait(false), null);
        }
        catch (SecretsSourceException failure) when (_known.Any(r => r.LastGood is not null && _selection.IsListedBy(prefix, r)))
        {
            return ([], failure);
        }
    }

    private async Task ReadAsync(IReadOnlyCollection<RemoteMount> mounts, IReadOnlyCollection<RemoteMetadata> listed, CancellationToken cancellationToken)
    {
        (RemoteMount Mount, RemoteRead? Known)[] targets =
        [
            .. mounts.Where(m => _asked.Add((m.Name, m.At))).Select(m => (m, _knownByName[m.Name].FirstOrDefault(k => k.IsOf(m))?.LastGood)),
        ];
        var round = new RemoteRound(store, request);
        await round.RunAsync(targets, listed, cancellationToken).ConfigureAwait(false);
        foreach ((RemoteMount mount, RemoteRead? known) in targets)
        {
            _places.Add(new RemotePlace($"{mount.Name} in {store.Place}", mount.At));
            if (round.IsUnchanged(mount.Name, known))
            {
                _reads.Add(known);
            }
            else
            {
                Take(mount, known, round.AnswerOf(mount.Name), round.LocationOf(mount.Name), isCandidate: known is null && _selection.IsCandidate(mount));
            }
        }
    }

    private void Take(RemoteMount mount, RemoteRead? known, RemoteAnswer? answer, string? location, bool isCandidate)
    {
        if (answer is null or { IsMissing: true })
        {
            _missing++;
            ThrowIfMissingStore(mount);
            return;
        }

        RemoteRead read = _reader.Read(mount, known, answer, location ?? answer.Secret?.Location ?? store.LocationOf(mount.Name));
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
        foreach (SecretDemand demand in (request.Demands ?? []).Where(d => !_selection.IsAnswered(d, _reads) && map.Prefixes.Count > 0))
        {
            (RemoteMount Mount, SecretsSourceException Failure, bool)[] failed = [.. _failedCandidates.Where(c => demand.Path.StartsWith(c.Mount.At, request.KeyComparison))];
            if (failed.Length > 0)
            {
                yield return new SecretEntry(demand.Path, SecretValue.Unreadable(failed[0].Failure, request.Origin(store.LocationOf(failed[0].Mount.Name))));
            }
            else if (demand.IsRequired && !_selection.HasName(demand))
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

    private SecretsSourceException Failure(SecretsErrorCode code, string message, RemoteMount mount) =>
        new(code, message, request.SourceName) { NativeName = mount.Name.Name };
}
