namespace Secrets.Merging;

/// <summary>
/// A failure at the place of a section that higher sources supply in part: it stands for every key that they do not have,
/// since falling back below it would take a failure for absence.
/// </summary>
internal sealed class Blocker(SecretValue value, int rank)
{
    public SecretValue Value { get; } = value;

    /// <summary>Gets the failed source's place in the order of precedence; only higher ones, with lower ranks, may still answer.</summary>
    public int Rank { get; } = rank;
}
