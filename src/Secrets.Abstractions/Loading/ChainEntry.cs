using Secrets.Merging;

namespace Secrets.Loading;

/// <summary>One place in a chain: a source, or the function that creates one from what others gave, with a copy of the options that it was added with.</summary>
internal sealed record ChainEntry
{
    // A source that enforces the limit says which call took so long, if it is given the time to.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);
    private readonly HashSet<SecretsErrorCode>? _tolerated;

    // Copies share it: each attempt of a build makes one of the same source.
    private readonly int[] _abandonedLoads = new int[1];

    /// <param name="kind">The name, unless the options give another.</param>
    /// <param name="options">What every source has.</param>
    /// <param name="source">The source; <see langword="null"/> where a function creates it.</param>
    /// <param name="factory">Creates the source.</param>
    /// <exception cref="SecretsSourceException">An option is invalid: <see cref="SecretsErrorCode.InvalidConfiguration"/>.</exception>
    public ChainEntry(string kind, SecretsSourceOptions options, ISecretsSource? source, Func<SecretsView, ISecretsSource>? factory = null)
    {
        ThrowIfInvalid(options);
        Kind = kind;
        OwnName = options.Name;
        Name = options.Name ?? kind;
        Source = source;
        Factory = factory;
        LoadTimeLimit = options.LoadTimeLimit;
        CallTimeLimit = options.EnforcesLoadTimeLimit ? options.LoadTimeLimit + Grace : options.LoadTimeLimit;
        IsExported = options.ExportToEnvironment;
        RefreshInterval = options.RefreshInterval;
        MaxStaleness = options.MaxStaleness;
        FailsWhenStale = options.WhenStale == StalePolicy.Fail;
        _tolerated = options.Tolerated is { } tolerated ? CopyOf(tolerated) : null;
    }

    /// <summary>Gets the name that the source has where its options give none and no other source has it.</summary>
    public string Kind { get; }

    /// <summary>Gets the name that the options give.</summary>
    public string? OwnName { get; }

    /// <summary>Gets the source's name in the chain.</summary>
    public string Name { get; init; }

    /// <summary>Gets the order in which it was added.</summary>
    public int Position { get; init; }

    public ISecretsSource? Source { get; init; }

    public Func<SecretsView, ISecretsSource>? Factory { get; init; }

    public bool IsExported { get; }

    public TimeSpan? RefreshInterval { get; }

    public TimeSpan? MaxStaleness { get; }

    public bool FailsWhenStale { get; }

    public TimeSpan LoadTimeLimit { get; }

    /// <summary>Gets how long the chain waits for one call of the source.</summary>
    public TimeSpan CallTimeLimit { get; }

    /// <summary>Gets the number of loads that were abandoned and still run.</summary>
    public int AbandonedLoads => Volatile.Read(ref _abandonedLoads[0]);

    /// <summary>Gets a value indicating whether the source is read whole, before all remote ones. One that is created from others counts as remote.</summary>
    public bool IsLocal => Source is not null and not ISecretsRemoteSource;

    /// <summary>True where the first load may end in a failure of this code without failing the build.</summary>
    public bool Tolerates(SecretsErrorCode code) => _tolerated?.Contains(code) == true;

    /// <summary>Gives the source as it is without a load, because higher sources supply all that is required.</summary>
    /// <param name="rank">Its place in the order of precedence.</param>
    /// <param name="previous">The source as it was, for one that is created from others.</param>
    public LoadedSource NotAsked(int rank, LoadedSource? previous = null) =>
        new(Name, rank, Source ?? previous?.Source) { Demands = [], CreatedFrom = previous?.CreatedFrom, IsExported = IsExported };

    /// <summary>Counts a load that was abandoned, or one of those that has ended.</summary>
    public void CountAbandoned(int change) => Interlocked.Add(ref _abandonedLoads[0], change);

    /// <summary>Gives the name alone: a record's own text would hold all its options.</summary>
    public override string ToString() => Name;

    private static void ThrowIfInvalid(SecretsSourceOptions options)
    {
        if (options.Name is not null && string.IsNullOrWhiteSpace(options.Name))
        {
            throw Invalid("Invalid source options: Name is empty; set a name, or leave it null to use the kind's own.");
        }

        if (options.RefreshInterval <= TimeSpan.Zero || options.MaxStaleness <= TimeSpan.Zero)
        {
            throw Invalid("Invalid source options: RefreshInterval and MaxStaleness must be greater than zero, or null.");
        }

        if (options.LoadTimeLimit <= TimeSpan.Zero || options.LoadTimeLimit > TimeSpan.FromDays(1))
        {
            throw Invalid("Invalid source options: LoadTimeLimit must be greater than zero and at most one day.");
        }

        if (options.WhenStale is not (StalePolicy.Serve or StalePolicy.Fail) || (options.Tolerated is { } tolerated && !AreDefined(tolerated)))
        {
            throw Invalid("Invalid source options: WhenStale and the tolerated codes must be defined values.");
        }
    }

    private static bool AreDefined(IReadOnlySet<SecretsErrorCode> codes) => codes.All(Enum.IsDefined);

    private static HashSet<SecretsErrorCode> CopyOf(IReadOnlySet<SecretsErrorCode> codes) => codes.ToHashSet();

    private static SecretsSourceException Invalid(string message) => new(SecretsErrorCode.InvalidConfiguration, message);
}
