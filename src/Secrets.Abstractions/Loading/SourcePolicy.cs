namespace Secrets.Loading;

/// <summary>A source's options, copied when it was added.</summary>
internal sealed class SourcePolicy
{
    /// <exception cref="SecretsSourceException">An option cannot work.</exception>
    public SourcePolicy(SecretsSourceOptions options)
    {
        if (options.Name is not null && string.IsNullOrWhiteSpace(options.Name))
        {
            throw Invalid("The option Name of a source is empty; give it a name, or leave it null for the kind's own.");
        }

        if (options.RefreshInterval <= TimeSpan.Zero || options.MaxStaleness <= TimeSpan.Zero)
        {
            throw Invalid("RefreshInterval and MaxStaleness of a source are longer than zero, or null.");
        }

        if (!Enum.IsDefined(options.WhenStale) || options.Tolerated.Any(code => !Enum.IsDefined(code)))
        {
            throw Invalid("WhenStale or a tolerated code of a source has a value that its enumeration does not define.");
        }

        Name = options.Name;
        IsExported = options.ExportToEnvironment;
        RefreshInterval = options.RefreshInterval;
        MaxStaleness = options.MaxStaleness;
        FailsWhenStale = options.WhenStale == StalePolicy.Fail;
        Tolerated = options.Tolerated.ToHashSet();
    }

    public string? Name { get; }

    public bool IsExported { get; }

    public TimeSpan? RefreshInterval { get; }

    public TimeSpan? MaxStaleness { get; }

    public bool FailsWhenStale { get; }

    public IReadOnlySet<SecretsErrorCode> Tolerated { get; }

    private static SecretsSourceException Invalid(string message) => new(SecretsErrorCode.InvalidConfiguration, message);
}
