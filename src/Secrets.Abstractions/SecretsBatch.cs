using System.Diagnostics;
using System.Runtime.Serialization;
using System.Text.Json.Serialization;
using Secrets.Redaction;

namespace Secrets;

/// <summary>What one load of one source gave. It is never changed afterwards, so a source may return the same one again.</summary>
public sealed class SecretsBatch
{
    /// <summary>Creates a batch.</summary>
    /// <param name="entries">What was found. A secret that exists and could not be read is an entry too, of kind <see cref="SecretKind.Unreadable"/>.</param>
    /// <exception cref="ArgumentException">An entry is <see langword="null"/>.</exception>
    public SecretsBatch(IEnumerable<SecretEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        Entries = WithoutNull(entries, nameof(entries));
    }

    /// <summary>Gets the batch of a store that exists and is empty.</summary>
    public static SecretsBatch Empty { get; } = new([]);

    /// <summary>Gets what was found, in the store's order.</summary>
    public IReadOnlyList<SecretEntry> Entries { get; }

    /// <summary>
    /// Gets what this batch refines, where a source reads several stores of its kind, as a project's file and a global one:
    /// the chain's rules of precedence hold between the two, this one being the higher. <see langword="null"/> where it refines nothing.
    /// Of the lower batch only the entries and what it refines in turn count.
    /// </summary>
    public SecretsBatch? Lower { get; init; }

    /// <summary>Gets the places where the source looked, in its own notation; a failed lookup of a secret lists them, each on one line.</summary>
    /// <exception cref="ArgumentException">The list, or an element of it, is <see langword="null"/>.</exception>
    public IReadOnlyList<string> Places
    {
        get;
        init => field = OnOneLine(value, nameof(Places));
    } = [];

    /// <summary>
    /// Gets a value indicating whether the store does not exist at all: no file at any of <see cref="Places"/>.
    /// That is absence, not failure, until a secret is read that nothing else supplies.
    /// </summary>
    public bool IsMissing { get; init; }

    /// <summary>Gets the texts of mistakes that did not keep the source from loading. They never hold a value.</summary>
    /// <exception cref="ArgumentException">The list, or an element of it, is <see langword="null"/>.</exception>
    public IReadOnlyList<string> Warnings
    {
        get;
        init => field = OnOneLine(value, nameof(Warnings));
    } = [];

    /// <summary>Gets when the source should be read again, where the store says so; <see langword="null"/> where it does not. Less than a second counts as one.</summary>
    public TimeSpan? RefreshAfter { get; init; }

    /// <summary>
    /// Gets the source's own state that goes with this batch. Sources keep none in fields, so that one can serve several stores. Where it is
    /// <see cref="IAsyncDisposable"/>, that of the last batch is disposed with the store: the place to give up a login or a lease, within a limit of time.
    /// </summary>
    [JsonIgnore]
    [IgnoreDataMember]
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public object? State { get; init; }

    private static List<string> OnOneLine(IEnumerable<string> texts, string name) => WithoutNull(texts, name).ConvertAll(PrintableText.Of);

    // Copied as well, since a batch never changes.
    private static List<T> WithoutNull<T>(IEnumerable<T> values, string name)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(values, name);
        var copy = new List<T>(values);
        foreach (T? value in copy)
        {
            if (value is null)
            {
                throw new ArgumentException("An element is null.", name);
            }
        }

        return copy;
    }
}
