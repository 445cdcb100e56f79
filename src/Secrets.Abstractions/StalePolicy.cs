namespace Secrets;

/// <summary>What becomes of a source's values that could not be refreshed for longer than <see cref="SecretsSourceOptions.MaxStaleness"/>.</summary>
public enum StalePolicy
{
    /// <summary>They are served, and the source's status says that they are stale.</summary>
    Serve = 0,

    /// <summary>They become unreadable with <see cref="SecretsErrorCode.Unavailable"/>, until a refresh succeeds.</summary>
    Fail,
}
