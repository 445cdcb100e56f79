using System.Text;
using Secrets.Merging;
using Secrets.Redaction;

namespace Secrets;

/// <summary>Who supplied a secret, who was shadowed, who does not have it and who was not asked. It never holds a value.</summary>
public sealed class SecretExplanation
{
    internal SecretExplanation(string path, SecretOrigin? origin, IReadOnlyList<SecretCandidate> candidates)
    {
        Path = path;
        Origin = origin;
        Candidates = candidates;
    }

    /// <summary>Gets the full path, as it is spelled where it was found; as it was asked for where nothing supplies it.</summary>
    public string Path { get; }

    /// <summary>Gets where the winner came from; <see langword="null"/> where nothing supplies the path.</summary>
    public SecretOrigin? Origin { get; }

    /// <summary>Gets what each source of the chain has to do with the path, in the order of precedence.</summary>
    public IReadOnlyList<SecretCandidate> Candidates { get; }

    /// <summary>
    /// Gets the origin of a key whose name is the whole text that was asked about, dots included; <see langword="null"/> where there is none.
    /// The indexer finds it first.
    /// </summary>
    public SecretOrigin? ExactKey { get; internal init; }

    /// <summary>Gets why the path cannot be read, in the words of the exception; <see langword="null"/> where it can be read, and where nothing supplies it.</summary>
    public string? Problem { get; internal init; }

    /// <summary>Gets what was probably meant, or what stands in the way; <see langword="null"/> where something supplies the path, or nothing is near.</summary>
    public string? Hint { get; internal init; }

    /// <summary>Gives the path and a line for each source.</summary>
    /// <returns>The explanation, for people.</returns>
    public override string ToString()
    {
        var text = new StringBuilder(Path);
        int width = Candidates.Count == 0 ? 0 : Candidates.Max(c => c.SourceName.Length);
        foreach (SecretCandidate candidate in Candidates)
        {
            text.AppendLine().Append("  ").Append(candidate.SourceName.PadRight(width)).Append("  ").Append(Describe(candidate.Outcome));
            if (candidate.Places.Count > 0)
            {
                text.Append(": ").Append(PlaceList.Of([.. candidate.Places.Select(SecretOrigin.Printable)], ", "));
            }

            if (candidate.Reason is { } reason)
            {
                text.Append(" (").Append(reason).Append(')');
            }
        }

        if (ExactKey is not null)
        {
            text.AppendLine().Append("  The indexer finds another secret first, the key of this very name: ").Append(ExactKey);
        }

        foreach (string? line in new[] { Problem, Hint })
        {
            if (line is not null)
            {
                text.AppendLine().Append("  ").Append(line);
            }
        }

        return text.ToString();
    }

    internal static SecretExplanation Of(SectionNode node, SecretPath path, string asked) => new Explainer(node, path).Explain(asked);

    private static string Describe(SecretOutcome outcome) => outcome switch
    {
        SecretOutcome.Supplied => "supplies it",
        SecretOutcome.Shadowed => "is shadowed",
        SecretOutcome.Unreadable => "could not read it",
        SecretOutcome.Absent => "does not have it",
        SecretOutcome.NotAsked => "was not asked for it",
        SecretOutcome.Failed => "could not be read, which is tolerated",
        SecretOutcome.Pinned => "is kept out by a pin",
        SecretOutcome.Blocked => "is blocked by the failure above",
        _ => "has it in another shape",
    };
}
