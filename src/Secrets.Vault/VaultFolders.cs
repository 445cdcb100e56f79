using Secrets.Remote.Calls;
using Secrets.Remote.Http;

namespace Secrets.Vault;

/// <summary>
/// Lists everything below a folder of the key/value engine, in the fewest calls that the server answers:
/// <list type="number">
/// <item>OpenBao gives all names in one call, for version 2 of the engine with their versions.</item>
/// <item>Where that answer is too large, takes too long or is refused, OpenBao gives the names and versions of each folder of version 2, of a large one in pages.</item>
/// <item>Vault, and a policy that permits neither of these: the names of each folder, without versions.</item>
/// </list>
/// </summary>
internal sealed class VaultFolders(VaultSession session, int maxAnswerBytes, RemoteCalls calls, Action<string> warn)
{
    private const int MaxDepth = 32;
    private const int MaxPageSize = 1000;

    // A secret with eighty versions.
    private const int BytesOfEntry = 8 * 1024;

    private readonly HashSet<string> _leftOut = new(StringComparer.Ordinal);

    /// <summary>Lists a folder and all below it.</summary>
    /// <param name="mount">The engine.</param>
    /// <param name="top">The folder, below the mount; empty for all of it.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    /// <returns>The secrets, by their paths below the mount.</returns>
    public async Task<IReadOnlyList<VaultListEntry>> ListAsync(VaultMount mount, string top, CancellationToken cancellationToken)
    {
        var secrets = new List<VaultListEntry>();
        string[] folders = [top];
        while (folders.Length > 0)
        {
            IReadOnlyList<VaultListEntry>[] lists = await ParallelWork.RunAsync(folders, (f, c) => ReadAsync(mount, f, c), cancellationToken).ConfigureAwait(false);
            VaultListEntry[] found =
            [
                .. folders.Zip(lists).SelectMany(pair => pair.Second.Where(e => HasName(mount.Path + pair.First, e)).Select(e => e with { Key = pair.First + e.Key })).DistinctBy(e => e.Key, StringComparer.Ordinal).Where(e => IsIncluded(mount, top, e.Key)),
            ];
            secrets.AddRange(found.Where(e => !e.IsFolder));
            folders = [.. found.Where(e => e.IsFolder).Select(e => e.Key)];
        }

        return secrets;
    }

    /// <summary>Lists a folder and all below it in one call.</summary>
    /// <param name="mount">The engine.</param>
    /// <param name="top">The folder, below the mount.</param>
    /// <param name="maxEntries">How many secrets are worth the call. Where there are more, the call is not made again within the hour.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The secrets, by their paths below the mount; <see langword="null"/> where the server or the policy does not permit it.</returns>
    public async Task<IReadOnlyList<VaultListEntry>?> ScanAsync(VaultMount mount, string top, int maxEntries, CancellationToken cancellationToken)
    {
        if (mount.Kind != VaultMountKind.KeyValue2)
        {
            // Version 1 has no versions to look at.
            return null;
        }

        var refused = new Dictionary<VaultListKind, bool>();
        IReadOnlyList<VaultListEntry>? all = await TryAsync(VaultListKind.Scan, mount, top, ScanOnceAsync, refused, cancellationToken).ConfigureAwait(false);
        if (all?.Count > maxEntries)
        {
            refused[VaultListKind.Scan] = false;
        }

        Remember(refused, mount.Path + top);
        return all?.Select(e => e with { Key = top + e.Key }).ToArray();
    }

    private async Task<IReadOnlyList<VaultListEntry>> ReadAsync(VaultMount mount, string folder, CancellationToken cancellationToken)
    {
        var refused = new Dictionary<VaultListKind, bool>();
        IReadOnlyList<VaultListEntry>? entries = await TryAsync(VaultListKind.Scan, mount, folder, ScanOnceAsync, refused, cancellationToken).ConfigureAwait(false);
        if (entries is null)
        {
            entries = await TryAsync(VaultListKind.Folder, mount, folder, ReadFolderAsync, refused, cancellationToken).ConfigureAwait(false)
                ?? await TryAsync(VaultListKind.Pages, mount, folder, ReadPagesAsync, refused, cancellationToken).ConfigureAwait(false);

            // Only the list without versions tells for sure that a folder is empty.
            entries = entries is { Count: > 0 }
                ? entries
                : [.. (await calls.CallAsync(c => session.Api.ListAsync(mount, folder, c), cancellationToken).ConfigureAwait(false)).Select(key => new VaultListEntry(key))];
        }

        // Only now: a server that answers none of them refused none of them.
        Remember(refused, mount.Path + folder);
        return entries;
    }

    private void Remember(Dictionary<VaultListKind, bool> refused, string folder)
    {
        foreach ((VaultListKind kind, bool isForAllBelow) in refused)
        {
            session.ListRefusals.Add(kind, folder, isForAllBelow);
        }
    }

    /// <summary>Makes the calls of a list, unless they were refused lately.</summary>
    /// <param name="kind">The list.</param>
    /// <param name="mount">The engine.</param>
    /// <param name="folder">The folder, below the mount.</param>
    /// <param name="read">Makes the calls.</param>
    /// <param name="refused">Takes what cannot be used, and whether that holds for all folders below.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    private async Task<IReadOnlyList<VaultListEntry>?> TryAsync(
        VaultListKind kind,
        VaultMount mount,
        string folder,
        Func<VaultClient, VaultMount, string, CancellationToken, Task<IReadOnlyList<VaultListEntry>?>> read,
        Dictionary<VaultListKind, bool> refused,
        CancellationToken cancellationToken)
    {
        if ((mount.Kind != VaultMountKind.KeyValue2 && kind != VaultListKind.Scan) || session.BuiltInClient is not { } client || refused.ContainsKey(kind) || session.ListRefusals.Contains(kind, mount.Path + folder))
        {
            return null;
        }

        try
        {
            return await read(client, mount, folder, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (IsTooMuch(failure))
        {
            refused[kind] = false;
            if (kind == VaultListKind.Scan && failure is not AnswerTooLargeException)
            {
                // What is slow in one answer is asked for in pages at once.
                refused[VaultListKind.Folder] = false;
            }
        }
        catch (Exception failure) when (failure is VaultException { HttpStatus: 400 or 403 or 404 or 405 or 501 } or MalformedAnswerException)
        {
            // A policy or an older OpenBao may refuse the scan alone.
            bool isAlone = kind == VaultListKind.Scan && failure is VaultException { HttpStatus: 403 or 405 };
            foreach (VaultListKind without in Enum.GetValues<VaultListKind>().Where(k => k == kind || (k > kind && !isAlone)))
            {
                refused[without] = true;
            }
        }

        return null;
    }

    private static bool IsTooMuch(Exception failure) => failure is AnswerTooLargeException or TimeoutException or VaultException { HttpStatus: 500 or 502 or 504 };

    private Task<IReadOnlyList<VaultListEntry>?> ScanOnceAsync(VaultClient client, VaultMount mount, string folder, CancellationToken cancellationToken) =>
        OnceAsync(c => client.ScanAsync(mount, folder, c), cancellationToken);

    private Task<IReadOnlyList<VaultListEntry>?> ReadFolderAsync(VaultClient client, VaultMount mount, string folder, CancellationToken cancellationToken) =>
        OnceAsync(c => client.ListDetailedAsync(mount, folder, c), cancellationToken);

    private async Task<IReadOnlyList<VaultListEntry>?> OnceAsync(Func<CancellationToken, Task<IReadOnlyList<VaultListEntry>>> list, CancellationToken cancellationToken)
    {
        IReadOnlyList<VaultListEntry>? entries = await calls.CallAsync(
            async c =>
            {
                try
                {
                    return await list(c).ConfigureAwait(false);
                }
                catch (TimeoutException)
                {
                    // A list of very many secrets takes long: that does not mean that the store is out, and another try would take as long.
                    return null;
                }
            },
            cancellationToken).ConfigureAwait(false);
        return entries ?? throw new TimeoutException();
    }

    private async Task<IReadOnlyList<VaultListEntry>?> ReadPagesAsync(VaultClient client, VaultMount mount, string folder, CancellationToken cancellationToken)
    {
        int limit = Math.Clamp(maxAnswerBytes / BytesOfEntry, 1, MaxPageSize);
        var entries = new List<VaultListEntry>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        IReadOnlyList<VaultListEntry> page;
        do
        {
            string after = entries.Count == 0 ? "" : entries[^1].Key;
            page = await calls.CallAsync(c => client.ListPageAsync(mount, folder, after, limit, c), cancellationToken).ConfigureAwait(false);
            VaultListEntry[] added = [.. page.Where(e => seen.Add(e.Key))];
            entries.AddRange(added);
            if (added.Length < page.Count)
            {
                // A server that does not know what "after" means would give the same page for ever.
                throw JsonAnswer.Malformed();
            }
        }
        while (page.Count > 0);

        // A page may be shorter than its limit and not the last: policies of OpenBao can take keys out of it.
        return entries;
    }

    // It would be the folder itself, and listed for ever.
    private bool HasName(string folder, VaultListEntry entry)
    {
        if (entry.Key.Length == 0 && _leftOut.Add(folder))
        {
            warn($"A secret without a name in {folder} is left out: {VaultPath.Explanation}.");
        }

        return entry.Key.Length > 0;
    }

    /// <summary>Says whether a key is read, and warns once of a folder that is left out.</summary>
    private bool IsIncluded(VaultMount mount, string top, string key)
    {
        string[] folders = key[top.Length..].Split('/')[..^1];
        int bad = Array.FindIndex(folders, f => !VaultPath.IsSegment(f));
        if (bad < 0 && folders.Length <= MaxDepth)
        {
            return true;
        }

        string left = mount.Path + top + string.Concat(folders.Take(bad < 0 ? MaxDepth + 1 : bad + 1).Select(f => f + "/"));
        if (_leftOut.Add(left))
        {
            warn(bad < 0
                ? FormattableString.Invariant($"{left} is left out: folders are read to a depth of {MaxDepth}.")
                : $"{left} is left out: {VaultPath.Explanation}.");
        }

        return false;
    }
}
