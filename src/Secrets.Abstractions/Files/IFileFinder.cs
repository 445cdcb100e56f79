namespace Secrets.Files;

/// <summary>Finds the files that a source reads.</summary>
internal interface IFileFinder
{
    /// <summary>Finds the files that may be there; later ones refine earlier ones.</summary>
    /// <param name="sourceName">The source's name in the chain.</param>
    /// <param name="warnings">Gets what keeps a place from being looked into.</param>
    /// <exception cref="SecretsSourceException">A file cannot be looked for.</exception>
    IReadOnlyList<SecretsFile> Find(string sourceName, List<string> warnings);
}
