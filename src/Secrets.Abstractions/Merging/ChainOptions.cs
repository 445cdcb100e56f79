using Secrets.Keys;

namespace Secrets.Merging;

/// <summary>What holds for a whole chain, frozen when it is built.</summary>
internal sealed class ChainOptions(
    KeyComparison comparison,
    SectionMerge sections,
    UndeclaredReads undeclaredReads,
    IReadOnlyList<(SecretPath Path, string Source)> pins)
{
    public KeyComparison Comparison { get; } = comparison;

    public IEqualityComparer<string> Keys { get; } = KeyEquivalence.For(comparison);

    public SectionMerge Sections { get; } = sections;

    public UndeclaredReads UndeclaredReads { get; } = undeclaredReads;

    public Pins Pins { get; } = new(pins, KeyEquivalence.For(comparison));
}
