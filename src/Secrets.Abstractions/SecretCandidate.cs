namespace Secrets;

/// <summary>What one source of a chain has to do with a path.</summary>
public sealed class SecretCandidate
{
    internal SecretCandidate(string sourceName, SecretOutcome outcome, IReadOnlyList<string> places, string? reason = null)
    {
        SourceName = sourceName;
        Outcome = outcome;
        Places = places;
        Reason = reason;
    }

    /// <summary>Gets the source's name in the chain.</summary>
    public string SourceName { get; }

    /// <summary>Gets what it has to do with the path.</summary>
    public SecretOutcome Outcome { get; }

    /// <summary>Gets where its value is; where it has none, where it looked.</summary>
    public IReadOnlyList<string> Places { get; }

    /// <summary>
    /// Gets why the source has failed, or why what it serves is older than its last load; <see langword="null"/> where neither is so.
    /// It begins with a code and never holds a value.
    /// </summary>
    public string? Reason { get; }

    /// <summary>Gives one line.</summary>
    /// <returns>As in <c>toml: Supplied</c>.</returns>
    public override string ToString() => $"{SourceName}: {Outcome}";
}
