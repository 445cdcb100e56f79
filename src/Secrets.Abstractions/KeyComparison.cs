namespace Secrets;

/// <summary>When two keys are one key. It holds everywhere: merging, reading, binding, requirements and pins.</summary>
public enum KeyComparison
{
    /// <summary>
    /// Case, <c>_</c> and <c>-</c> make no difference, so that <c>api_key</c>, <c>api-key</c>, <c>ApiKey</c> and <c>API_KEY</c> are one key.
    /// An exact spelling is found first.
    /// </summary>
    Equivalent = 0,

    /// <summary>Only the exact spelling counts, as in TOML itself.</summary>
    Ordinal,
}
