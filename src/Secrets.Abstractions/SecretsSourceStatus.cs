using System.Globalization;
using Secrets.Merging;

namespace Secrets;

/// <summary>What became of one source of a chain.</summary>
public sealed class SecretsSourceStatus
{
    internal SecretsSourceStatus(LoadedSource source)
    {
        Name = source.Name;
        IsRemote = source.IsRemote;
        State = source.Batch switch
        {
            null => SecretsSourceState.NotAsked,
            { IsMissing: true } => SecretsSourceState.Missing,
            _ => SecretsSourceState.Loaded,
        };
        Places = source.Batch?.Places ?? [];
        Count = source.Layers.Sum(CountLeaves);
    }

    /// <summary>Gets the source's name in the chain.</summary>
    public string Name { get; }

    /// <summary>Gets a value indicating whether the source is behind a network.</summary>
    public bool IsRemote { get; }

    /// <summary>Gets what became of it.</summary>
    public SecretsSourceState State { get; }

    /// <summary>Gets the places where it looked, in its own notation.</summary>
    public IReadOnlyList<string> Places { get; }

    /// <summary>Gets the number of leaves that it gave, whether or not a higher source shadows them. One that is never enumerated has 0.</summary>
    public int Count { get; }

    /// <summary>Gives one line.</summary>
    /// <returns>As in <c>toml: Loaded, 7 secrets (.secrets/secrets.toml)</c>.</returns>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Name}: {State}, {Count} secret{(Count == 1 ? "" : "s")}{(Places.Count == 0 ? "" : $" ({string.Join(", ", Places)})")}");

    private static int CountLeaves(LayerNode node) => node.Children is null ? 1 : node.Children.Sum(c => CountLeaves(c.Value));
}
