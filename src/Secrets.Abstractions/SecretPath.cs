using System.Diagnostics.CodeAnalysis;
using Secrets.Keys;

namespace Secrets;

/// <summary>
/// Where a secret lives: a list of segments. As text it is a TOML dotted key (TOML 1.1, "Keys"): <c>database.password</c>, <c>"odd.key".x</c>.
/// </summary>
public sealed class SecretPath : IEquatable<SecretPath>, IParsable<SecretPath>
{
    private readonly string[] _segments;

    /// <summary>Creates a path of the given segments; no segments give <see cref="Root"/>.</summary>
    /// <param name="segments">The segments, as they are: nothing in them is parsed.</param>
    /// <exception cref="ArgumentException">A segment is <see langword="null"/>, or there is no list of them.</exception>
    public SecretPath(params IEnumerable<string> segments)
        : this([.. segments ?? throw new ArgumentNullException(nameof(segments))])
    {
        if (Array.IndexOf(_segments, null) >= 0)
        {
            throw new ArgumentException("A segment of a path is null.", nameof(segments));
        }
    }

    private SecretPath(string[] segments) => _segments = segments;

    /// <summary>Gets the path without segments: the whole view.</summary>
    public static SecretPath Root { get; } = new([]);

    /// <summary>Gets the segments, outermost first.</summary>
    public IReadOnlyList<string> Segments => _segments;

    /// <summary>Compares two paths by the exact spelling of their segments.</summary>
    /// <param name="left">A path.</param>
    /// <param name="right">Another path.</param>
    /// <returns><see langword="true"/> where both have the same segments.</returns>
    public static bool operator ==(SecretPath? left, SecretPath? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Compares two paths by the exact spelling of their segments.</summary>
    /// <param name="left">A path.</param>
    /// <param name="right">Another path.</param>
    /// <returns><see langword="true"/> where a segment differs.</returns>
    public static bool operator !=(SecretPath? left, SecretPath? right) => !(left == right);

    /// <summary>Reads a path from its text, as in <c>database.password</c> or <c>"odd.key".x</c>.</summary>
    /// <param name="text">A TOML dotted key.</param>
    /// <returns>The path.</returns>
    /// <exception cref="ArgumentException"><paramref name="text"/> is not a dotted key; the message names the character's position.</exception>
    public static SecretPath Parse(string text) => Parse(text, nameof(text));

    /// <summary>Reads a path from its text, for a method that takes it as an argument: the exception then names that argument.</summary>
    /// <param name="text">A TOML dotted key.</param>
    /// <param name="argument">The name of the caller's parameter.</param>
    /// <returns>The path.</returns>
    /// <exception cref="ArgumentException"><paramref name="text"/> is not a dotted key; the message names the character's position.</exception>
    public static SecretPath Parse(string text, string argument)
    {
        ArgumentNullException.ThrowIfNull(text, argument);
        return PathText.Split(text, out string problem) is { } segments
            ? new SecretPath(segments)
            : throw new ArgumentException("This is not a path: " + problem + ".", argument);
    }

    /// <inheritdoc cref="Parse(string)"/>
    /// <param name="s">A TOML dotted key.</param>
    /// <param name="provider">Not used: the text of a path is the same in every culture.</param>
    static SecretPath IParsable<SecretPath>.Parse(string s, IFormatProvider? provider) => Parse(s);

    /// <summary>Reads a path from its text.</summary>
    /// <param name="s">A TOML dotted key.</param>
    /// <param name="provider">Not used: the text of a path is the same in every culture.</param>
    /// <param name="result">The path, where the text is one.</param>
    /// <returns><see langword="true"/> where <paramref name="s"/> is a dotted key.</returns>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out SecretPath result)
    {
        string[]? segments = s is null ? null : PathText.Split(s, out _);
        result = segments is null ? null : new SecretPath(segments);
        return result is not null;
    }

    /// <summary>Gives the path of a key below this one.</summary>
    /// <param name="segment">The key, as it is: nothing in it is parsed.</param>
    /// <returns>The longer path.</returns>
    public SecretPath Append(string segment)
    {
        ArgumentNullException.ThrowIfNull(segment);
        return new SecretPath([.. _segments, segment]);
    }

    /// <summary>Appends another path to this one.</summary>
    /// <param name="path">What follows.</param>
    /// <returns>The longer path.</returns>
    public SecretPath Append(SecretPath path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return _segments.Length == 0 ? path : new SecretPath([.. _segments, .. path._segments]);
    }

    /// <summary>Gives a comparer of paths by a chain's key comparison, as for a set of paths. <see cref="Equals(SecretPath)"/> compares exact spellings.</summary>
    /// <param name="comparison">When two keys are one.</param>
    /// <returns>The comparer.</returns>
    public static IEqualityComparer<SecretPath> Comparer(KeyComparison comparison) =>
        PathComparer.For(comparison);

    /// <summary>Says whether this path is another one or lies below it, in the same spelling.</summary>
    /// <param name="prefix">The other path; every path begins with <see cref="Root"/>.</param>
    /// <returns><see langword="true"/> where the first segments are those of <paramref name="prefix"/>.</returns>
    public bool StartsWith(SecretPath prefix) => StartsWith(prefix, KeyComparison.Ordinal);

    /// <summary>Says whether this path is another one or lies below it.</summary>
    /// <param name="prefix">The other path; every path begins with <see cref="Root"/>.</param>
    /// <param name="comparison">When two keys are one.</param>
    /// <returns><see langword="true"/> where the first segments are those of <paramref name="prefix"/>.</returns>
    public bool StartsWith(SecretPath prefix, KeyComparison comparison)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        return PathComparer.For(comparison).StartsWith(this, prefix);
    }

    /// <summary>Compares by the exact spelling of the segments, as <c>==</c> and <see cref="StartsWith(SecretPath)"/> do.</summary>
    /// <param name="other">Another path.</param>
    /// <returns><see langword="true"/> where both have the same segments.</returns>
    public bool Equals(SecretPath? other) => other is not null && _segments.AsSpan().SequenceEqual(other._segments);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SecretPath);

    /// <inheritdoc/>
    public override int GetHashCode() => PathComparer.Ordinal.GetHashCode(this);

    /// <summary>Gives the path as a TOML dotted key; segments that are not bare keys stand in quotes.</summary>
    /// <returns>The text, which <see cref="Parse(string)"/> reads back.</returns>
    public override string ToString() => PathText.Format(_segments);
}
