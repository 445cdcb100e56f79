namespace Secrets;

/// <summary>What every source has in a chain. The options of a source kind add its own to these.</summary>
public class SecretsSourceOptions
{
    private HashSet<SecretsErrorCode>? _tolerated;

    /// <summary>Gets or sets the source's name in the chain.</summary>
    /// <value>Default <see langword="null"/>: <see cref="ISecretsSource.Name"/>, with <c>#2</c> for a second one of the kind.</value>
    public string? Name { get; set; }

    /// <summary>
    /// Gets or sets a value indicating whether root-level strings, integers and floats that this source won are exported to the process
    /// environment, so that <see cref="Environment.GetEnvironmentVariable(string)"/> gives what the view gives.
    /// Variables that load code or redirect traffic (<c>PATH</c>, <c>LD_*</c>, <c>*_PROXY</c>, …) are never exported, and beyond 1,000 keys nothing is. Disposal puts the originals back.
    /// </summary>
    /// <value>Default <see langword="false"/>; the TOML source's is <see langword="true"/>.</value>
    public bool ExportToEnvironment { get; set; }

    /// <summary>Gets or sets how often the source is read again. Each wait is up to a tenth longer or shorter, so that many processes do not ask at once.</summary>
    /// <value>Default <see langword="null"/>: only when it is asked for, when the source's own batch says so, or when a watched store changes.</value>
    public TimeSpan? RefreshInterval { get; set; }

    /// <summary>Gets or sets how long values serve that could not be refreshed; the source is also read again up to a tenth before they reach this age.</summary>
    /// <value>Default <see langword="null"/>: without end.</value>
    public TimeSpan? MaxStaleness { get; set; }

    /// <summary>Gets or sets what becomes of values that are older than <see cref="MaxStaleness"/>.</summary>
    /// <value>Default <see cref="StalePolicy.Serve"/>.</value>
    public StalePolicy WhenStale { get; set; }

    /// <summary>
    /// Gets or sets how long one load may take. A load that takes longer fails with <see cref="SecretsErrorCode.Unavailable"/>, and its cancellation token is
    /// cancelled. A local source that blocks its thread can only be limited in <see cref="SecretsBuilder.BuildAsync"/> with a token, and in refreshes.
    /// </summary>
    /// <value>Greater than zero, at most one day. Default 60 seconds.</value>
    public TimeSpan LoadTimeLimit { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Gets or sets a value indicating whether the store need not exist when the chain is built: short for tolerating <see cref="SecretsErrorCode.NotFound"/>.</summary>
    /// <value>Default <see langword="false"/>.</value>
    public bool Optional
    {
        get => _tolerated?.Contains(SecretsErrorCode.NotFound) == true;
        set => _ = value ? (_tolerated ??= []).Add(SecretsErrorCode.NotFound) : _tolerated?.Remove(SecretsErrorCode.NotFound);
    }

    /// <summary>
    /// Gets a value indicating whether the source itself ends a load after <see cref="LoadTimeLimit"/> and says which call took so long. The chain then waits a second longer
    /// before it gives the load up.
    /// </summary>
    /// <value>Default <see langword="false"/>; a remote source's is <see langword="true"/>.</value>
    protected internal virtual bool EnforcesLoadTimeLimit => false;

    /// <summary>Gets the failures that are tolerated; <see langword="null"/> for none.</summary>
    internal IReadOnlySet<SecretsErrorCode>? Tolerated => _tolerated;

    /// <summary>
    /// Names the failures that the first load of this source may end in without failing the build. The source then supplies nothing, its status says
    /// so, and it is tried again until it succeeds.
    /// </summary>
    /// <param name="codes">The codes.</param>
    /// <returns>These options.</returns>
    public SecretsSourceOptions Tolerate(params SecretsErrorCode[] codes)
    {
        ArgumentNullException.ThrowIfNull(codes);
        (_tolerated ??= []).UnionWith(codes);
        return this;
    }
}
