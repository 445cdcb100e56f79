using System.Runtime.ExceptionServices;
using Secrets.EnvironmentVariables;
using Secrets.InMemory;
using Secrets.Loading;
using Secrets.Telemetry;
using Secrets.Timing;

namespace Secrets;

/// <summary>
/// Puts sources into one ordered chain and builds the store that reads them. A successful build freezes the builder;
/// building again gives another store of the same chain. A build that fails changes nothing: correct the chain and build again.
/// </summary>
public sealed partial class SecretsBuilder
{
    private readonly ChainDraft _draft = new();
    private string? _projectDirectory;
    private string? _environmentName;
    private TimeSpan _startupTimeLimit;
    private bool _isFrozen;

    /// <summary>Gets or sets when two keys are one.</summary>
    /// <value>Default <see cref="KeyComparison.Equivalent"/>.</value>
    /// <exception cref="InvalidOperationException">The builder has built a store.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The value is not defined.</exception>
    public KeyComparison KeyComparison
    {
        get => _draft.KeyComparison;
        set => _draft.KeyComparison = Changing(Defined(value, nameof(value)));
    }

    /// <summary>Gets or sets what a read of a local secret does that was never required, where others were.</summary>
    /// <value>Default <see cref="UndeclaredReads.Warn"/>.</value>
    /// <exception cref="InvalidOperationException">The builder has built a store.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The value is not defined.</exception>
    public UndeclaredReads UndeclaredReads
    {
        get => _draft.UndeclaredReads;
        set => _draft.UndeclaredReads = Changing(Defined(value, nameof(value)));
    }

    /// <summary>Gets or sets the clock.</summary>
    /// <value>Default <see cref="TimeProvider.System"/>.</value>
    /// <exception cref="InvalidOperationException">The builder has built a store.</exception>
    public TimeProvider TimeProvider
    {
        get => _draft.TimeProvider;
        set => _draft.TimeProvider = Changing(value ?? throw new ArgumentNullException(nameof(value)));
    }

    /// <summary>
    /// Gets or sets the age at which a read of the store has its sources read again, in the background: the read itself never waits.
    /// For hosts that freeze the process between requests, where timers do not fire.
    /// </summary>
    /// <value>Default <see langword="null"/>: reads look at no clock.</value>
    /// <exception cref="InvalidOperationException">The builder has built a store.</exception>
    public TimeSpan? RefreshReadsOlderThan
    {
        get => _draft.MaxReadAge;
        set => _draft.MaxReadAge = Changing(value > TimeSpan.Zero || value is null ? value : throw new ArgumentOutOfRangeException(nameof(value)));
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
    /// Gets or sets how long a build retries while a store is <see cref="SecretsErrorCode.Unavailable"/>, such as a sidecar that has not started. Other failures end the build at once.
    /// </summary>
    /// <value>Default zero: the first failure ends the build. A host sets it to 30 seconds.</value>
    /// <exception cref="InvalidOperationException">The builder has built a store.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or longer than a day.</exception>
    public TimeSpan StartupTimeLimit
    {
        get => _startupTimeLimit;
        set => _startupTimeLimit = Changing(value >= TimeSpan.Zero && value <= TimeSpan.FromDays(1) ? value : throw new ArgumentOutOfRangeException(nameof(value)));
    }

    /// <summary>Gets or sets the random numbers by which waits vary; tests replace them.</summary>
    internal Func<double> Random
    {
        get => _draft.Random;
        set => _draft.Random = value;
    }

    /// <summary>Gets or sets the instruments to use in place of the process's own, such as those of a host's meter.</summary>
    internal ChainTelemetry? Telemetry
    {
        get => _draft.Telemetry;
        set => _draft.Telemetry = value;
    }

    /// <summary>Gets or sets the record of exported variables; tests replace it.</summary>
    internal EnvironmentLedger Ledger
    {
        get => _draft.Ledger;
        set => _draft.Ledger = value;
    }

    /// <summary>Sets which source wins a leaf, and what becomes of sections that several sources have.</summary>
    /// <param name="precedence">Default <see cref="SecretsPrecedence.FirstWins"/>.</param>
    /// <param name="sections">Default <see cref="SectionMerge.Unite"/>.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="InvalidOperationException">The builder has built a store.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A value is not defined.</exception>
    public SecretsBuilder WithPrecedence(SecretsPrecedence precedence, SectionMerge sections = SectionMerge.Unite)
    {
        ThrowIfFrozen();
        _draft.Precedence = Defined(precedence, nameof(precedence));
        _draft.Sections = Defined(sections, nameof(sections));
        return this;
    }

    /// <summary>
    /// Watches the sources that signal changes, such as files, and reads them again when they change.
    /// The store then keeps a task for each until it is disposed.
    /// </summary>
    /// <param name="isOn">Default <see langword="true"/>; a builder on which this method is not called watches nothing.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="InvalidOperationException">The builder has built a store.</exception>
    public SecretsBuilder Watch(bool isOn = true)
    {
        _draft.IsWatching = Changing(isOn);
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
        _draft.OfflineValues = new InMemorySource([.. values ?? []]);
        return this;
    }

    /// <summary>
    /// Adds a handler for warnings. It is called for each warning, each source that fails and each that recovers, once per change of state, including the warnings of the build itself.
    /// It is called in order with all other handlers, on a thread of the pool. The store does not wait for it.
    /// </summary>
    /// <param name="handler">The handler. Where it throws, <see cref="SecretsStore.Warnings"/> says so.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="InvalidOperationException">The builder has built a store.</exception>
    public SecretsBuilder OnWarning(Action<SecretsWarning> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        ThrowIfFrozen();
        _draft.WarningHandlers.Add(handler);
        return this;
    }

    /// <summary>
    /// Loads the chain and gives the store. It may block, on remote sources alone, and does not deadlock under a synchronisation context;
    /// local sources are read on the calling thread.
    /// </summary>
    /// <returns>The store, which the caller disposes.</returns>
    /// <exception cref="SecretNotFoundException">A required secret is missing; every missing path is named: <see cref="SecretsErrorCode.NotFound"/>.</exception>
    /// <exception cref="SecretsFileNotFoundException">The same, where there is no file at all: <see cref="SecretsErrorCode.NotFound"/>.</exception>
    /// <exception cref="SecretsFormatException">A file is malformed, or a required type cannot be bound: <see cref="SecretsErrorCode.InvalidFormat"/>.</exception>
    /// <exception cref="SecretsSourceException">A source failed, with its code, or the chain is set up in a way that cannot work.</exception>
    public SecretsStore Build()
    {
        if (TaskScheduler.Current != TaskScheduler.Default)
        {
            return BuildOnPool();
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
    /// <exception cref="SecretNotFoundException">A required secret is missing; every missing path is named: <see cref="SecretsErrorCode.NotFound"/>.</exception>
    /// <exception cref="SecretsFileNotFoundException">The same, where there is no file at all: <see cref="SecretsErrorCode.NotFound"/>.</exception>
    /// <exception cref="SecretsFormatException">A file is malformed, or a required type cannot be bound: <see cref="SecretsErrorCode.InvalidFormat"/>.</exception>
    /// <exception cref="SecretsSourceException">A source failed, with its code, or the chain is set up in a way that cannot work.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<SecretsStore> BuildAsync(CancellationToken cancellationToken = default)
    {
        var startup = new StartupWait(_draft.TimeProvider, _startupTimeLimit);
        while (true)
        {
            Chain chain = _draft.ToChain();
            var loader = new ChainLoader(chain);
            try
            {
                await loader.LoadAsync(cancellationToken).ConfigureAwait(false);
                SecretsStore store = SecretsStore.Create(chain, loader.Loaded);
                _isFrozen = true;
                return store;
            }
            catch (Exception failure)
            {
                await AfterFailureAsync(loader, failure, startup, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Says what a build would ask each source, and in how many calls. It reads local sources and contacts no remote one.</summary>
    /// <param name="cancellationToken">Ends the loads of local sources.</param>
    /// <returns>The plans of the sources, in the order of precedence. The text of the list has a line for each.</returns>
    /// <exception cref="SecretNotFoundException">A source that is created from others needs a secret that no source has: <see cref="SecretsErrorCode.NotFound"/>.</exception>
    /// <exception cref="SecretsFileNotFoundException">The same, where there is no file at all: <see cref="SecretsErrorCode.NotFound"/>.</exception>
    /// <exception cref="SecretsFormatException">A file is malformed: <see cref="SecretsErrorCode.InvalidFormat"/>.</exception>
    /// <exception cref="SecretsSourceException">A local source failed, with its code, or the chain is set up in a way that cannot work.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<IReadOnlyList<SecretsSourcePlan>> PlanAsync(CancellationToken cancellationToken = default)
    {
        var loader = new ChainLoader(_draft.ToChain());
        try
        {
            return await loader.PlanAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await loader.DiscardAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Waits until the next attempt, or throws the failure where there is none.</summary>
    private static async Task AfterFailureAsync(ChainLoader loader, Exception failure, StartupWait startup, CancellationToken cancellationToken)
    {
        await loader.DiscardAsync(cancellationToken).ConfigureAwait(false);
        if (failure is not SecretsSourceException { Code: SecretsErrorCode.Unavailable } || !startup.HasTimeLeft)
        {
            ExceptionDispatchInfo.Throw(failure);
        }

        await startup.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    private SecretsStore BuildOnPool() => Task.Run(() => BuildAsync(CancellationToken.None)).GetAwaiter().GetResult();

    private static string FullPath(string value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value);
        try
        {
            return value.Contains('\0', StringComparison.Ordinal) ? throw new ArgumentException("A path holds no NUL character.", nameof(value)) : Path.TrimEndingDirectorySeparator(Path.GetFullPath(value));
        }
        catch (IOException failure)
        {
            throw new ArgumentException("The path is relative, and the current directory of this process does not exist. Use an absolute path.", nameof(value), failure);
        }
    }

    private T Changing<T>(T value)
    {
        ThrowIfFrozen();
        return value;
    }

    private static T Defined<T>(T value, string name)
        where T : struct, Enum =>
        Enum.IsDefined(value) ? value : throw new ArgumentOutOfRangeException(name, value, $"The value is not defined. Use one of {string.Join(", ", Enum.GetNames<T>())}.");

    private void ThrowIfFrozen()
    {
        if (_isFrozen)
        {
            throw new InvalidOperationException("The builder has built a store and is frozen; make another builder for another chain.");
        }
    }
}
