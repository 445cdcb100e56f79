namespace Secrets;

/// <summary>
/// A source that answers for one path from what its load gave, without I/O, and is never enumerated, as environment variables are.
/// It is asked for leaf paths alone: those that another source has, that are required, or that a program reads.
/// </summary>
public interface ISecretsLookup : ISecretsSource
{
    /// <summary>Answers for one path.</summary>
    /// <param name="path">The path of a leaf.</param>
    /// <param name="loaded">The batch that this source's load returned.</param>
    /// <returns>The value, or <see langword="null"/> where there is none.</returns>
    SecretValue? Find(SecretPath path, SecretsBatch loaded);

    /// <summary>Says which names stand for a path, in the order in which they are tried.</summary>
    /// <param name="path">The path of a leaf.</param>
    /// <returns>The names as the source writes them.</returns>
    IReadOnlyList<string> NamesOf(SecretPath path);
}
