using Secrets.Merging;

namespace Secrets.Loading;

/// <summary>One place in a chain: a source, or the recipe of one that is made from what others gave.</summary>
internal sealed class ChainEntry(string name, int position, ISecretsSource? source, Func<SecretsView, ISecretsSource>? factory, SourcePolicy policy)
{
    private int _abandonedLoads;

    /// <summary>Gets the source's name in the chain.</summary>
    public string Name { get; } = name;

    /// <summary>Gets the order in which it was added.</summary>
    public int Position { get; } = position;

    public ISecretsSource? Source { get; } = source;

    public Func<SecretsView, ISecretsSource>? Factory { get; } = factory;

    public SourcePolicy Policy { get; } = policy;

    /// <summary>Gets the number of loads that were given up and still run.</summary>
    public int AbandonedLoads => Volatile.Read(ref _abandonedLoads);

    /// <summary>Gets a value indicating whether the source is read whole, before all remote ones. One that is created from others counts as remote.</summary>
    public bool IsLocal => Source is not null and not ISecretsRemoteSource;

    /// <summary>Gives the source as it is without a load, because higher sources supply all that is required.</summary>
    /// <param name="rank">Its place in the order of precedence.</param>
    /// <param name="previous">The source as it was, for one that is created from others.</param>
    public LoadedSource NotAsked(int rank, LoadedSource? previous = null) =>
        new(Name, rank, Source ?? previous?.Source) { Demands = [], CreatedFrom = previous?.CreatedFrom, IsExported = Policy.IsExported };

    /// <summary>Notes that a load was given up, or that such a load has ended.</summary>
    public void CountAbandoned(int change) => Interlocked.Add(ref _abandonedLoads, change);
}
