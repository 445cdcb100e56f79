using Secrets.Keys;

namespace Secrets.Testing.Conformance;

/// <summary>What one load gave, by path.</summary>
internal sealed class Loaded(ISecretsSource source, SecretsBatch batch)
{
    public static PathComparer Paths { get; } = new(KeyEquivalence.For(KeyComparison.Equivalent));

    public SecretsBatch Batch { get; } = batch;

    /// <summary>Gets all leaves, the higher ones first.</summary>
    public IReadOnlyList<SecretEntry> Leaves { get; } = [.. Layers(batch).SelectMany(layer => layer.Entries).SelectMany(e => LeavesOf(e.Path, e.Value))];

    public SecretValue? Find(SecretPath path) =>
        (source as ISecretsLookup)?.Find(path, Batch, isElsewhere: false) ?? Leaves.FirstOrDefault(l => Paths.Equals(l.Path, path))?.Value;

    private static IEnumerable<SecretsBatch> Layers(SecretsBatch batch)
    {
        for (SecretsBatch? layer = batch; layer is not null; layer = layer.Lower)
        {
            yield return layer;
        }
    }

    private static IEnumerable<SecretEntry> LeavesOf(SecretPath path, SecretValue value) => value.Kind == SecretKind.Section
        ? value.AsSection().SelectMany(child => LeavesOf(path.Append(child.Key), child.Value))
        : [new SecretEntry(path, value)];
}
