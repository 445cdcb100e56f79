using Secrets.Loading;

namespace Secrets;

/// <summary>One path that a source is asked for.</summary>
public sealed class SecretsDemand
{
    /// <summary>Makes a demand. The chain makes its own; this constructor lets a source be tried without one.</summary>
    /// <param name="path">The canonical path.</param>
    /// <param name="isRequired">Whether the program cannot start without it.</param>
    /// <param name="keyComparison">When two keys are one, on which the spellings depend.</param>
    public SecretsDemand(SecretPath path, bool isRequired = true, KeyComparison keyComparison = KeyComparison.Equivalent)
        : this(path, new Requirement(path ?? throw new ArgumentNullException(nameof(path)), isRequired).ToDemand(keyComparison).Spellings, isRequired)
    {
    }

    internal SecretsDemand(SecretPath path, IReadOnlyList<SecretPath> spellings, bool isRequired)
    {
        Path = path;
        Spellings = spellings;
        IsRequired = isRequired;
    }

    /// <summary>Gets the canonical path; what the source finds is returned under it, or under the store's own spelling.</summary>
    public SecretPath Path { get; }

    /// <summary>
    /// Gets the spellings that a source which cannot list tries, a round of calls for each, in this order: the canonical path, then its keys in
    /// snake_case (<c>api_key</c>), kebab-case (<c>api-key</c>), upper case (<c>API_KEY</c>), PascalCase (<c>ApiKey</c>) and camelCase (<c>apiKey</c>), then
    /// the names of the members that stand for it (<c>APIKey</c>), without repetitions. Under <see cref="KeyComparison.Ordinal"/> it is the canonical path alone.
    /// </summary>
    public IReadOnlyList<SecretPath> Spellings { get; }

    /// <summary>Gets a value indicating whether the program cannot start without it; an optional path rides along and never causes contact.</summary>
    public bool IsRequired { get; }

    /// <summary>Gives the canonical path.</summary>
    /// <returns>The path as text.</returns>
    public override string ToString() => Path.ToString();
}
