using Secrets.EnvironmentVariables;
using Secrets.InMemory;
using Secrets.Loading;

namespace Secrets;

/// <content>The sources of the chain.</content>
public sealed partial class SecretsBuilder
{
    /// <summary>
    /// Adds a source; the one that is added first wins, which is the reverse of <c>IConfiguration</c> (<see cref="WithPrecedence"/> turns it around).
    /// Sections unite, an array is one leaf, and absence falls through to the next source while a failure stops the build.
    /// </summary>
    /// <param name="source">The source.</param>
    /// <param name="configure">Sets what every source has, such as its name.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="InvalidOperationException">The builder has built a store.</exception>
    /// <exception cref="SecretsSourceException">A name is used twice, or is empty: <see cref="SecretsErrorCode.InvalidConfiguration"/>.</exception>
    public SecretsBuilder Add(ISecretsSource source, Action<SecretsSourceOptions>? configure = null)
    {
        var options = new SecretsSourceOptions();
        configure?.Invoke(options);
        return Add(source, options);
    }

    /// <summary>
    /// Adds a source; the one that is added first wins, which is the reverse of <c>IConfiguration</c>. For authors of sources, whose options derive from
    /// <see cref="SecretsSourceOptions"/>.
    /// </summary>
    /// <param name="source">The source.</param>
    /// <param name="options">What every source has; they are copied.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="InvalidOperationException">The builder has built a store.</exception>
    /// <exception cref="SecretsSourceException">A name is used twice, or is empty: <see cref="SecretsErrorCode.InvalidConfiguration"/>.</exception>
    public SecretsBuilder Add(ISecretsSource source, SecretsSourceOptions options)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(options);
        return Add(new ChainEntry(options.Name ?? NameOf(source), options, source));
    }

    /// <summary>
    /// Adds a source that is created from other secrets, such as a vault whose token is itself a secret. The function sees the sources that were
    /// added before it: the local ones, and the remote ones of higher precedence. It counts as remote: where the program declared what it needs,
    /// and higher sources supply all of it, the source is neither created nor asked. A refresh that changes what those sources serve creates it again, so that a
    /// rotated credential reaches it; the new source continues from the last batch.
    /// </summary>
    /// <param name="factory">Creates the source. It must do no I/O.</param>
    /// <param name="configure">Sets what every source has, such as its name, which is <c>created</c> by default.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="InvalidOperationException">The builder has built a store.</exception>
    /// <exception cref="SecretsSourceException">A name is used twice, or is empty: <see cref="SecretsErrorCode.InvalidConfiguration"/>.</exception>
    public SecretsBuilder Add(Func<SecretsView, ISecretsSource> factory, Action<SecretsSourceOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(factory);
        var options = new SecretsSourceOptions();
        configure?.Invoke(options);
        return Add("created", factory, options);
    }

    /// <summary>
    /// Adds a source that is created from other secrets, as <see cref="Add(Func{SecretsView, ISecretsSource}, Action{SecretsSourceOptions}?)"/> does.
    /// For authors of sources, whose options derive from <see cref="SecretsSourceOptions"/>.
    /// </summary>
    /// <param name="kind">The source's name, unless the options give another.</param>
    /// <param name="factory">Creates the source. It must do no I/O.</param>
    /// <param name="options">What every source has; they are copied.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="InvalidOperationException">The builder has built a store.</exception>
    /// <exception cref="SecretsSourceException">A name is used twice, or is empty: <see cref="SecretsErrorCode.InvalidConfiguration"/>.</exception>
    public SecretsBuilder Add(string kind, Func<SecretsView, ISecretsSource> factory, SecretsSourceOptions options)
    {
        ArgumentNullException.ThrowIfNull(kind);
        ArgumentNullException.ThrowIfNull(factory);
        ArgumentNullException.ThrowIfNull(options);
        return Add(new ChainEntry(kind, options, source: null, factory));
    }

    /// <summary>Adds the environment variables. Without a prefix they answer by name and are never enumerated; with one they are loaded like a file.</summary>
    /// <param name="prefix">
    /// <see langword="null"/> for variables that are looked up by path: <c>trello.api_key</c> is <c>TRELLO__API_KEY</c> or <c>TRELLO_API_KEY</c>, in any
    /// spelling that is equal under <see cref="KeyComparison"/>. Otherwise all variables that begin with the prefix are loaded, with the prefix cut off and
    /// <c>__</c> between the keys of a path; <c>APP_HOSTS__0</c> is the first element of the array <c>hosts</c>.
    /// </param>
    /// <param name="configure">Sets further options.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="InvalidOperationException">The builder has built a store.</exception>
    /// <exception cref="SecretsSourceException">A name is used twice, or is empty: <see cref="SecretsErrorCode.InvalidConfiguration"/>.</exception>
    public SecretsBuilder AddEnvironment(string? prefix = null, Action<EnvironmentOptions>? configure = null)
    {
        var options = new EnvironmentOptions { Prefix = prefix };
        configure?.Invoke(options);
        return Add(new EnvironmentSource(options), options);
    }

    /// <summary>Adds values that the program already has.</summary>
    /// <param name="values">
    /// Paths and values: text, numbers, booleans, dates, bytes, dictionaries (sections), sequences (arrays). A <see langword="null"/> is absent.
    /// The collection is read again at each load.
    /// </param>
    /// <param name="configure">Sets what every source has, such as its name.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">A key is not a path, or a value has an unsupported type.</exception>
    /// <exception cref="InvalidOperationException">The builder has built a store.</exception>
    /// <exception cref="SecretsSourceException">A name is used twice, or is empty: <see cref="SecretsErrorCode.InvalidConfiguration"/>.</exception>
    public SecretsBuilder AddInMemory(IEnumerable<KeyValuePair<string, object?>> values, Action<SecretsSourceOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(values);
        return Add(new InMemorySource(values), configure);
    }

    /// <summary>Adds values that the program already has, all of one type, such as those of a <c>Dictionary&lt;string, string&gt;</c>.</summary>
    /// <typeparam name="T">The type of the values, as <see cref="AddInMemory(IEnumerable{KeyValuePair{string, object}}, Action{SecretsSourceOptions})"/> takes them.</typeparam>
    /// <param name="values">Paths and values. A <see langword="null"/> is absent. The collection is read again at each load.</param>
    /// <param name="configure">Sets what every source has, such as its name.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">A key is not a path, or a value has an unsupported type.</exception>
    /// <exception cref="InvalidOperationException">The builder has built a store.</exception>
    /// <exception cref="SecretsSourceException">A name is used twice, or is empty: <see cref="SecretsErrorCode.InvalidConfiguration"/>.</exception>
    public SecretsBuilder AddInMemory<T>(IEnumerable<KeyValuePair<string, T>> values, Action<SecretsSourceOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(values);
        return AddInMemory(values.Select(v => KeyValuePair.Create(v.Key, (object?)v.Value)), configure);
    }

    private SecretsBuilder Add(ChainEntry entry)
    {
        ThrowIfFrozen();
        _draft.Add(entry);
        return this;
    }

    private static string NameOf(ISecretsSource source)
    {
        string? name;
        try
        {
            name = source.Name;
        }
        catch (Exception thrown)
        {
            throw Nameless(source, $"throws {thrown.GetType()}");
        }

        return name ?? throw Nameless(source, "is null");
    }

    private static SecretsSourceException Nameless(ISecretsSource source, string why) => new(
        SecretsErrorCode.InvalidConfiguration, $"The source {source.GetType()} has no name: its Name {why}. Let it give a constant, such as \"vault\".");
}
