using Secrets.Merging;

namespace Secrets.Loading;

/// <summary>What one load of one source is to do.</summary>
internal sealed class LoadOrder
{
    public required int Rank { get; init; }

    /// <summary>Gets the source after its last load; <see langword="null"/> in the first load.</summary>
    public LoadedSource? Previous { get; init; }

    /// <summary>Gets the sources that were added before it, for one that is created from them.</summary>
    public required IReadOnlyList<LoadedSource> Earlier { get; init; }

    /// <summary>Gets the paths to ask for; <see langword="null"/> for everything.</summary>
    public IReadOnlyList<SecretDemand>? Demands { get; init; }

    /// <summary>Gets a value indicating whether the program asked for this load and relies on its result.</summary>
    public bool IsRequested { get; init; }

    /// <summary>Gets the paths whose values a server refused.</summary>
    public IReadOnlyList<SecretPath> Rejected { get; init; } = [];

    /// <summary>Gets a value indicating whether a cancelled load is abandoned at once, even if the source does not stop.</summary>
    public bool EndsAtCancellation { get; init; }
}
