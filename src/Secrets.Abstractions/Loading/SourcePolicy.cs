namespace Secrets.Loading;

/// <summary>A source's options, copied when it was added.</summary>
internal sealed class SourcePolicy
{
    private readonly HashSet<SecretsErrorCode>? _tolerated;

    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    /// <exception cref="SecretsSourceException">An option cannot work.</exception>
    public SourcePolicy(SecretsSourceOptions options)
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

        if (options.WhenStale is not (StalePolicy.Serve or StalePolicy.Fail) || options.Tolerated?.All(Enum.IsDefined) == false)
        {
            throw Invalid("WhenStale or a tolerated code of a source has a value that its enumeration does not define.");
        }

        Name = options.Name;
        LoadTimeLimit = options.LoadTimeLimit;

        // A source that enforces the limit says which call took so long, if it is given the time to.
        CallTimeLimit = options.EnforcesLoadTimeLimit ? options.LoadTimeLimit + Grace : options.LoadTimeLimit;
        IsExported = options.ExportToEnvironment;
        RefreshInterval = options.RefreshInterval;
        MaxStaleness = options.MaxStaleness;
        FailsWhenStale = options.WhenStale == StalePolicy.Fail;
        _tolerated = options.Tolerated?.ToHashSet();
    }

    public string? Name { get; }

    public bool IsExported { get; }

    public TimeSpan? RefreshInterval { get; }

    public TimeSpan? MaxStaleness { get; }

    public bool FailsWhenStale { get; }

    public TimeSpan LoadTimeLimit { get; }

    /// <summary>Gets how long the chain waits for one call of the source.</summary>
    public TimeSpan CallTimeLimit { get; }

    /// <summary>True where the first load may end in a failure of this code without failing the build.</summary>
    public bool Tolerates(SecretsErrorCode code) => _tolerated?.Contains(code) == true;

    private static SecretsSourceException Invalid(string message) => new(SecretsErrorCode.InvalidConfiguration, message);
}
