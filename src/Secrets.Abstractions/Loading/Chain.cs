using Secrets.Merging;

namespace Secrets.Loading;

/// <summary>A builder's settings, frozen.</summary>
internal sealed class Chain(
    IReadOnlyList<ChainEntry> highestFirst,
    IReadOnlyList<Requirement> requirements,
    IReadOnlyList<Action<SecretsView>> bindingChecks,
    ChainOptions options,
    TimeProvider timeProvider)
{
    /// <summary>Gets the sources, highest first.</summary>
    public IReadOnlyList<ChainEntry> Entries { get; } = highestFirst;

    public IReadOnlyList<Requirement> Requirements { get; } = requirements;

    /// <summary>Gets the checks that the types which the program required can be bound.</summary>
    public IReadOnlyList<Action<SecretsView>> BindingChecks { get; } = bindingChecks;

    public ChainOptions Options { get; } = options;

    public TimeProvider TimeProvider { get; } = timeProvider;

    public IReadOnlyList<SecretPath> Declared => [.. Requirements.Select(r => r.Path)];
}
