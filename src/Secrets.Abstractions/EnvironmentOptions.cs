namespace Secrets;

/// <summary>How environment variables are read.</summary>
public sealed class EnvironmentOptions : SecretsSourceOptions
{
    /// <summary>Gets or sets what the names of the variables begin with.</summary>
    /// <value>
    /// Default <see langword="null"/>: variables answer by name and are never enumerated. With a prefix, all variables that begin with it, in the same
    /// case, are loaded, with the prefix cut off and <c>__</c> between the keys of a path. Keys that count from 0 (<c>APP_HOSTS__0</c>) make an array.
    /// </value>
    public string? Prefix { get; set; }

    /// <summary>Gets or sets a value indicating whether an empty variable counts as absent.</summary>
    /// <value>Default <see langword="true"/>.</value>
    public bool EmptyIsAbsent { get; set; } = true;

    /// <summary>Gets or sets the variables to read instead of the process's own.</summary>
    /// <value>Default <see langword="null"/>: a copy of the process environment, taken at each load, without what this library exported to it.</value>
    public IReadOnlyDictionary<string, string>? Variables { get; set; }
}
