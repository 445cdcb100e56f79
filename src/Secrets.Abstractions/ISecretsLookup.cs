namespace Secrets;

/// <summary>
/// A source that answers for one path from what its load gave, without I/O, and is never enumerated, as environment variables are.
/// It is asked for the paths that another source has, that are required, or that a program reads. Paths that are equal under
/// <see cref="SecretsRequest.KeyComparison"/> have the same answer, however they are spelled.
/// </summary>
public interface ISecretsLookup : ISecretsPlaces
{
    /// <summary>Answers for the path of a leaf.</summary>
    /// <param name="path">The path of a leaf.</param>
    /// <param name="loaded">The batch that this source's load returned.</param>
    /// <param name="isElsewhere">
    /// Whether a lower source has the path, or may have it. A source that has only a weak claim to a path returns <see langword="null"/> then: so the
    /// variable <c>USER</c>, which every process has, never takes the place of another source's <c>USER</c>.
    /// </param>
    /// <returns>The value, or <see langword="null"/> where there is none.</returns>
    SecretValue? Find(SecretPath path, SecretsBatch loaded, bool isElsewhere);

    /// <summary>Answers for the path of a section: whether <see cref="Find"/> has an answer for any path below it.</summary>
    /// <param name="path">The path of a section.</param>
    /// <param name="loaded">The batch that this source's load returned.</param>
    /// <param name="isCertain">
    /// Whether only those values count that cannot belong to a key beside the section. The variable <c>DATABASE__URL</c> lies below <c>database</c>;
    /// <c>DATABASE_URL</c> may as well be meant for the key <c>database_url</c>.
    /// </param>
    /// <returns>Where the section begins, which is the place of any one of its values; <see langword="null"/> where nothing is below the path.</returns>
    SecretOrigin? FindSection(SecretPath path, SecretsBatch loaded, bool isCertain);
}
