namespace Secrets.Merging;

/// <summary>
/// A failure of a source at the path of a section that higher sources supply in part. Reading a key that they lack throws it,
/// since falling back below it would take a failure for absence.
/// </summary>
internal sealed class Blocker(SecretValue value, int rank)
{
    public SecretValue Value { get; } = value;

    /// <summary>Gets the failed source's place in the order of precedence; only higher ones, with lower ranks, may still answer.</summary>
    public int Rank { get; } = rank;
}
