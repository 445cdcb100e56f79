using Secrets.Keys;

namespace Secrets.Merging;

/// <summary>What merging and reading follow in a whole chain, frozen when it is built.</summary>
internal sealed record MergeOptions
{
    public KeyComparison Comparison { get; init; }

    /// <summary>Gets how keys compare.</summary>
    public IEqualityComparer<string> Keys => KeyEquivalence.For(Comparison);

    public SectionMerge Sections { get; init; }

    public UndeclaredReads UndeclaredReads { get; init; }

    public Pins Pins { get; init; } = Pins.None;

    /// <summary>Gets the paths that the program declared.</summary>
    public DeclaredPaths Declared { get; init; } = DeclaredPaths.None;

    public override string ToString() => nameof(MergeOptions);
}
