using System.ComponentModel;
using System.Diagnostics;
using System.Dynamic;
using System.Globalization;
using System.Linq.Expressions;
using System.Text;
using System.Text.Json.Serialization;
using Secrets.Conversion;
using Secrets.Dynamic;
using Secrets.Merging;
using Secrets.Redaction;

namespace Secrets;

/// <summary>
/// One secret: a leaf or a section, with its origin. Its text is always <c>***</c>;
/// <see cref="Reveal"/> and <see cref="As{T}"/> give the secret itself. It never changes.
/// </summary>
/// <remarks>
/// There is no implicit conversion to <see cref="string"/>: it would leak through <c>"a" + value</c>.
/// Through <c>dynamic</c>, assignment, cast and <c>foreach</c> convert.
/// </remarks>
[DebuggerDisplay("{DebuggerDisplay,nq}")]
[JsonConverter(typeof(SecretValueJsonConverter))]
[TypeConverter(typeof(SecretValueTypeConverter))]
public sealed partial class SecretValue : IDynamicMetaObjectProvider
{
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly object _content;

    private readonly string? _path;

    private readonly UndeclaredRead? _undeclaredRead;

    private readonly ReadMark? _mark;

    // How many levels of sections and arrays there are, this one included.
    private readonly int _depth;

    private SecretValue(
        SecretKind kind,
        object content,
        SecretOrigin origin,
        int depth = 0,
        string? path = null,
        UndeclaredRead? undeclaredRead = null,
        ReadMark? mark = null,
        SectionNode? below = null)
    {
        Kind = kind;
        _depth = depth;
        _content = content;
        Origin = origin;
        _path = path;
        _undeclaredRead = undeclaredRead;
        _mark = mark;
        Below = below;
    }

    /// <summary>Gets what the value is.</summary>
    public SecretKind Kind { get; }

    /// <summary>Gets where the value came from; of a section, where its winner begins.</summary>
    public SecretOrigin Origin { get; }

    /// <summary>Gets what messages call this value.</summary>
    internal string DisplayPath => _path ?? "a secret at " + Origin.Location;

    /// <summary>Gets a leaf's text without counting as a read by the program.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    internal string? Text => _content as string;

    /// <summary>Gets the section's table.</summary>
    internal SectionNode? Node => _content as SectionNode;

    /// <summary>Gets what lookups answer below this leaf, as <c>TOKEN_URL</c> does below <c>TOKEN</c>; <see langword="null"/> where they do not.</summary>
    internal SectionNode? Below { get; }

    /// <summary>Gets the elements of an array.</summary>
    internal SecretValue[]? Elements => _content as SecretValue[];

    /// <summary>Gets the entries of a section that is not yet part of a view.</summary>
    internal KeyValuePair<string, SecretValue>[]? Entries => _content as KeyValuePair<string, SecretValue>[];

    /// <summary>Gets a value indicating whether the program has read this leaf, in this snapshot or another; sections are not read.</summary>
    internal bool WasRead => _mark is null or { WasRead: true };

    /// <summary>Gets a value indicating whether a read gives something, instead of throwing for a failure or for a path that was not declared.</summary>
    internal bool CanBeRead => Kind != SecretKind.Unreadable && _undeclaredRead is not { IsRefused: true };

    /// <summary>Gets the failure of an unreadable secret.</summary>
    internal SecretsSourceException? Failure => _content as SecretsSourceException;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private string DebuggerDisplay => Kind == SecretKind.Section ? "Section" : $"{Kind} {Redactor.Mask}";

    /// <summary>Reveals a leaf: the same as <see cref="Reveal"/>.</summary>
    /// <param name="value">The leaf.</param>
    /// <returns>The secret, in plain text, as <see cref="Reveal"/> gives it.</returns>
    /// <exception cref="SecretsFormatException">It has no text: <see cref="SecretsErrorCode.InvalidFormat"/>.</exception>
    /// <exception cref="SecretsSourceException">It is unreadable, with its code.</exception>
    public static explicit operator string(SecretValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.Reveal();
    }

    /// <summary>Reveals a leaf's text: of a string the string, of a number, a boolean or a date its text as <see cref="SecretKind"/> describes it.</summary>
    /// <returns>The secret, in plain text.</returns>
    /// <exception cref="SecretsFormatException">An array, a section and bytes have no text: <see cref="SecretsErrorCode.InvalidFormat"/>.</exception>
    /// <exception cref="SecretsSourceException">The secret is unreadable, with its code.</exception>
    public string Reveal()
    {
        OnRead();
        return _content as string ?? throw NoText();
    }

    /// <summary>Reveals a binary leaf, or the UTF-8 bytes of a leaf's text.</summary>
    /// <returns>A copy.</returns>
    /// <exception cref="SecretsFormatException">It is an array or a section: <see cref="SecretsErrorCode.InvalidFormat"/>.</exception>
    /// <exception cref="SecretsSourceException">The secret is unreadable, with its code.</exception>
    public byte[] RevealBytes()
    {
        OnRead();
        return _content switch
        {
            byte[] bytes => [.. bytes],
            string text => Encoding.UTF8.GetBytes(text),
            _ => throw NoText(),
        };
    }

    /// <summary>Reveals a leaf as a typed value, in the invariant culture. It needs no reflection.</summary>
    /// <typeparam name="T">
    /// The type, as in <see cref="int"/>, <see cref="decimal"/>, <see cref="bool"/>, <see cref="Guid"/> or <see cref="DateTimeOffset"/>.
    /// A <see cref="bool"/> is <c>true</c>, <c>yes</c>, <c>on</c> or <c>1</c>, or <c>false</c>, <c>no</c>, <c>off</c> or <c>0</c>, in any case.
    /// A <see cref="TimeSpan"/> is written with colons, as <c>00:00:30</c>; a number alone is refused, because nothing says its unit.
    /// A <see cref="DateTimeOffset"/> needs an offset in the text.
    /// </typeparam>
    /// <returns>The secret.</returns>
    /// <exception cref="SecretsFormatException">It cannot be read as <typeparamref name="T"/>: <see cref="SecretsErrorCode.InvalidFormat"/>.</exception>
    /// <exception cref="SecretsSourceException">The secret is unreadable, with its code.</exception>
    public T As<T>()
        where T : IParsable<T> =>
        TextConverter.TryParse<T>(Kind, Reveal(), out T? result) ? result : throw NotA(typeof(T));

    /// <summary>Gets a value below a section: the exact key; failing that, an equal one; failing that, the dotted path.</summary>
    /// <param name="key">The key or the path.</param>
    /// <returns>The value.</returns>
    /// <exception cref="SecretNotFoundException">There is none: <see cref="SecretsErrorCode.NotFound"/>.</exception>
    /// <exception cref="SecretsFormatException">This value is not a section: <see cref="SecretsErrorCode.InvalidFormat"/>.</exception>
    /// <exception cref="SecretsSourceException">This value is unreadable, with its code.</exception>
    public SecretValue this[string key] => RequireNode().GetByKey(key);

    /// <summary>Gets an element of an array.</summary>
    /// <param name="index">The position, counted from 0.</param>
    /// <returns>The element.</returns>
    /// <exception cref="SecretNotFoundException">The array has no such element: <see cref="SecretsErrorCode.NotFound"/>.</exception>
    /// <exception cref="SecretsFormatException">This value is not an array: <see cref="SecretsErrorCode.InvalidFormat"/>.</exception>
    /// <exception cref="SecretsSourceException">This value is unreadable, with its code.</exception>
    public SecretValue this[int index]
    {
        get
        {
            SecretValue[] elements = RequireElements();
            return (uint)index < (uint)elements.Length
                ? elements[index]
                : throw new SecretNotFoundException(
                    string.Create(CultureInfo.InvariantCulture, $"{DisplayPath} ({Origin}) has {elements.Length} elements, and none at position {index}."),
                    [string.Create(CultureInfo.InvariantCulture, $"{DisplayPath}.{index}")]);
        }
    }

    /// <summary>Gives the view of a section.</summary>
    /// <returns>A frozen view.</returns>
    /// <exception cref="SecretsFormatException">This value is not a section: <see cref="SecretsErrorCode.InvalidFormat"/>.</exception>
    /// <exception cref="SecretsSourceException">This value is unreadable, with its code.</exception>
    public SecretsView AsSection() => RequireNode().View;

    /// <summary>Gives the elements of an array.</summary>
    /// <returns>A list that cannot be changed.</returns>
    /// <exception cref="SecretsFormatException">This value is not an array: <see cref="SecretsErrorCode.InvalidFormat"/>.</exception>
    /// <exception cref="SecretsSourceException">This value is unreadable, with its code.</exception>
    public IReadOnlyList<SecretValue> AsList() => Array.AsReadOnly(RequireElements());

    /// <summary>Tells whether an array holds a text, or a section a key.</summary>
    /// <param name="text">The element's text, or the key.</param>
    /// <returns><see langword="true"/> where it does.</returns>
    /// <exception cref="SecretsFormatException">This value is neither an array nor a section: <see cref="SecretsErrorCode.InvalidFormat"/>.</exception>
    /// <exception cref="SecretsSourceException">This value is unreadable, with its code.</exception>
    public bool Contains(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (Kind == SecretKind.Section || Below is not null)
        {
            return RequireNode().FindByKey(text) is not null;
        }

        bool found = false;
        foreach (SecretValue element in RequireElements())
        {
            found |= element.TextEquals(text);
        }

        return found;
    }

    /// <summary>Gives the mask.</summary>
    /// <returns><c>***</c>.</returns>
    public override string ToString() => Redactor.Mask;

    /// <inheritdoc/>
    DynamicMetaObject IDynamicMetaObjectProvider.GetMetaObject(Expression parameter) => new SecretValueMetaObject(parameter, this);

    /// <summary>Gives the same value as a source of this name gives it.</summary>
    internal SecretValue As(string sourceName) =>
        Origin.As(sourceName) is var origin && ReferenceEquals(origin, Origin) ? this : new(Kind, _content, origin, _depth, _path, _undeclaredRead, _mark);

    /// <summary>Gives the same leaf with its place in a view.</summary>
    internal SecretValue At(
        string path, UndeclaredRead? undeclaredRead, SecretValue[]? elements = null, ReadMark? mark = null, SectionNode? below = null) =>
        new(Kind, elements ?? _content, Origin, _depth, path, undeclaredRead, mark, below);

    /// <summary>Gives a section's value with its table.</summary>
    internal static SecretValue Section(SectionNode node, SecretOrigin origin, string path)
    {
        int depth = 0;
        foreach ((_, SecretValue value) in node.Entries)
        {
            depth = Math.Max(depth, value._depth);
        }

        return new(SecretKind.Section, node, origin, depth + 1, path);
    }

    /// <summary>Gives the exception of an unreadable secret; a new one each time, since throwing writes to it.</summary>
    internal SecretsSourceException Unread() => new(Failure!, $"{DisplayPath} ({Origin}) cannot be read: {Failure!.Message}", Failure.SourceName ?? Origin.SourceName);

    internal SecretsFormatException NotA(string expected) => new(
        Origin.File is null
            ? $"{DisplayPath} ({Origin}) is {Redactor.Describe(this)} and cannot be read as {expected}.{(Origin.Note is { } note ? " " + note : "")}"
            : $"{DisplayPath} is {Redactor.Describe(this)} and cannot be read as {expected}.",
        Origin.File,
        Origin.Line,
        Origin.Column);

    internal SecretsFormatException NotA(Type type) => NotA(TextConverter.Describe(type));

    private void OnRead()
    {
        _mark?.OnRead();
        _undeclaredRead?.OnRead(this);
        if (Kind == SecretKind.Unreadable)
        {
            throw Unread();
        }
    }

    private SectionNode RequireNode()
    {
        if (_content is SectionNode node)
        {
            return node;
        }

        if (Below is not null)
        {
            return Below;
        }

        OnRead();
        return Entries is { } entries ? SectionNode.Standalone(entries, Origin) : throw NotA("a section");
    }

    private SecretValue[] RequireElements()
    {
        OnRead();
        return Elements ?? throw NotA("an array");
    }

    private SecretsFormatException NoText() => NotA(Kind == SecretKind.Bytes ? "text; RevealBytes gives it" : "text");
}
