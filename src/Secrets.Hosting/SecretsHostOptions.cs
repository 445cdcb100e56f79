namespace Secrets.Hosting;

/// <summary>How a host uses the chain.</summary>
public sealed class SecretsHostOptions
{
    /// <summary>Gets or sets where the secrets stand among the providers of <c>IConfiguration</c>.</summary>
    /// <value>Default <see cref="Hosting.ConfigurationPlace.Last"/>.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not one of the enumeration's.</exception>
    public ConfigurationPlace ConfigurationPlace
    {
        get;
        set => field = Enum.IsDefined(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "Set it to Last or BelowEnvironment.");
    }

    /// <summary>
    /// Gets the paths that <c>IConfiguration</c> shows, each with what is below it. Values are plain text there, because <c>IConfiguration</c> knows nothing else.
    /// </summary>
    /// <value>Default empty: everything is shown. To show nothing, set <see cref="IsInConfiguration"/> to <see langword="false"/>.</value>
    public IList<string> ExposedPaths { get; } = [];

    /// <summary>Gets or sets a value indicating whether the secrets can be read through <c>IConfiguration</c>.</summary>
    /// <value>Default <see langword="true"/>.</value>
    public bool IsInConfiguration { get; set; } = true;

    /// <summary>Gets or sets the key under which the store is registered, for a host with several stores: <c>[FromKeyedServices("billing")] SecretsStore store</c>.</summary>
    /// <value>Default <see langword="null"/>: the store is registered without a key. A host has one such store.</value>
    public object? ServiceKey { get; set; }
}
