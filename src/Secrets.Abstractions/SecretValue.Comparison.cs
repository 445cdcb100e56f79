using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Secrets;

/// <content>How values compare: by what they hold, in fixed time, and as objects by reference.</content>
public sealed partial class SecretValue
{
    /// <summary>Compares a leaf's text with a string, in a time that depends on their lengths alone.</summary>
    /// <param name="value">The value; one without text equals no string.</param>
    /// <param name="text">The text.</param>
    /// <returns><see langword="true"/> where they are the same, or both are <see langword="null"/>.</returns>
    /// <exception cref="SecretsSourceException">The value is unreadable, with its code.</exception>
    public static bool operator ==(SecretValue? value, string? text) => value is null ? text is null : text is not null && value.TextEquals(text);

    /// <summary>Compares a leaf's text with a string, in a time that depends on their lengths alone.</summary>
    /// <param name="value">The value; one without text equals no string.</param>
    /// <param name="text">The text.</param>
    /// <returns><see langword="true"/> where they differ.</returns>
    /// <exception cref="SecretsSourceException">The value is unreadable, with its code.</exception>
    public static bool operator !=(SecretValue? value, string? text) => !(value == text);

    /// <summary>Compares a leaf's text with a string, in a time that depends on their lengths alone.</summary>
    /// <param name="text">The text.</param>
    /// <param name="value">The value; one without text equals no string.</param>
    /// <returns><see langword="true"/> where they are the same, or both are <see langword="null"/>.</returns>
    /// <exception cref="SecretsSourceException">The value is unreadable, with its code.</exception>
    public static bool operator ==(string? text, SecretValue? value) => value == text;

    /// <summary>Compares a leaf's text with a string, in a time that depends on their lengths alone.</summary>
    /// <param name="text">The text.</param>
    /// <param name="value">The value; one without text equals no string.</param>
    /// <returns><see langword="true"/> where they differ.</returns>
    /// <exception cref="SecretsSourceException">The value is unreadable, with its code.</exception>
    public static bool operator !=(string? text, SecretValue? value) => !(value == text);

    /// <summary>Compares two values: the text of two leaves, or the bytes of two binary ones, in a time that depends on their lengths alone.</summary>
    /// <param name="left">A value.</param>
    /// <param name="right">Another value.</param>
    /// <returns><see langword="true"/> where both hold the same, wherever they came from; an array or a section equals itself alone.</returns>
    /// <exception cref="SecretsSourceException">A value is unreadable, with its code.</exception>
    [OverloadResolutionPriority(1)]
    public static bool operator ==(SecretValue? left, SecretValue? right) => left is null || right is null ? left is null && right is null : left.ContentEquals(right);

    /// <summary>Compares two values: the text of two leaves, or the bytes of two binary ones, in a time that depends on their lengths alone.</summary>
    /// <param name="left">A value.</param>
    /// <param name="right">Another value.</param>
    /// <returns><see langword="false"/> where both hold the same, wherever they came from; an array or a section equals itself alone.</returns>
    /// <exception cref="SecretsSourceException">A value is unreadable, with its code.</exception>
    [OverloadResolutionPriority(1)]
    public static bool operator !=(SecretValue? left, SecretValue? right) => !(left == right);

    /// <summary>Compares by reference; <c>==</c> compares what two values hold.</summary>
    /// <param name="obj">Another object.</param>
    /// <returns><see langword="true"/> for the same object.</returns>
    public override bool Equals(object? obj) => ReferenceEquals(this, obj);

    /// <inheritdoc/>
    public override int GetHashCode() => base.GetHashCode();

    /// <summary>True where both hold the same, wherever it came from.</summary>
    internal bool HasSameContent(SecretValue other) => Kind == other.Kind && (_content, other._content) switch
    {
        (string own, string theirs) => string.Equals(own, theirs, StringComparison.Ordinal),
        (byte[] own, byte[] theirs) => own.AsSpan().SequenceEqual(theirs),
        (SecretValue[] own, SecretValue[] theirs) => own.Length == theirs.Length && own.Zip(theirs).All(pair => pair.First.HasSameContent(pair.Second)),
        (SecretsSourceException own, SecretsSourceException theirs) => own.Code == theirs.Code && string.Equals(own.Message, theirs.Message, StringComparison.Ordinal),
        _ => HaveSameEntries(Entries ?? Node?.EntryList, other.Entries ?? other.Node?.EntryList),
    };

    private bool TextEquals(string text)
    {
        OnRead();
        return _content is string own && CryptographicOperations.FixedTimeEquals(
            MemoryMarshal.AsBytes(own.AsSpan()),
            MemoryMarshal.AsBytes(text.AsSpan()));
    }

    private bool ContentEquals(SecretValue other)
    {
        OnRead();
        other.OnRead();
        return (_content, other._content) switch
        {
            (string own, string theirs) => CryptographicOperations.FixedTimeEquals(MemoryMarshal.AsBytes(own.AsSpan()), MemoryMarshal.AsBytes(theirs.AsSpan())),
            (byte[] own, byte[] theirs) => CryptographicOperations.FixedTimeEquals(own, theirs),
            _ => ReferenceEquals(this, other),
        };
    }

    private static bool HaveSameEntries(KeyValuePair<string, SecretValue>[]? own, KeyValuePair<string, SecretValue>[]? theirs) =>
        own is not null
        && own.Length == theirs?.Length
        && own.Zip(theirs).All(pair => string.Equals(pair.First.Key, pair.Second.Key, StringComparison.Ordinal) && pair.First.Value.HasSameContent(pair.Second.Value));
}
