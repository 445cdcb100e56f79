using System.Globalization;

namespace Secrets.Keys;

/// <summary>
/// The one limit for how deep paths, values and required types may be. Code that follows them recurses, and a stack overflow would end the process.
/// </summary>
internal static class DepthLimit
{
    /// <summary>How many keys a path may have, and how many levels a value.</summary>
    public const int MaxKeys = 256;

    private const int ShownKeys = 4;

    /// <summary>Gives a path that a program declared, if it is not too deep.</summary>
    /// <exception cref="SecretsSourceException">The path has too many keys: <see cref="SecretsErrorCode.InvalidConfiguration"/>.</exception>
    public static SecretPath Check(SecretPath path)
    {
        int keys = path.Segments.Count;
        return keys <= MaxKeys ? path : throw new SecretsSourceException(
            SecretsErrorCode.InvalidConfiguration,
            string.Create(
                CultureInfo.InvariantCulture,
                $"A path has {keys} keys, and at most {MaxKeys} are allowed; it begins with {new SecretPath(path.Segments.Take(ShownKeys))}. Use a shorter path."));
    }

    /// <summary>Gives the exception for a value that a source gave.</summary>
    public static SecretsSourceException TooDeep(SecretOrigin origin) => new(
        SecretsErrorCode.InvalidFormat,
        string.Create(CultureInfo.InvariantCulture, $"The value at {origin.Location} is nested deeper than the {MaxKeys} levels that are allowed. Nest it less deeply."),
        origin.SourceName);
}
