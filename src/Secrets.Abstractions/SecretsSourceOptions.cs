namespace Secrets;

/// <summary>What every source has in a chain. The options of a source kind add its own to these.</summary>
public class SecretsSourceOptions
{
    /// <summary>Gets or sets the source's name in the chain.</summary>
    /// <value>Default <see langword="null"/>: <see cref="ISecretsSource.Name"/>, with <c>#2</c> for a second one of the kind.</value>
    public string? Name { get; set; }

    /// <summary>
    /// Gets or sets a value indicating whether root-level strings, integers and floats that this source won are exported to the process
    /// environment, so that <see cref="Environment.GetEnvironmentVariable(string)"/> gives what the view gives.
    /// Variables that steer the process (<c>PATH</c>, <c>LD_*</c>, <c>*_PROXY</c>, …) never are. Disposal puts the originals back.
    /// </summary>
    /// <value>Default <see langword="false"/>; the TOML source's is <see langword="true"/>.</value>
    public bool ExportToEnvironment { get; set; }
}
