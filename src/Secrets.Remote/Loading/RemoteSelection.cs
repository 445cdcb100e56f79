namespace Secrets.Remote.Loading;

/// <summary>
/// Which secrets a load asks for:
/// <list type="number">
/// <item>Without demands, the secrets that are configured by name, and what the prefixes list. With demands nothing is listed.</item>
/// <item>With demands, a secret by name is asked for if its path meets one, and under a prefix the names that the demanded path may have: that of its first spelling in the
/// first round, together with all else, that of the next one in another round for what is still open.</item>
/// </list>
/// </summary>
/// <param name="map">Which secrets the source is configured for.</param>
/// <param name="request">What is asked for.</param>
/// <param name="rules">How the store writes paths as names.</param>
internal sealed class RemoteSelection(RemoteMap map, SecretsRequest request, RemoteNameRules rules)
{
    /// <summary>Gets the number of rounds in which the spellings of all demands are tried.</summary>
    public int Rounds => (request.Demands ?? []).Select(d => d.Spellings.Count).DefaultIfEmpty().Max();

    /// <summary>Gives the secrets configured by name whose paths meet what is asked for; those that give keys of the root always do.</summary>
    public IEnumerable<RemoteMount> Named() => map.Secrets.Where(m => request.IsAskedFor(m.At));

    /// <summary>Gives what lies under a prefix and was found by the last load: it need not be looked for under every name again.</summary>
    public IEnumerable<RemoteMount> FoundBefore(IEnumerable<RemoteRead> known) =>
        known.Where(r => r.LastGood?.Entries.Any(e => request.IsAskedFor(e.Path)) == true && !map.Secrets.Any(r.IsOf)).Select(r => r.Mount);

    /// <summary>Gives the names that may hold what is asked for and not yet found, under the prefixes, in one of its spellings.</summary>
    public IEnumerable<RemoteMount> Candidates(int spelling, IReadOnlyList<RemoteRead> found) =>
        from demand in request.Demands ?? []
        where !IsAnswered(demand, found)
        from prefix in map.Prefixes
        where demand.Path.StartsWith(prefix.At, request.KeyComparison)
        let spellings = Spellings(demand, prefix)
        where spelling < spellings.Length
        from name in Names(prefix, spellings[spelling])
        select new RemoteMount(new RemoteName(name.Name), new SecretPath(spellings[spelling].Segments.Take(prefix.At.Segments.Count + name.Segments)), prefix.Format);

    /// <summary>Says whether a secret was asked for because a demanded path may have its name, so that it need not exist.</summary>
    public bool IsCandidate(RemoteMount mount) => request.Demands is not null && !map.Secrets.Contains(mount);

    /// <summary>Says whether a prefix lists a secret that was read before.</summary>
    public bool IsListedBy(RemoteMount prefix, RemoteRead known) =>
        rules.IsBelow(prefix.Name.Name, known.Mount.Name.Name) && known.Mount.At.StartsWith(prefix.At, request.KeyComparison) && !map.Secrets.Any(known.IsOf);

    public bool IsAnswered(SecretDemand demand, IEnumerable<RemoteRead> reads) => reads.Any(r => r.Failure is null && r.Entries.Any(e =>
        e.Path.Overlaps(demand.Path, request.KeyComparison)));

    /// <summary>Says whether the store can have a name for a demanded path.</summary>
    public bool HasName(SecretDemand demand) =>
        Named().Any(m => demand.Path.StartsWith(m.At, request.KeyComparison))
        || map.Prefixes.Any(p => !demand.Path.StartsWith(p.At, request.KeyComparison) || demand.Spellings.Any(s => Names(p, s).Any()));

    private SecretPath[] Spellings(SecretDemand demand, RemoteMount prefix) =>
        [.. demand.Spellings.Where(s => Names(prefix, s).Any()).DistinctBy(s => Names(prefix, s).First().Name, rules.Comparer)];

    private IEnumerable<(string Name, int Segments)> Names(RemoteMount prefix, SecretPath path) =>
        rules.Candidates(prefix.Name.Name, [.. path.Segments.Skip(prefix.At.Segments.Count)], mayBeFields: prefix.Format != SecretFormat.Text);
}
