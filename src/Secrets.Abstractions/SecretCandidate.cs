namespace Secrets;

/// <summary>What one source of a chain has to do with a path.</summary>
public sealed class SecretCandidate
{
    internal SecretCandidate(string sourceName, SecretOutcome outcome, IReadOnlyList<string> places)
    {
        SourceName = sourceName;
        Outcome = outcome;
        Places = places;
    }

    /// <summary>Gets the source's name in the chain.</summary>
    public string SourceName { get; }

    /// <summary>Gets what it has to do with the path.</summary>
    public SecretOutcome Outcome { get; }

    /// <summary>Gets where its value is; where it has none, where it looked.</summary>
    public IReadOnlyList<string> Places { get; }

    /// <summary>Gives one line.</summary>
    /// <returns>As in <c>toml: Supplied</c>.</returns>
    public override string ToString() => $"{SourceName}: {Outcome}";
}
