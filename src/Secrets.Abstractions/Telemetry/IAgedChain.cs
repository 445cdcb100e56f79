namespace Secrets.Telemetry;

/// <summary>A chain whose sources grow old.</summary>
internal interface IAgedChain
{
    /// <summary>Gets the name of each source that was ever read, and the time since its last successful check began.</summary>
    IEnumerable<KeyValuePair<string, TimeSpan>> Ages { get; }
}
