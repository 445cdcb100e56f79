using Secrets.Merging;

namespace Secrets.Refreshing;

/// <summary>Receives the results of refreshes: the store serves and reports them.</summary>
internal interface IServedChain
{
    /// <summary>Serves what the sources gave.</summary>
    /// <param name="loaded">The sources, in the order of precedence.</param>
    /// <param name="failing">The names of those whose values are too old to be served.</param>
    void Publish(IReadOnlyList<LoadedSource> loaded, IReadOnlySet<string> failing);

    /// <summary>True where the last value of something required is served as this source's, because it is gone everywhere.</summary>
    bool HoldsRequired(int rank);

    /// <summary>Reports the new state of a source.</summary>
    void OnServed(SourceSlot before, SourceSlot after);

    /// <summary>Reports that a change signal failed, or with <see langword="null"/> that it works again.</summary>
    void OnWatch(string sourceName, Exception? failure);
}
