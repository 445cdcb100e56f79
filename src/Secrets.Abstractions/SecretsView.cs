using System.Collections;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Dynamic;
using System.Linq.Expressions;
using System.Text.Json.Serialization;
using Secrets.Binding;
using Secrets.Conversion;
using Secrets.Dynamic;
using Secrets.Merging;
using Secrets.Redaction;

namespace Secrets;

/// <summary>
/// A read-only view of one section, as a dictionary and, through <c>dynamic</c>, by attribute: <c>s.database.password</c>.
/// A secret beats a real member of the same name in an attribute; a call always means the method. Every write is refused.
/// </summary>
[DebuggerTypeProxy(typeof(SecretsViewDebugView))]
[DebuggerDisplay("SecretsView, {Count} keys")]
[JsonConverter(typeof(SecretsViewJsonConverter))]
public class SecretsView : IReadOnlyDictionary<string, SecretValue>, IDynamicMetaObjectProvider
{
    private readonly SectionNode? _node;

    internal SecretsView(SectionNode node) => _node = node;

    private protected SecretsView()
    {
    }

    /// <summary>Gets the keys, in the order of the sources; environment variables that merely answer are not among them.</summary>
    public IEnumerable<string> Keys => Node.EntryList.Select(e => e.Key);

    /// <summary>Gets the values, in the order of <see cref="Keys"/>.</summary>
    public IEnumerable<SecretValue> Values => Node.EntryList.Select(e => e.Value);

    /// <summary>Gets the number of keys.</summary>
    public int Count => Node.Entries.Length;

    /// <summary>Gets the table that is read. Members which read several keys take it once, so that what they read belongs together.</summary>
    internal virtual SectionNode Node => _node!;

    /// <summary>Gets a value: the exact key; failing that, an equal one (<see cref="KeyComparison"/>); failing that, the dotted path.</summary>
    /// <param name="key">The key or the path.</param>
    /// <returns>The value, which shows itself masked.</returns>
    /// <exception cref="SecretNotFoundException">There is none: <see cref="SecretsErrorCode.NotFound"/>.</exception>
    /// <exception cref="SecretsFileNotFoundException">The same, where files are the only source and there is none: <see cref="SecretsErrorCode.NotFound"/>.</exception>
    public SecretValue this[string key] => Node.GetByKey(key);

    /// <summary>Looks for a value: the exact key; failing that, an equal one; failing that, the dotted path. It never throws for absence.</summary>
    /// <param name="key">The key or the path.</param>
    /// <param name="value">The value; one that could not be read is given too, and throws when it is revealed.</param>
    /// <returns><see langword="true"/> where there is one.</returns>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out SecretValue value)
    {
        value = Node.FindByKey(key);
        return value is not null;
    }

    /// <summary>Tells whether there is a value: the exact key, an equal one, or the dotted path.</summary>
    /// <param name="key">The key or the path.</param>
    /// <returns><see langword="true"/> where there is one, readable or not.</returns>
    public bool ContainsKey(string key) => Node.FindByKey(key) is not null;

    /// <summary>Gives the view of a section, frozen: all that is read through it belongs together.</summary>
    /// <param name="path">The section's path.</param>
    /// <returns>The view.</returns>
    /// <exception cref="ArgumentException">The text is not a path.</exception>
    /// <exception cref="SecretNotFoundException">There is nothing: <see cref="SecretsErrorCode.NotFound"/>.</exception>
    /// <exception cref="SecretsFileNotFoundException">The same, where files are the only source and there is none: <see cref="SecretsErrorCode.NotFound"/>.</exception>
    /// <exception cref="SecretsFormatException">It is not a section: <see cref="SecretsErrorCode.InvalidFormat"/>.</exception>
    /// <exception cref="SecretsSourceException">It is unreadable, with its code.</exception>
    public SecretsView Section(string path) => Node.GetByPath(path, SoughtKind.Section).AsSection();

    /// <summary>Reveals a leaf.</summary>
    /// <param name="path">The leaf's path.</param>
    /// <returns>The secret, in plain text, as <see cref="SecretValue.Reveal"/> gives it.</returns>
    /// <exception cref="ArgumentException">The text is not a path.</exception>
    /// <exception cref="SecretNotFoundException">There is none: <see cref="SecretsErrorCode.NotFound"/>.</exception>
    /// <exception cref="SecretsFileNotFoundException">The same, where files are the only source and there is none: <see cref="SecretsErrorCode.NotFound"/>.</exception>
    /// <exception cref="SecretsFormatException">It has no text: <see cref="SecretsErrorCode.InvalidFormat"/>.</exception>
    /// <exception cref="SecretsSourceException">It is unreadable, with its code.</exception>
    public string GetString(string path) => Node.GetLeaf(path).Reveal();

    /// <summary>Reveals a leaf, or gives a fallback where there is none.</summary>
    /// <param name="path">The leaf's path.</param>
    /// <param name="fallback">What absence gives.</param>
    /// <returns>The secret, or the fallback.</returns>
    /// <exception cref="ArgumentException">The text is not a path.</exception>
    /// <exception cref="SecretsFormatException">It has no text: <see cref="SecretsErrorCode.InvalidFormat"/>.</exception>
    /// <exception cref="SecretsSourceException">It is unreadable, with its code: a fallback is for absence, never for failure.</exception>
    [return: NotNullIfNotNull(nameof(fallback))]
    public string? GetString(string path, string? fallback) => Node.FindLeaf(path) is { } value ? value.Reveal() : fallback;

    /// <summary>Reads a leaf as a typed value, in the invariant culture. It needs no reflection, and so works in a trimmed program.</summary>
    /// <typeparam name="T">The type, as <see cref="SecretValue.As{T}"/> reads it.</typeparam>
    /// <param name="path">The leaf's path.</param>
    /// <returns>The value.</returns>
    /// <exception cref="ArgumentException">The text is not a path.</exception>
    /// <exception cref="SecretNotFoundException">There is none: <see cref="SecretsErrorCode.NotFound"/>.</exception>
    /// <exception cref="SecretsFileNotFoundException">The same, where files are the only source and there is none: <see cref="SecretsErrorCode.NotFound"/>.</exception>
    /// <exception cref="SecretsFormatException">It cannot be read as <typeparamref name="T"/>: <see cref="SecretsErrorCode.InvalidFormat"/>.</exception>
    /// <exception cref="SecretsSourceException">It is unreadable, with its code.</exception>
    public T GetValue<T>(string path)
        where T : IParsable<T> =>
        Node.GetLeaf(path).As<T>();

    /// <summary>Reads a leaf as a typed value, or gives a fallback where there is none. It needs no reflection, and so works in a trimmed program.</summary>
    /// <typeparam name="T">The type, as <see cref="SecretValue.As{T}"/> reads it.</typeparam>
    /// <param name="path">The leaf's path.</param>
    /// <param name="fallback">What absence gives.</param>
    /// <returns>The value, or the fallback.</returns>
    /// <exception cref="ArgumentException">The text is not a path.</exception>
    /// <exception cref="SecretsFormatException">It is there and cannot be read as <typeparamref name="T"/>: <see cref="SecretsErrorCode.InvalidFormat"/>.</exception>
    /// <exception cref="SecretsSourceException">It is unreadable, with its code: a fallback is for absence, never for failure.</exception>
    [return: NotNullIfNotNull(nameof(fallback))]
    public T? GetValue<T>(string path, T? fallback)
        where T : IParsable<T> =>
        Node.FindLeaf(path) is { } value ? value.As<T>() : fallback;

    /// <summary>
    /// Reads a leaf as a typed value, or a section as an object: its constructor's parameters, properties and fields by name, in snake_case or as
    /// <see cref="SecretNameAttribute"/> says. Members with a default or a nullable type are optional.
    /// </summary>
    /// <typeparam name="T">
    /// A simple type, an enum, a list, a dictionary, or a record, class or struct of such. Members of type <see cref="SecretValue"/> stay masked.
    /// Every public member that stores a value must be settable, or hold a list, a dictionary or an object to fill.
    /// </typeparam>
    /// <param name="path">The path.</param>
    /// <returns>The object.</returns>
    /// <exception cref="ArgumentException">The text is not a path.</exception>
    /// <exception cref="SecretNotFoundException">The section or a member is absent, and nothing else is wrong; every missing path is named: <see cref="SecretsErrorCode.NotFound"/>.</exception>
    /// <exception cref="SecretsFileNotFoundException">The same, where files are the only source and there is none: <see cref="SecretsErrorCode.NotFound"/>.</exception>
    /// <exception cref="SecretsFormatException">A value has the wrong type; every problem is named: <see cref="SecretsErrorCode.InvalidFormat"/>.</exception>
    /// <exception cref="SecretsSourceException">
    /// A value is unreadable, with its code, or <typeparamref name="T"/> cannot be bound, with the members that are the reason: <see cref="SecretsErrorCode.InvalidConfiguration"/>.
    /// </exception>
    [RequiresUnreferencedCode(Trimming.Note)]
    [RequiresDynamicCode(Trimming.Note)]
    public T Get<T>(string path) => (T)Binder.Bind(typeof(T), Node, SecretPath.Parse(path, nameof(path)))!;

    /// <summary>Reads this whole view as an object.</summary>
    /// <typeparam name="T">A record, class, struct or dictionary, as <see cref="Get{T}(string)"/> reads it.</typeparam>
    /// <returns>The object.</returns>
    /// <exception cref="SecretNotFoundException">A member is absent, and nothing else is wrong; every missing path is named: <see cref="SecretsErrorCode.NotFound"/>.</exception>
    /// <exception cref="SecretsFileNotFoundException">The same, where files are the only source and there is none: <see cref="SecretsErrorCode.NotFound"/>.</exception>
    /// <exception cref="SecretsFormatException">A value has the wrong type; every problem is named: <see cref="SecretsErrorCode.InvalidFormat"/>.</exception>
    /// <exception cref="SecretsSourceException">
    /// A value is unreadable, with its code, or <typeparamref name="T"/> cannot be bound, with the members that are the reason: <see cref="SecretsErrorCode.InvalidConfiguration"/>.
    /// </exception>
    [RequiresUnreferencedCode(Trimming.Note)]
    [RequiresDynamicCode(Trimming.Note)]
    public T Get<T>() => (T)Binder.Bind(typeof(T), Node, SecretPath.Root)!;

    /// <summary>Reads as <see cref="Get{T}(string)"/> does, or gives a fallback where there is nothing at the path.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="path">The path.</param>
    /// <param name="fallback">What absence gives. A section that is there and lacks a member is not absent.</param>
    /// <returns>The object, or the fallback.</returns>
    /// <exception cref="ArgumentException">The text is not a path.</exception>
    /// <exception cref="SecretNotFoundException">The section is there and lacks a member: <see cref="SecretsErrorCode.NotFound"/>.</exception>
    /// <exception cref="SecretsFormatException">A value has the wrong type; every problem is named: <see cref="SecretsErrorCode.InvalidFormat"/>.</exception>
    /// <exception cref="SecretsSourceException">
    /// A value is unreadable, with its code (a fallback is for absence, never for failure), or <typeparamref name="T"/> cannot be bound: <see cref="SecretsErrorCode.InvalidConfiguration"/>.
    /// </exception>
    [RequiresUnreferencedCode(Trimming.Note)]
    [RequiresDynamicCode(Trimming.Note)]
    public T Get<T>(string path, T fallback) => Binder.TryBind(typeof(T), Node, SecretPath.Parse(path, nameof(path)), out object? bound) ? (T)bound! : fallback;

    /// <summary>
    /// Fills an object that exists: its properties and fields by name, as <see cref="Get{T}(string)"/> does, or the entries of a list or dictionary.
    /// A member for which there is no secret keeps its value. The object is not changed if anything is wrong with the secrets.
    /// </summary>
    /// <param name="path">The path of the section, or of the array that fills a list.</param>
    /// <param name="instance">The object, of a class.</param>
    /// <exception cref="ArgumentException">The text is not a path, or the object cannot be filled, as a number, a text, an array or a struct cannot.</exception>
    /// <exception cref="SecretNotFoundException">
    /// There is nothing at the path, or a member whose type does not allow null would stay null: <see cref="SecretsErrorCode.NotFound"/>.
    /// </exception>
    /// <exception cref="SecretsFileNotFoundException">The same, where files are the only source and there is none: <see cref="SecretsErrorCode.NotFound"/>.</exception>
    /// <exception cref="SecretsFormatException">A value has the wrong type; every problem is named: <see cref="SecretsErrorCode.InvalidFormat"/>.</exception>
    /// <exception cref="SecretsSourceException">
    /// A value is unreadable, with its code, or is there for a member that cannot be set: <see cref="SecretsErrorCode.InvalidConfiguration"/>.
    /// </exception>
    [RequiresUnreferencedCode(Trimming.Note)]
    [RequiresDynamicCode(Trimming.Note)]
    public void Bind(string path, object instance) => Binder.Fill(instance, Node, SecretPath.Parse(path, nameof(path)));

    /// <summary>Calls a method with this section's values as its arguments, by parameter name. What the method throws is passed on as it is.</summary>
    /// <typeparam name="T">The type of the result.</typeparam>
    /// <param name="method">The method. Parameters with a default, a nullable type or <c>params</c> are optional.</param>
    /// <returns>The method's result.</returns>
    /// <exception cref="ArgumentException">The method returns nothing or another type, or the delegate does not say on which object it calls the method.</exception>
    /// <exception cref="SecretNotFoundException">Nothing but absence is wrong; every missing path is named: <see cref="SecretsErrorCode.NotFound"/>.</exception>
    /// <exception cref="SecretsFileNotFoundException">The same, where files are the only source and there is none: <see cref="SecretsErrorCode.NotFound"/>.</exception>
    /// <exception cref="SecretsFormatException">A value has the wrong type; every problem is named: <see cref="SecretsErrorCode.InvalidFormat"/>.</exception>
    /// <exception cref="SecretsSourceException">A value is unreadable, with its code, or no secret can be a parameter: <see cref="SecretsErrorCode.InvalidConfiguration"/>.</exception>
    [RequiresUnreferencedCode(Trimming.Note)]
    [RequiresDynamicCode(Trimming.Note)]
    public T Invoke<T>(Delegate method) => (T)MethodCall.Invoke(method, Node, typeof(T))!;

    /// <summary>Calls a method with this section's values as its arguments, by parameter name. What the method throws is passed on as it is.</summary>
    /// <param name="method">The method. Parameters with a default, a nullable type or <c>params</c> are optional.</param>
    /// <exception cref="ArgumentException">The delegate does not say on which object it calls the method.</exception>
    /// <exception cref="SecretNotFoundException">Nothing but absence is wrong; every missing path is named: <see cref="SecretsErrorCode.NotFound"/>.</exception>
    /// <exception cref="SecretsFileNotFoundException">The same, where files are the only source and there is none: <see cref="SecretsErrorCode.NotFound"/>.</exception>
    /// <exception cref="SecretsFormatException">A value has the wrong type; every problem is named: <see cref="SecretsErrorCode.InvalidFormat"/>.</exception>
    /// <exception cref="SecretsSourceException">A value is unreadable, with its code, or no secret can be a parameter: <see cref="SecretsErrorCode.InvalidConfiguration"/>.</exception>
    [RequiresUnreferencedCode(Trimming.Note)]
    [RequiresDynamicCode(Trimming.Note)]
    public void Invoke(Delegate method) => MethodCall.Invoke(method, Node, result: null);

    /// <summary>Says who supplied a secret, who was shadowed, and who was not asked; never a value.</summary>
    /// <param name="path">The path.</param>
    /// <returns>The explanation; its text is for people.</returns>
    /// <exception cref="ArgumentException">The text is not a path.</exception>
    public SecretExplanation Explain(string path) => SecretExplanation.Of(Node, SecretPath.Parse(path, nameof(path)), path);

    /// <summary>
    /// The deliberate exit: a deep copy in plain values, usable as a dictionary and through <c>dynamic</c>. Text is <see cref="string"/>, integers are
    /// <see cref="long"/>, floats <see cref="double"/>, dates <see cref="DateTimeOffset"/>, <see cref="DateTime"/>, <see cref="DateOnly"/>,
    /// <see cref="TimeOnly"/> (their text where the type cannot hold it), arrays lists, sections dictionaries.
    /// </summary>
    /// <returns>The copy; what happens to it is the caller's responsibility.</returns>
    /// <exception cref="SecretsSourceException">A value is unreadable, with its code.</exception>
    public IDictionary<string, object?> RevealAll() => RevealedSection.Of(Node);

    /// <summary>
    /// Gives a table of what this view holds: the full path, the kind and the origin of each secret, and never a value. What cannot be read is shown too;
    /// environment variables that merely answer are not.
    /// </summary>
    /// <returns>The table, for people.</returns>
    public string Describe() => SecretsTable.Of(Node);

    /// <summary>Gives what <see cref="Describe"/> gives.</summary>
    /// <returns>The table.</returns>
    public override string ToString() => Describe();

    /// <summary>Gives the entries in the order of <see cref="Keys"/>.</summary>
    /// <returns>The entries.</returns>
    public IEnumerator<KeyValuePair<string, SecretValue>> GetEnumerator() => Node.EntryList.AsEnumerable().GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    DynamicMetaObject IDynamicMetaObjectProvider.GetMetaObject(Expression parameter) => new SecretsViewMetaObject(parameter, this);
}
