namespace Secrets.Files;

/// <summary>Symbolic links.</summary>
internal static class Links
{
    // path_resolution(7): as many as the kernel follows.
    private const int MaxLinks = 40;

    public static bool IsLink(string path) => new FileInfo(path).LinkTarget is not null;

    /// <summary>
    /// Gives where a full path leads once every link in it is followed, as realpath(3) does, but whether or not there is anything;
    /// <see langword="null"/> where the links lead in a circle.
    /// </summary>
    public static string? Follow(string path)
    {
        string place = Path.GetPathRoot(path)!;
        var rest = new Stack<string>();
        Push(path[place.Length..]);
        int links = 0;
        while (rest.TryPop(out string? segment))
        {
            string next = segment switch
            {
                "." => place,
                ".." => Path.GetDirectoryName(place) ?? place,
                _ => Path.Combine(place, segment),
            };
            if (segment is "." or ".." || new FileInfo(next).LinkTarget is not { } target)
            {
                place = next;
                continue;
            }

            if (++links > MaxLinks)
            {
                return null;
            }

            string root = Path.GetPathRoot(target)!;
            place = root.Length > 0 ? root : place;
            Push(target[root.Length..]);
        }

        return place;

        void Push(string segments)
        {
            string[] names = segments.Split([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries);
            for (int i = names.Length - 1; i >= 0; i--)
            {
                rest.Push(names[i]);
            }
        }
    }
}
