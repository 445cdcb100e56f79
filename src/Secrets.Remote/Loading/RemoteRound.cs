using System.Diagnostics.CodeAnalysis;
using Secrets.Remote.Calls;

namespace Secrets.Remote.Loading;

/// <summary>One round of reads: what was read before is checked, and what is new, changed or refused is read.</summary>
internal sealed class RemoteRound(StoreCalls store, SecretsRequest request)
{
    private readonly Dictionary<RemoteName, RemoteMetadata> _current = [];
    private readonly Dictionary<RemoteName, RemoteAnswer> _answers = [];
    private readonly HashSet<RemoteName> _refused = [];

    /// <summary>Reads secrets.</summary>
    /// <param name="targets">The secrets, each with its last good result.</param>
    /// <param name="listed">What lists said of them.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    public async Task RunAsync(
        IReadOnlyCollection<(RemoteMount Mount, RemoteRead? Known)> targets, IReadOnlyCollection<RemoteMetadata> listed, CancellationToken cancellationToken)
    {
        Note(listed.Where(l => l.Stamp is not null || l.Answer is not null), isComplete: false);
        Reject(targets.Select(t => t.Known).OfType<RemoteRead>());
        HashSet<RemoteName> gone = await CheckAsync(targets, cancellationToken).ConfigureAwait(false);
        RemoteName[] names =
        [
            .. targets.Where(t => !IsUnchanged(t.Mount.Name, t.Known) && !gone.Contains(t.Mount.Name) && !_answers.ContainsKey(t.Mount.Name)).Select(t => t.Mount.Name).Distinct(),
        ];
        foreach (RemoteAnswer answer in names.Length == 0 ? [] : await store.FetchAsync(names, cancellationToken).ConfigureAwait(false))
        {
            _answers[answer.Name] = answer;
        }
    }

    /// <summary>Says whether a secret is still what was read.</summary>
    public bool IsUnchanged(RemoteName name, [NotNullWhen(true)] RemoteRead? known) =>
        known?.Stamp is { } stamp && !_refused.Contains(name) && _current.TryGetValue(name, out RemoteMetadata? now) && string.Equals(stamp, now.Stamp, StringComparison.Ordinal);

    /// <summary>Gives the answer for a secret; <see langword="null"/> if it does not exist.</summary>
    public RemoteAnswer? AnswerOf(RemoteName name) => _answers.GetValueOrDefault(name);

    /// <summary>Gives where a list says that a secret lives.</summary>
    public string? LocationOf(RemoteName name) => _current.GetValueOrDefault(name)?.Location;

    private void Note(IEnumerable<RemoteMetadata> listings, bool isComplete)
    {
        foreach (RemoteMetadata listing in listings)
        {
            if (isComplete || listing.Stamp is not null)
            {
                _current[listing.Name] = listing;
            }

            if (listing.Answer is { } answer)
            {
                _answers[listing.Name] = answer;
            }
        }
    }

    private void Reject(IEnumerable<RemoteRead> known)
    {
        foreach (RemoteRead read in known.Where(r => r.Entries.Any(e => request.RejectedPaths.Any(p =>
            e.Path.Overlaps(p, request.KeyComparison)))))
        {
            _refused.Add(read.Mount.Name);
            store.Reject(read);
        }
    }

    /// <summary>Looks at the versions of what was read before and no list tells of.</summary>
    /// <returns>The secrets that no longer exist.</returns>
    private async Task<HashSet<RemoteName>> CheckAsync(IReadOnlyCollection<(RemoteMount Mount, RemoteRead? Known)> targets, CancellationToken cancellationToken)
    {
        var unsure = new Dictionary<RemoteName, string>();
        foreach ((RemoteMount mount, RemoteRead? known) in targets)
        {
            if (known?.Stamp is { } stamp && !_refused.Contains(mount.Name) && !_current.ContainsKey(mount.Name) && !_answers.ContainsKey(mount.Name))
            {
                unsure.TryAdd(mount.Name, stamp);
            }
        }

        if (unsure.Count == 0 || await store.CheckAsync(unsure, cancellationToken).ConfigureAwait(false) is not { } checks)
        {
            return [];
        }

        Note(checks, isComplete: true);
        return [.. unsure.Keys.Where(name => !_current.ContainsKey(name))];
    }
}
