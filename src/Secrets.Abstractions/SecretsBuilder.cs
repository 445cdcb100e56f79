using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Secrets.Binding;
using Secrets.Conversion;
using Secrets.EnvironmentVariables;
using Secrets.InMemory;
using Secrets.Keys;
using Secrets.Loading;
using Secrets.Merging;
using Secrets.Redaction;
using Secrets.Telemetry;
using Secrets.Timing;

namespace Secrets;

/// <summary>
/// Puts sources into one ordered chain and builds the store that reads them. A build that succeeds freezes it;
/// building again gives another store of the same chain. A build that fails changes nothing: correct the chain and build again.
/// </summary>
public sealed class SecretsBuilder
{
    private readonly List<AddedSource> _sources = [];
    private readonly List<SecretDemand> _demands = [];
    private readonly List<Action<SecretsView>> _bindingChecks = [];
    private readonly OrderedDictionary<SecretPath, string> _pins = [];
    private readonly List<Action<SecretsWarning>> _warningHandlers = [];
    private SecretsPrecedence _precedence;
    private SectionMerge _sections;
    private KeyComparison _keyComparison;
    private UndeclaredReads _undeclaredReads;
    private TimeProvider _timeProvider = TimeProvider.System;
    private bool _isWatching;
    private TimeSpan? _refreshReadsOlderThan;
    private string? _projectDirectory;
    private string? _environmentName;
    private TimeSpan _startupTimeLimit;
    private InMemorySource? _offlineValues;
    private bool _isOffline;
    private bool _isFrozen;

    /// <summary>Gets or sets when two keys are one.</summary>
    /// <value>Default <see cref="KeyComparison.Equivalent"/>.</value>
    /// <exception cref="InvalidOperationException">The builder has built a store.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The value is none of the enumeration's.</exception>
    public KeyComparison KeyComparison
    {
        get => _keyComparison;
        set => _keyComparison = Changing(Defined(value, nameof(value)));
    }

    /// <summary>Gets or sets what a read of a local secret does that was never required, where others were.</summary>
    /// <value>Default <see cref="UndeclaredReads.Warn"/>.</value>
    /// <exception cref="InvalidOperationException">The builder has built a store.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The value is none of the enumeration's.</exception>
    public UndeclaredReads UndeclaredReads
    {
        get => _undeclaredReads;
        set => _undeclaredReads = Changing(Defined(value, nameof(value)));
    }

    /// <summary>Gets or sets the clock.</summary>
    /// <value>Default <see cref="TimeProvider.System"/>.</value>
    /// <exception cref="InvalidOperationException">The builder has built a store.</exception>
    public TimeProvider TimeProvider
    {
        get => _timeProvider;
        set => _timeProvider = Changing(value ?? throw new ArgumentNullException(nameof(value)));
    }

    /// <summary>
    /// Gets or sets the age at which a read of the store has its sources read again, in the background: the read itself never waits.
    /// For hosts that freeze the process between requests, where timers do not fire.
    /// </summary>
    /// <value>Default <see langword="null"/>: reads look at no clock.</value>
    /// <exception cref="InvalidOperationException">The builder has built a store.</exception>
    public TimeSpan? RefreshReadsOlderThan
    {
        get => _refreshReadsOlderThan;
        set => _refreshReadsOlderThan = Changing(value > TimeSpan.Zero || value is null ? value : throw new ArgumentOutOfRangeException(nameof(value)));
    }

    /// <summary>Gets or sets the directory in which sources look for files and from which relative paths count, in place of the current directory. A host sets it to its content root.</summary>
    /// <value>An absolute path; a relative one is made absolute when it is set. Default <see langword="null"/>: the directory that is the current one when a source is added.</value>
    /// <exception cref="InvalidOperationException">The builder has built a store.</exception>
    /// <exception cref="ArgumentException">The value is empty or holds a NUL character, or is relative while the current directory does not exist.</exception>
    public string? ProjectDirectory
    {
        get => _projectDirectory;
        set => _projectDirectory = Changing(value is null ? null : FullPath(value));
    }

    /// <summary>Gets or sets the name of the environment, such as <c>Development</c>: sources of files read <c>secrets.Development.toml</c> too. A host sets it to its own.</summary>
    /// <value>Default <see langword="null"/>: the variable <c>DOTNET_ENVIRONMENT</c>, else <c>ASPNETCORE_ENVIRONMENT</c>. An empty text means that there is none.</value>
    /// <exception cref="InvalidOperationException">The builder has built a store.</exception>
    public string? EnvironmentName
    {
        get => _environmentName;
        set => _environmentName = Changing(value);
    }

    /// <summary>
    /// Gets or sets how long a build goes on trying where a store is <see cref="SecretsErrorCode.Unavailable"/>, such as a sidecar that has not started. Other failures end the build at once.
    /// </summary>
    /// <value>Default zero: the first failure ends the build. A host sets it to 30 seconds.</value>
    /// <exception cref="InvalidOperationException">The builder has built a store.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or longer than a day.</exception>
    public TimeSpan StartupTimeLimit
    {
        get => _startupTimeLimit;
        set => _startupTimeLimit = Changing(value >= TimeSpan.Zero && value <= TimeSpan.FromDays(1) ? value : throw new ArgumentOutOfRangeException(nameof(value)));
    }

    /// <summary>Gets or sets where the variation of waits comes from; tests give one of their own.</summary>
    internal Func<double> Random { get; set; } = System.Random.Shared.NextDouble;

    /// <summary>Gets or sets the instruments that take the place of the process's own, as those of a host's meter do.</summary>
    internal ChainTelemetry? Telemetry { get; set; }

    /// <summary>Gets or sets where exported secrets go; tests give one of their own.</summary>
    internal EnvironmentLedger Ledger { get; set; } = EnvironmentLedger.OfProcess;

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
        return Add(options.Name ?? NameOf(source), options, source, factory: null);
    }

    /// <summary>
    /// Adds a source that is made from what others gave, such as a vault whose token is itself a secret. The function sees the sources that were
    /// added before it: the local ones, and the remote ones of higher precedence. It counts as remote: where the program declared what it needs,
    /// and higher sources supply all of it, the source is neither made nor asked. A refresh that changes what those sources serve makes it anew, so that a
    /// rotated credential reaches it; it goes on from the last batch.
    /// </summary>
    /// <param name="factory">Makes the source, and does no I/O.</param>
    /// <param name="configure">Sets what every source has, such as its name.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="InvalidOperationException">The builder has built a store.</exception>
    /// <exception cref="SecretsSourceException">A name is used twice, or is empty: <see cref="SecretsErrorCode.InvalidConfiguration"/>.</exception>
    public SecretsBuilder Add(Func<SecretsView, ISecretsSource> factory, Action<SecretsSourceOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(factory);
        var options = new SecretsSourceOptions();
        configure?.Invoke(options);
        return Add("made", factory, options);
    }

    /// <summary>
    /// Adds a source that is made from what others gave, as <see cref="Add(Func{SecretsView, ISecretsSource}, Action{SecretsSourceOptions}?)"/> does.
    /// For authors of sources, whose options derive from <see cref="SecretsSourceOptions"/>.
    /// </summary>
    /// <param name="kind">The source's name, unless the options give another.</param>
    /// <param name="factory">Makes the source, and does no I/O.</param>
    /// <param name="options">What every source has; they are copied.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="InvalidOperationException">The builder has built a store.</exception>
    /// <exception cref="SecretsSourceException">A name is used twice, or is empty: <see cref="SecretsErrorCode.InvalidConfiguration"/>.</exception>
    public SecretsBuilder Add(string kind, Func<SecretsView, ISecretsSource> factory, SecretsSourceOptions options)
    {
        ArgumentNullException.ThrowIfNull(kind);
        ArgumentNullException.ThrowIfNull(factory);
        ArgumentNullException.ThrowIfNull(options);
        return Add(kind, options, source: null, factory);
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
        return Add(new EnvironmentSource(options, () => Ledger), options);
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

    /// <summary>Declares paths that the program cannot start without. Remote sources are then asked for what is declared alone.</summary>
    /// <param name="paths">The paths.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">A text is not a path.</exception>
    /// <exception cref="InvalidOperationException">The builder has built a store.</exception>
    /// <exception cref="SecretsSourceException">A path has more than 256 keys: <see cref="SecretsErrorCode.InvalidConfiguration"/>.</exception>
    public SecretsBuilder Require(params string[] paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        ThrowIfFrozen();
        SecretDemand[] parsed = [.. paths.Select(p => new SecretDemand(DepthLimit.Check(SecretPath.Parse(p, nameof(paths)))))];
        _demands.AddRange(parsed);
        return this;
    }

    /// <summary>
    /// Declares what a type needs: a path for each member, in snake_case or as <see cref="SecretNameAttribute"/> says.
    /// Members with a default or a nullable type are optional, and a section of which nothing is required may be absent.
    /// The build fails unless the type can be bound to what is there.
    /// </summary>
    /// <typeparam name="T">A record, a class or a struct, as <see cref="SecretsView.Get{T}(string)"/> binds it.</typeparam>
    /// <param name="path">The section that holds the members; <see langword="null"/> for the root.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">The text is not a path, or the type is one value and no path is given.</exception>
    /// <exception cref="InvalidOperationException">The builder has built a store.</exception>
    /// <exception cref="SecretsSourceException">
    /// The type cannot be bound: a member stores a value and cannot be set, no member can, it is abstract, or it nests without end. A path has more than 256 keys. The members that are the reason are named:
    /// <see cref="SecretsErrorCode.InvalidConfiguration"/>.
    /// </exception>
    [RequiresUnreferencedCode(Trimming.Note)]
    [RequiresDynamicCode(Trimming.Note)]
    public SecretsBuilder Require<T>(string? path = null)
    {
        ThrowIfFrozen();
        SecretPath section = path is null ? SecretPath.Root : SecretPath.Parse(path, nameof(path));
        IReadOnlyList<SecretDemand> demands = TypeRequirements.Of(typeof(T), DepthLimit.Check(section));
        foreach (SecretDemand demand in demands)
        {
            _ = DepthLimit.Check(demand.Path);
        }

        _demands.AddRange(demands);

        // A section of which nothing is required may be absent.
        bool isNeeded = demands.Any(d => d.IsRequired);
        _bindingChecks.Add(view => _ = isNeeded ? Binder.Bind(typeof(T), view.Node, section) : Binder.TryBind(typeof(T), view.Node, section, out _));
        return this;
    }

    /// <summary>Sets which source wins a leaf, and what becomes of sections that several sources have.</summary>
    /// <param name="precedence">Default <see cref="SecretsPrecedence.FirstWins"/>.</param>
    /// <param name="sections">Default <see cref="SectionMerge.Unite"/>.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="InvalidOperationException">The builder has built a store.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A value is none of the enumeration's.</exception>
    public SecretsBuilder WithPrecedence(SecretsPrecedence precedence, SectionMerge sections = SectionMerge.Unite)
    {
        ThrowIfFrozen();
        _precedence = Defined(precedence, nameof(precedence));
        _sections = Defined(sections, nameof(sections));
        return this;
    }

    /// <summary>Lets only one source supply a path and what is below it, so that no local file can shadow a production secret.</summary>
    /// <param name="path">The path.</param>
    /// <param name="to">The source's name in the chain.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">The text is not a path.</exception>
    /// <exception cref="InvalidOperationException">The builder has built a store.</exception>
    /// <exception cref="SecretsSourceException">
    /// The path has a pin already, or more than 256 keys: <see cref="SecretsErrorCode.InvalidConfiguration"/>. A pin of an equal key is found by the build.
    /// </exception>
    public SecretsBuilder Pin(string path, string to)
    {
        ArgumentNullException.ThrowIfNull(to);
        ThrowIfFrozen();
        SecretPath pinned = DepthLimit.Check(SecretPath.Parse(path, nameof(path)));
        return _pins.TryAdd(pinned, to) ? this : throw PinnedTwice(pinned, pinned, _pins[pinned]);
    }

    /// <summary>
    /// Watches the sources that can tell of a change, such as files, and reads them again when they change.
    /// The store then keeps a task for each until it is disposed.
    /// </summary>
    /// <param name="isOn">Default <see langword="true"/>; a builder that nobody told to watches nothing.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="InvalidOperationException">The builder has built a store.</exception>
    public SecretsBuilder Watch(bool isOn = true)
    {
        _isWatching = Changing(isOn);
        return this;
    }

    /// <summary>
    /// Contacts no remote source, for tests of applications and for work without a network: what a remote source would supply counts as absent. Sources that are created from others
    /// count as remote.
    /// </summary>
    /// <param name="values">
    /// Values that stand above the whole chain and above its pins, and satisfy <see cref="Require(string[])"/>: paths and what <see cref="AddInMemory(IEnumerable{KeyValuePair{string, object?}}, Action{SecretsSourceOptions}?)"/>
    /// takes. Their source is named <c>offline</c>. <see langword="null"/> for none.
    /// </param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">A text is not a path, or a value's type is not supported.</exception>
    /// <exception cref="InvalidOperationException">The builder has built a store.</exception>
    /// <exception cref="SecretsSourceException">A value lies deeper than 256 levels: <see cref="SecretsErrorCode.InvalidFormat"/>.</exception>
    public SecretsBuilder Offline(IEnumerable<KeyValuePair<string, object?>>? values = null)
    {
        ThrowIfFrozen();
        _offlineValues = new InMemorySource([.. values ?? []]);
        _isOffline = true;
        return this;
    }

    /// <summary>
    /// Adds a handler that is told of each warning, of each source that failed and of each that recovered, once per change of state; also of the warnings of the build itself.
    /// It is called in order with all other handlers, on a thread of the pool, and nothing of the store waits for it.
    /// </summary>
    /// <param name="handler">The handler. Where it throws, <see cref="SecretsStore.Warnings"/> says so.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="InvalidOperationException">The builder has built a store.</exception>
    public SecretsBuilder OnWarning(Action<SecretsWarning> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        ThrowIfFrozen();
        _warningHandlers.Add(handler);
        return this;
    }

    /// <summary>
    /// Loads the chain and gives the store. It may block, on remote sources alone, and does not deadlock under a synchronisation context;
    /// local sources are read on the calling thread.
    /// </summary>
    /// <returns>The store, which the caller disposes.</returns>
    /// <exception cref="SecretNotFoundException">Something required is nowhere; every such path is named: <see cref="SecretsErrorCode.NotFound"/>.</exception>
    /// <exception cref="SecretsFileNotFoundException">The same, where there is no file at all: <see cref="SecretsErrorCode.NotFound"/>.</exception>
    /// <exception cref="SecretsFormatException">A file is malformed, or a required type cannot be bound: <see cref="SecretsErrorCode.InvalidFormat"/>.</exception>
    /// <exception cref="SecretsSourceException">A source failed, with its code, or the chain is set up in a way that cannot work.</exception>
    public SecretsStore Build()
    {
        if (TaskScheduler.Current != TaskScheduler.Default)
        {
            return Task.Run(() => BuildAsync(CancellationToken.None)).GetAwaiter().GetResult();
        }

        // The one place that waits synchronously: without a context, no continuation needs the thread that is blocked here.
        SynchronizationContext? context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            return BuildAsync(CancellationToken.None).GetAwaiter().GetResult();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    /// <summary>Loads the chain and gives the store.</summary>
    /// <param name="cancellationToken">Ends the loads.</param>
    /// <returns>The store, which the caller disposes.</returns>
    /// <exception cref="SecretNotFoundException">Something required is nowhere; every such path is named: <see cref="SecretsErrorCode.NotFound"/>.</exception>
    /// <exception cref="SecretsFileNotFoundException">The same, where there is no file at all: <see cref="SecretsErrorCode.NotFound"/>.</exception>
    /// <exception cref="SecretsFormatException">A file is malformed, or a required type cannot be bound: <see cref="SecretsErrorCode.InvalidFormat"/>.</exception>
    /// <exception cref="SecretsSourceException">A source failed, with its code, or the chain is set up in a way that cannot work.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<SecretsStore> BuildAsync(CancellationToken cancellationToken = default)
    {
        var startup = new StartupWait(_timeProvider, _startupTimeLimit);
        while (true)
        {
            Chain chain = MakeChain();
            var loader = new ChainLoader(chain);
            try
            {
                SecretsStore store = SecretsStore.Create(chain, await loader.LoadAsync(cancellationToken).ConfigureAwait(false), Ledger);
                _isFrozen = true;
                return store;
            }
            catch (Exception failure)
            {
                await loader.DiscardAsync(cancellationToken).ConfigureAwait(false);
                if (failure is not SecretsSourceException { Code: SecretsErrorCode.Unavailable } || !startup.HasTimeLeft)
                {
                    throw;
                }
            }

            await startup.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Says what a build would ask each source, and in how many calls. It reads local sources and contacts no remote one.</summary>
    /// <param name="cancellationToken">Ends the loads of local sources.</param>
    /// <returns>The plans of the sources, in the order of precedence. The text of the list has a line for each.</returns>
    /// <exception cref="SecretNotFoundException">A source that is made of others needs a secret that is nowhere: <see cref="SecretsErrorCode.NotFound"/>.</exception>
    /// <exception cref="SecretsFileNotFoundException">The same, where there is no file at all: <see cref="SecretsErrorCode.NotFound"/>.</exception>
    /// <exception cref="SecretsFormatException">A file is malformed: <see cref="SecretsErrorCode.InvalidFormat"/>.</exception>
    /// <exception cref="SecretsSourceException">A local source failed, with its code, or the chain is set up in a way that cannot work.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<IReadOnlyList<SecretsSourcePlan>> PlanAsync(CancellationToken cancellationToken = default) =>
        await new ChainLoader(MakeChain()).PlanAsync(cancellationToken).ConfigureAwait(false);

    private SecretsBuilder Add(string kind, SecretsSourceOptions options, ISecretsSource? source, Func<SecretsView, ISecretsSource>? factory)
    {
        ThrowIfFrozen();
        var policy = new SourcePolicy(options);
        ThrowIfNoName(kind, policy.Name is null ? "The name of a source" : "The option Name of a source");
        foreach (AddedSource other in _sources)
        {
            if (policy.Name is not null && string.Equals(other.Policy.Name, policy.Name, StringComparison.Ordinal))
            {
                throw Misconfigured($"Two sources are named {policy.Name}; give one of them another name.");
            }
        }

        _sources.Add(new AddedSource(kind, policy, source, factory));
        return this;
    }

    private Chain MakeChain()
    {
        string[] names = Names();
        var options = new ChainOptions(_keyComparison, _sections, _undeclaredReads, _pins.Count == 0 ? [] : PinsTo(names));
        var entries = new ChainEntry[names.Length];
        for (int i = 0; i < entries.Length; i++)
        {
            entries[i] = new ChainEntry(names[i], i, _sources[i].Source, _sources[i].Factory, _sources[i].Policy);
        }

        if (_precedence == SecretsPrecedence.LastWins)
        {
            Array.Reverse(entries);
        }

        if (_isOffline)
        {
            (entries, options) = OfflineChain.Of(entries, options, _offlineValues!);
        }

        return new Chain(
            entries,
            SecretDemand.Unite(_demands, _keyComparison),
            [.. _bindingChecks],
            options,
            _timeProvider,
            _isWatching,
            _refreshReadsOlderThan,
            Random)
        {
            Ledger = Ledger,
            WarningHandlers = [.. _warningHandlers],
            Telemetry = Telemetry ?? ChainTelemetry.OfProcess,
        };
    }

    private (SecretPath Path, string Source)[] PinsTo(string[] names)
    {
        var pinned = new Dictionary<SecretPath, (SecretPath Path, string Source)>(SecretPath.Comparer(_keyComparison));
        foreach ((SecretPath path, string target) in _pins)
        {
            if (!pinned.TryAdd(path, (path, target)))
            {
                throw PinnedTwice(path, pinned[path].Path, pinned[path].Source);
            }

            if (!names.Contains(target, StringComparer.Ordinal))
            {
                throw Misconfigured($"{path} is pinned to {PrintableText.Of(target)}, and no source has this name; the chain has {(names.Length == 0 ? "none" : string.Join(", ", names))}.");
            }
        }

        return [.. _pins.Select(p => (p.Key, p.Value))];
    }

    private string[] Names()
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (AddedSource source in _sources)
        {
            if (source.Policy.Name is { } name)
            {
                taken.Add(name);
            }
        }

        var names = new string[_sources.Count];
        for (int i = 0; i < names.Length; i++)
        {
            names[i] = _sources[i].Policy.Name ?? Unused(_sources[i].Kind);
        }

        return names;

        string Unused(string kind)
        {
            string name = kind;
            for (int number = 2; !taken.Add(name); number++)
            {
                name = string.Create(CultureInfo.InvariantCulture, $"{kind}#{number}");
            }

            return name;
        }
    }

    private static string FullPath(string value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value);
        try
        {
            return Path.TrimEndingDirectorySeparator(Path.GetFullPath(value));
        }
        catch (IOException failure)
        {
            throw new ArgumentException("The path is relative, and the current directory of this process does not exist. Use an absolute path.", nameof(value), failure);
        }
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
            throw Misconfigured($"The source {source.GetType()} has no name: its Name throws {thrown.GetType()}. Let it give a constant, such as \"vault\".");
        }

        return name ?? throw Misconfigured($"The source {source.GetType()} has no name: its Name is null. Let it give a constant, such as \"vault\".");
    }

    private static void ThrowIfNoName(string name, string what)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            throw Misconfigured($"{what} is empty; give it one, such as \"vault\".");
        }

        if (!string.Equals(name, PrintableText.Of(name), StringComparison.Ordinal))
        {
            throw Misconfigured($"{what} is \"{PrintableText.Of(name)}\": leave out line breaks and other characters that cannot be seen.");
        }
    }

    private static SecretsSourceException PinnedTwice(SecretPath path, SecretPath other, string source) =>
        Misconfigured($"{path} is pinned twice: {other} is pinned to {PrintableText.Of(source)} already. Remove one of the pins.");

    private T Changing<T>(T value)
    {
        ThrowIfFrozen();
        return value;
    }

    private static T Defined<T>(T value, string name)
        where T : struct, Enum =>
        Enum.IsDefined(value) ? value : throw new ArgumentOutOfRangeException(name, value, $"It is none of {string.Join(", ", Enum.GetNames<T>())}.");

    private void ThrowIfFrozen()
    {
        if (_isFrozen)
        {
            throw new InvalidOperationException("The builder has built a store and is frozen; make another builder for another chain.");
        }
    }

    private static SecretsSourceException Misconfigured(string message) => new(SecretsErrorCode.InvalidConfiguration, message);

    private sealed class AddedSource(string kind, SourcePolicy policy, ISecretsSource? source, Func<SecretsView, ISecretsSource>? factory)
    {
        public string Kind { get; } = kind;

        public SourcePolicy Policy { get; } = policy;

        public ISecretsSource? Source { get; } = source;

        public Func<SecretsView, ISecretsSource>? Factory { get; } = factory;
    }
}
