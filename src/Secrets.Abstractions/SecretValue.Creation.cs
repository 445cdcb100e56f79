using Secrets.Keys;

namespace Secrets;

/// <content>How authors of sources create values.</content>
public sealed partial class SecretValue
{
    /// <summary>Creates a leaf of text; for authors of sources.</summary>
    /// <param name="text">The secret.</param>
    /// <param name="origin">Where it came from.</param>
    /// <returns>A value of kind <see cref="SecretKind.String"/>.</returns>
    public static SecretValue FromText(string text, SecretOrigin origin) => FromText(SecretKind.String, text, origin);

    /// <summary>Creates a leaf of a typed value's text; for authors of sources.</summary>
    /// <param name="kind">One of the kinds that have text: <see cref="SecretKind.String"/> to <see cref="SecretKind.LocalTime"/>.</param>
    /// <param name="text">The text as <see cref="SecretKind"/> describes it. It is not checked: reading a malformed one fails then.</param>
    /// <param name="origin">Where it came from.</param>
    /// <returns>A value of that kind.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The kind has no text.</exception>
    public static SecretValue FromText(SecretKind kind, string text, SecretOrigin origin)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(origin);
        ArgumentOutOfRangeException.ThrowIfNegative((int)kind, nameof(kind));
        ArgumentOutOfRangeException.ThrowIfGreaterThan((int)kind, (int)SecretKind.LocalTime, nameof(kind));
        return new SecretValue(kind, text, origin);
    }

    /// <summary>Creates a binary leaf; for authors of sources.</summary>
    /// <param name="bytes">The secret, which is copied.</param>
    /// <param name="origin">Where it came from.</param>
    /// <returns>A value of kind <see cref="SecretKind.Bytes"/>.</returns>
    public static SecretValue FromBytes(ReadOnlySpan<byte> bytes, SecretOrigin origin)
    {
        ArgumentNullException.ThrowIfNull(origin);
        return new SecretValue(SecretKind.Bytes, bytes.ToArray(), origin);
    }

    /// <summary>Creates an array; for authors of sources.</summary>
    /// <param name="elements">The elements.</param>
    /// <param name="origin">Where it came from.</param>
    /// <returns>A value of kind <see cref="SecretKind.Array"/>, which is one leaf as far as precedence is concerned.</returns>
    /// <exception cref="ArgumentException">An element is <see langword="null"/>.</exception>
    /// <exception cref="SecretsSourceException">Arrays and sections are nested deeper than 256 levels: <see cref="SecretsErrorCode.InvalidFormat"/>.</exception>
    public static SecretValue FromArray(IEnumerable<SecretValue> elements, SecretOrigin origin)
    {
        ArgumentNullException.ThrowIfNull(elements);
        ArgumentNullException.ThrowIfNull(origin);
        SecretValue[] content = [.. elements];
        int depth = 0;
        foreach (SecretValue? element in content)
        {
            depth = Math.Max(depth, element?._depth ?? throw new ArgumentException("An element of an array is null.", nameof(elements)));
        }

        return new SecretValue(SecretKind.Array, content, origin, Nested(depth, origin));
    }

    /// <summary>Creates a section; for authors of sources. It can be read once a store is built over its source.</summary>
    /// <param name="entries">The keys and what they hold. Two keys that are equal under the chain's comparison are found when the store is built.</param>
    /// <param name="origin">Where the section begins.</param>
    /// <returns>A value of kind <see cref="SecretKind.Section"/>.</returns>
    /// <exception cref="ArgumentException">A key or a value is <see langword="null"/>.</exception>
    /// <exception cref="SecretsSourceException">Sections and arrays are nested deeper than 256 levels: <see cref="SecretsErrorCode.InvalidFormat"/>.</exception>
    public static SecretValue FromSection(IEnumerable<KeyValuePair<string, SecretValue>> entries, SecretOrigin origin)
    {
        ArgumentNullException.ThrowIfNull(entries);
        ArgumentNullException.ThrowIfNull(origin);
        var content = entries is KeyValuePair<string, SecretValue>[] array ? (KeyValuePair<string, SecretValue>[])array.Clone() : ToArray(entries);
        int depth = 0;
        foreach ((string? key, SecretValue? value) in content)
        {
            depth = Math.Max(depth, key is null || value is null ? throw new ArgumentException("A key or a value of a section is null.", nameof(entries)) : value._depth);
        }

        return new SecretValue(SecretKind.Section, content, origin, Nested(depth, origin));
    }

    /// <summary>Creates a secret that exists and could not be read; for authors of sources. It blocks lower sources.</summary>
    /// <param name="failure">The code and the facts of the exception that a read throws.</param>
    /// <param name="origin">Where the secret lives.</param>
    /// <returns>A value of kind <see cref="SecretKind.Unreadable"/>.</returns>
    public static SecretValue Unreadable(SecretsSourceException failure, SecretOrigin origin)
    {
        ArgumentNullException.ThrowIfNull(failure);
        ArgumentNullException.ThrowIfNull(origin);
        return new SecretValue(SecretKind.Unreadable, failure, origin);
    }

    private static KeyValuePair<string, SecretValue>[] ToArray(IEnumerable<KeyValuePair<string, SecretValue>> entries) => [.. entries];

    private static int Nested(int depth, SecretOrigin origin) => depth < DepthLimit.MaxKeys ? depth + 1 : throw DepthLimit.TooDeep(origin);
}
