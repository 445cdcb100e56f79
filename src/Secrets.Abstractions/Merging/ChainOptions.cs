using Secrets.Keys;

namespace Secrets.Merging;

/// <summary>What holds for a whole chain, frozen when it is built.</summary>
internal sealed class ChainOptions(KeyComparison comparison, SectionMerge sections, UndeclaredReads undeclaredReads, Pins pins)
{
    public ChainOptions(
        KeyComparison comparison, SectionMerge sections, UndeclaredReads undeclaredReads, IReadOnlyList<(SecretPath Path, string Source)> pins)
        : this(comparison, sections, undeclaredReads, new Pins(pins, KeyEquivalence.For(comparison)))
    {
    }

    public KeyComparison Comparison { get; } = comparison;

    public IEqualityComparer<string> Keys { get; } = KeyEquivalence.For(comparison);

    public SectionMerge Sections { get; } = sections;

    public UndeclaredReads UndeclaredReads { get; } = undeclaredReads;

    public Pins Pins { get; } = pins;

    /// <summary>Gives the same options with paths pinned to one more source.</summary>
    public ChainOptions WithPins(IReadOnlyList<SecretPath> pinned, string source) => new(Comparison, Sections, UndeclaredReads, Pins.With(pinned, source));
}
