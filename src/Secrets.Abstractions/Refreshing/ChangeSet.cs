using Secrets.Merging;

namespace Secrets.Refreshing;

/// <summary>Tells two snapshots apart, leaf by leaf.</summary>
internal static class ChangeSet
{
    /// <returns>The changes; <see langword="null"/> where there is none.</returns>
    public static SecretsChangedEventArgs? Between(Snapshot before, Snapshot after)
    {
        var added = new List<string>();
        var updated = new List<string>();
        foreach ((string path, SecretValue value) in Leaves(after))
        {
            if (!before.ByPath.TryGetValue(path, out SecretValue? old) || old.Kind == SecretKind.Section)
            {
                added.Add(path);
            }
            else if (!old.HasSameContent(value))
            {
                updated.Add(path);
            }
        }

        string[] removed = [.. Leaves(before).Select(l => l.Key).Where(p => !after.ByPath.TryGetValue(p, out SecretValue? now) || now.Kind == SecretKind.Section)];
        return added.Count + updated.Count + removed.Length == 0 ? null : new SecretsChangedEventArgs(added, updated, removed, after.Root.View);
    }

    private static IEnumerable<KeyValuePair<string, SecretValue>> Leaves(Snapshot snapshot) => snapshot.ByPath.Where(e => e.Value.Kind != SecretKind.Section);
}
