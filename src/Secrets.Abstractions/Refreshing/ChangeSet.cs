using Secrets.Merging;

namespace Secrets.Refreshing;

/// <summary>
/// Compares two snapshots leaf by leaf. Another spelling of a key is the same leaf. A leaf that cannot be read is neither added nor removed: it is not known
/// whether it exists, and it could not be read before or afterwards.
/// </summary>
internal static class ChangeSet
{
    /// <returns>The changes; <see langword="null"/> where there is none.</returns>
    public static SecretsChangedEventArgs? Between(Snapshot before, Snapshot after)
    {
        var added = new List<SecretPath>();
        var updated = new List<SecretPath>();
        foreach ((string path, SecretValue value) in Leaves(after))
        {
            if (LeafAt(before, path) is not { } old)
            {
                if (value.Kind == SecretKind.Unreadable)
                {
                    continue;
                }

                added.Add(SecretPath.Parse(path));
            }
            else if (!old.HasSameContent(value))
            {
                updated.Add(SecretPath.Parse(path));
            }
        }

        SecretPath[] removed = [.. Leaves(before).Where(l => l.Value.Kind != SecretKind.Unreadable).Select(l => l.Key).Where(p => LeafAt(after, p) is null).Select(SecretPath.Parse)];
        return added.Count + updated.Count + removed.Length == 0
            ? null
            : new SecretsChangedEventArgs(added, updated, removed, before.Root.View, after.Root.View);
    }

    /// <summary>Gives the paths of a snapshot's leaves.</summary>
    public static IEnumerable<SecretPath> PathsOf(Snapshot snapshot) => Leaves(snapshot).Select(l => SecretPath.Parse(l.Key));

    private static IEnumerable<KeyValuePair<string, SecretValue>> Leaves(Snapshot snapshot) => snapshot.ByPath.Where(e => e.Value.Kind != SecretKind.Section);

    private static SecretValue? LeafAt(Snapshot snapshot, string path)
    {
        SecretValue? value = snapshot.ByPath.GetValueOrDefault(path) ?? snapshot.Root.FindListed(SecretPath.Parse(path).Segments);
        return value is { Kind: SecretKind.Section } ? null : value;
    }
}
