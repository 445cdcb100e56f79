namespace Secrets;

/// <summary>
/// A secret was read, files are the only source besides the environment, and there is no file at any place.
/// The message lists every place.
/// </summary>
public sealed class SecretsFileNotFoundException : FileNotFoundException, ISecretsError
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is missing and where it was looked for.</param>
    /// <param name="paths">Every missing path.</param>
    /// <param name="places">Every place where a file was looked for.</param>
    public SecretsFileNotFoundException(string message, IReadOnlyList<string> paths, IReadOnlyList<string> places)
        : base(message)
    {
        ArgumentNullException.ThrowIfNull(paths);
        ArgumentNullException.ThrowIfNull(places);
        Paths = paths;
        Places = places;
    }

    /// <summary>Gets <see cref="SecretsErrorCode.NotFound"/>.</summary>
    public SecretsErrorCode Code => SecretsErrorCode.NotFound;

    /// <summary>Gets every missing path.</summary>
    public IReadOnlyList<string> Paths { get; }

    /// <summary>Gets every place where a file was looked for.</summary>
    public IReadOnlyList<string> Places { get; }
}
