using Secrets.Files;

namespace Secrets.Toml.Directories;

/// <summary>One load of one mounted directory.</summary>
internal sealed class DirectoryReader(
    string path, string displayName, DirectoryOptions options, SecretsRequest request, CancellationToken cancellationToken)
{
    // The kubelet replaces a volume once a minute or so: more than one time in a load is bad luck, more than a few is something else.
    private const int MaxTries = 10;

    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false };

    private readonly List<string> _warnings = [];

    // Where the directory really is: what links lead to must lie in it.
    private string _root = "";

    private int _count;

    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>Reads all that is in the directory; <see langword="null"/> where there is none.</summary>
    /// <exception cref="SecretsSourceException">The directory cannot be read, is none, holds too much, or changes all the time.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public IReadOnlyList<SecretEntry>? Read()
    {
        try
        {
            return Unchanged(path, displayName, (folder, version) => Keys(List(folder), displayName, version, isRoot: true))
                .ConvertAll(key => new SecretEntry(new SecretPath(key.Key), key.Value));
        }
        catch (Exception failure) when (DirectoryFailures.IsAbsence(failure))
        {
            if (File.Exists(Links.Follow(path) ?? path))
            {
                throw request.Failure(SecretsErrorCode.InvalidConfiguration, $"{displayName} is not a directory; AddToml reads a file.");
            }

            if (Links.IsLink(path))
            {
                _warnings.Add($"{displayName} is a link that leads to nothing.");
            }

            return null;
        }
        catch (UnauthorizedAccessException)
        {
            throw request.Failure(
                SecretsErrorCode.AccessDenied, $"{displayName} cannot be read: this process has no permission. Let its user list the directory.");
        }
        catch (IOException failure)
        {
            throw request.Failure(SecretsErrorCode.Unavailable, $"{displayName} cannot be read: the system reports error 0x{failure.HResult:X8}.");
        }
    }

    /// <summary>
    /// Runs something with the folder where the keys really are. Whoever publishes them makes a new folder and then moves a link to it, so that all keys
    /// are of one version as long as all are read from the same folder, and none is lost as long as the link did not move meanwhile.
    /// </summary>
    private T Unchanged<T>(string folder, string name, Func<string, string?, T> read)
    {
        (int warnings, int count) = (_warnings.Count, _count);
        (string target, string? version) = Target(folder, name);
        for (int tries = 1; ; tries++)
        {
            try
            {
                T result = read(target, version);
                WarnAboutFolder(folder, name, target);
                if (IsStill(target))
                {
                    return result;
                }
            }
            catch (IOException failure) when (version is not null && DirectoryFailures.IsAbsence(failure) && IsStill(target))
            {
                throw request.Failure(SecretsErrorCode.Unavailable, $"{Path.Combine(name, "..data")} leads to nothing.");
            }
            catch (IOException) when (!IsStill(target))
            {
                // It was replaced, and then removed while it was read.
            }

            if (tries == MaxTries)
            {
                throw request.Failure(SecretsErrorCode.Unavailable, $"{name} was replaced each of the {MaxTries} times that it was read.");
            }

            _warnings.RemoveRange(warnings, _warnings.Count - warnings);
            _count = count;
            (target, version) = Target(folder, name);
        }

        bool IsStill(string before) => string.Equals(Target(folder, name).Path, before, StringComparison.Ordinal);
    }

    private (string Path, string? Version) Target(string folder, string name)
    {
        // The root may be a link that is moved, too.
        _root = Links.Follow(path) ?? throw request.Circle(displayName);
        string data = Path.Combine(folder, "..data");
        bool isLinked = Links.IsLink(data);
        if (!isLinked && string.Equals(folder, path, StringComparison.Ordinal))
        {
            return (_root, null);
        }

        (string start, string called) = isLinked ? (data, Path.Combine(name, "..data")) : (folder, name);
        string target = Links.Follow(start) ?? throw request.Circle(called);
        return IsInside(target)
            ? (target, isLinked ? Path.GetFileName(target) : null)
            : throw request.Failure(SecretsErrorCode.InvalidConfiguration, $"{called} leads to a place that is not inside {displayName}.");
    }

    private List<KeyValuePair<string, SecretValue>> Keys(List<FileSystemInfo> items, string name, string? version, bool isRoot)
    {
        var keys = new List<KeyValuePair<string, SecretValue>>();
        foreach (FileSystemInfo item in items)
        {
            if (Value(item, Path.Combine(name, item.Name), version, isRoot) is { } value)
            {
                keys.Add(Directory.Exists(item.FullName) ? KeyValuePair.Create(item.Name, value) : FileKeys.Place(item.Name, value, options.NestKeys));
            }
        }

        return keys;
    }

    private List<FileSystemInfo> List(string folder)
    {
        var items = new List<FileSystemInfo>();
        foreach (FileSystemInfo item in new DirectoryInfo(folder).EnumerateFileSystemInfos("*", Everything))
        {
            if (item.Name.StartsWith('.'))
            {
                continue;
            }

            if (item.Name.Contains('\uFFFD', StringComparison.Ordinal))
            {
                _warnings.Add($"{displayName} has a file whose name is not UTF-8; it cannot be read.");
                continue;
            }

            if (++_count > options.MaxFiles)
            {
                throw request.Failure(
                    SecretsErrorCode.InvalidConfiguration,
                    $"{displayName} has more than the {options.MaxFiles} files and folders that MaxFiles allows; name a directory of secrets alone.");
            }

            items.Add(item);
        }

        // The system gives them in any order; equal keys are reported in this one.
        items.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
        return items;
    }

    private SecretValue? Value(FileSystemInfo item, string name, string? version, bool isRoot, string? note = null)
    {
        bool isFolder = item is DirectoryInfo;
        string place = item.FullName;
        bool isLink = item.LinkTarget is not null;
        if (isLink)
        {
            if (Links.Follow(place) is not { } target)
            {
                return request.Unreadable(request.Circle(name), name, version);
            }

            if (!IsInside(target))
            {
                return request.Unreadable(
                    SecretsErrorCode.InvalidConfiguration, $"it is a link to a place that is not inside {displayName}; put the file itself there.", name, version);
            }

            (place, isFolder) = (target, Directory.Exists(target));
        }

        if (!isFolder)
        {
            return new FileReader(options, request, _warnings, cancellationToken).Read(place, name, version, isLink, note);
        }

        if (isRoot)
        {
            return FolderValue(place, name, version);
        }

        _warnings.Add($"{name} is a folder in a folder, and is not read; one level of folders is.");
        return null;
    }

    private SecretValue? FolderValue(string folder, string name, string? around)
    {
        try
        {
            return Unchanged(folder, name, (target, own) =>
            {
                string? version = own ?? around;
                List<FileSystemInfo> items = List(target);
                if (items.Count == 1)
                {
                    return Value(items[0], Path.Combine(name, items[0].Name), version, isRoot: false, NoteOfAlone(name, items[0].Name));
                }

                // An empty folder is how Kubernetes mounts an optional secret that does not exist.
                List<KeyValuePair<string, SecretValue>> keys = Keys(items, name, version, isRoot: false);
                return keys.Count == 0 ? null : SecretValue.FromSection(keys, request.Origin(name, version));
            });
        }
        catch (Exception failure) when (DirectoryFailures.IsAbsence(failure))
        {
            return null;
        }
        catch (UnauthorizedAccessException)
        {
            return request.Unreadable(SecretsErrorCode.AccessDenied, "this process has no permission; let its user list the folder.", name);
        }
        catch (IOException failure)
        {
            return request.Unreadable(SecretsErrorCode.Unavailable, $"the system reports error 0x{failure.HResult:X8}.", name);
        }
        catch (SecretsSourceException failure) when (_count <= options.MaxFiles)
        {
            return request.Unreadable(failure, name);
        }
    }

    private void WarnAboutFolder(string folder, string name, string target)
    {
        // Kubernetes mounts volumes with mode 1777, where nobody can replace the link that another user made.
        bool isLinked = !string.Equals(folder, target, StringComparison.Ordinal);
        if (ForeignAccess.IsWritableByAll(target) || (isLinked && ForeignAccess.IsWritableByAll(folder) && !ForeignAccess.IsSticky(folder)))
        {
            _warnings.Add($"{name} is a directory that every user of this machine can write to, and so add secrets to it.");
        }
    }

    private static string NoteOfAlone(string folder, string file)
    {
        string key = Path.GetFileName(folder);
        return $"A folder with one file is one value, under the folder's name: read {key} itself. For a section, call the file {key}__{file} and put it beside the folder, "
            + "or put a second file into the folder.";
    }

    private bool IsInside(string place) => FilePaths.IsAbove(_root, place);
}
