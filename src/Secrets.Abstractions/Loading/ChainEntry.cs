namespace Secrets.Loading;

/// <summary>One place in a chain: a source, or the recipe of one that is made from what others gave.</summary>
internal sealed class ChainEntry(string name, int position, ISecretsSource? source, Func<SecretsView, ISecretsSource>? factory, SourcePolicy policy)
{
    /// <summary>Gets the source's name in the chain.</summary>
    public string Name { get; } = name;

    /// <summary>Gets the order in which it was added.</summary>
    public int Position { get; } = position;

    public ISecretsSource? Source { get; } = source;

    public Func<SecretsView, ISecretsSource>? Factory { get; } = factory;

    public SourcePolicy Policy { get; } = policy;

    /// <summary>Gets a value indicating whether the source is read whole, before all remote ones. One that is created from others counts as remote.</summary>
    public bool IsLocal => Source is not null and not ISecretsRemoteSource;
}
