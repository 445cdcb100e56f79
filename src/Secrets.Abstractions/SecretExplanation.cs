using System.Text;
using Secrets.Loading;
using Secrets.Merging;

namespace Secrets;

/// <summary>Who supplied a secret, who was shadowed, who does not have it and who was not asked. It never holds a value.</summary>
public sealed class SecretExplanation
{
    private SecretExplanation(string path, SecretOrigin? origin, IReadOnlyList<SecretCandidate> candidates, SecretOrigin? exactKey)
    {
        Path = path;
        Origin = origin;
        Candidates = candidates;
        ExactKey = exactKey;
    }

    /// <summary>Gets the full path.</summary>
    public string Path { get; }

    /// <summary>Gets where the winner came from; <see langword="null"/> where nothing supplies the path.</summary>
    public SecretOrigin? Origin { get; }

    /// <summary>Gets what each source of the chain has to do with the path, in the order of precedence.</summary>
    public IReadOnlyList<SecretCandidate> Candidates { get; }

    /// <summary>
    /// Gets the origin of a key whose name is the whole text that was asked about, dots included; <see langword="null"/> where there is none.
    /// The indexer finds it first.
    /// </summary>
    public SecretOrigin? ExactKey { get; }

    /// <summary>Gives the path and a line for each source.</summary>
    /// <returns>The explanation, for people.</returns>
    public override string ToString()
    {
        var text = new StringBuilder(Path);
        int width = Candidates.Count == 0 ? 0 : Candidates.Max(c => c.SourceName.Length);
        foreach (SecretCandidate candidate in Candidates)
        {
            text.AppendLine().Append("  ").Append(candidate.SourceName.PadRight(width)).Append("  ").Append(candidate.Outcome switch
            {
                SecretOutcome.Supplied => "supplies it",
                SecretOutcome.Shadowed => "is shadowed",
                SecretOutcome.Unreadable => "has it and cannot read it",
                SecretOutcome.Absent => "does not have it",
                SecretOutcome.NotAsked => "was not asked for it",
                SecretOutcome.Failed => "could not be read, which is tolerated",
                SecretOutcome.Pinned => "is kept out by a pin",
                SecretOutcome.Blocked => "is blocked by the failure above",
                _ => "has it in another shape",
            });
            if (candidate.Places.Count > 0)
            {
                text.Append(": ").AppendJoin(", ", candidate.Places.Select(SecretOrigin.Printable));
            }
        }

        if (ExactKey is not null)
        {
            text.AppendLine().Append("  The indexer finds another secret first, the key of this very name: ").Append(ExactKey);
        }

        return text.ToString();
    }

    internal static SecretExplanation Of(SectionNode node, SecretPath path, string asked)
    {
        SecretPath full = node.Path.Append(path);
        SecretValue? winner = node.FindBySegments(path.Segments);
        SecretValue? exact = path.Segments.Count > 1 && node.FindOwn(asked) is { } own && !ReferenceEquals(own, winner) ? own : null;
        var candidates = new List<SecretCandidate>();
        foreach (LoadedSource source in node.Snapshot?.Sources ?? [])
        {
            AddCandidates(source, full, winner, node.Snapshot!, candidates);
        }

        return new SecretExplanation(full.ToString(), winner?.Origin, candidates, exact?.Origin);
    }

    private static void AddCandidates(LoadedSource source, SecretPath path, SecretValue? winner, Snapshot snapshot, List<SecretCandidate> candidates)
    {
        if (!snapshot.Pins.Allows(path, source.Name) && !snapshot.Pins.AllowsBelow(path, source.Name))
        {
            candidates.Add(new SecretCandidate(source.Name, SecretOutcome.Pinned, []));
            return;
        }

        if (source.Batch is null)
        {
            candidates.Add(new SecretCandidate(source.Name, source.Failure is null ? SecretOutcome.NotAsked : SecretOutcome.Failed, []));
            return;
        }

        bool hasNone = true;
        foreach (LayerNode layer in source.Layers)
        {
            if (layer.Find(path, out bool isAbove) is { } found)
            {
                SecretOutcome outcome = OutcomeOf(found.Leaf?.Kind, isAbove, found.Origin, winner, candidates, snapshot.Sections);
                candidates.Add(new SecretCandidate(source.Name, outcome, [found.Origin.Location]));
                hasNone = false;
            }
        }

        if (hasNone && !Demand.Includes(source.Demands, path, snapshot.Comparison))
        {
            candidates.Add(new SecretCandidate(source.Name, SecretOutcome.NotAsked, []));
        }
        else if (hasNone)
        {
            bool isSection = winner?.Kind == SecretKind.Section;
            candidates.Add(!isSection && source.Answer(path, snapshot.Pins) is { } answer
                ? new SecretCandidate(
                    source.Name, OutcomeOf(answer.Kind, isAbove: false, answer.Origin, winner, candidates, snapshot.Sections), [answer.Origin.Location])
                : new SecretCandidate(source.Name, SecretOutcome.Absent, isSection ? [] : source.Lookup?.NamesOf(path) ?? source.Batch.Places));
        }
    }

    private static SecretOutcome OutcomeOf(
        SecretKind? leaf, bool isAbove, SecretOrigin origin, SecretValue? winner, List<SecretCandidate> higher, SectionMerge sections) => (winner?.Kind, leaf) switch
    {
        (_, SecretKind.Unreadable) => SecretOutcome.Unreadable,
        (null or SecretKind.Section or SecretKind.Unreadable, _) when higher.Exists(c => c.Outcome == SecretOutcome.Unreadable) => SecretOutcome.Blocked,
        (SecretKind.Unreadable, _) => SecretOutcome.Conflicting,
        (SecretKind.Section, null) => sections == SectionMerge.Replace && higher.Exists(c => c.Outcome == SecretOutcome.Supplied)
            ? SecretOutcome.Shadowed
            : SecretOutcome.Supplied,
        (null, not null) when isAbove => SecretOutcome.Conflicting,
        _ when IsSame(winner?.Origin, origin) => SecretOutcome.Supplied,
        _ => SecretOutcome.Shadowed,
    };

    private static bool IsSame(SecretOrigin? winner, SecretOrigin origin) =>
        string.Equals(winner?.SourceName, origin.SourceName, StringComparison.Ordinal)
        && string.Equals(winner?.Location, origin.Location, StringComparison.Ordinal);
}
