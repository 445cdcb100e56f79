namespace Secrets.EnvironmentVariables;

/// <summary>Which variables stand for a path, in order: the exact name, then the keys joined by <c>__</c>, then by <c>_</c>, each in upper case and as written.</summary>
internal static class EnvironmentNames
{
    public static IReadOnlyList<string> Of(IReadOnlyList<string> segments)
    {
        if (segments.Count == 1)
        {
            // A one-word key is not looked up in upper case: "user" and "path" are not USER and PATH, which every process has.
            return segments[0].AsSpan().ContainsAny('_', '-') ? Distinct(segments[0], Upper(segments[0])) : [segments[0]];
        }

        string nested = string.Join("__", segments), flat = string.Join('_', segments);
        return Distinct(string.Join('.', segments), Upper(nested), nested, Upper(flat), flat);
    }

    private static string Upper(string name) => name.Replace('-', '_').ToUpperInvariant();

    private static string[] Distinct(params ReadOnlySpan<string> names)
    {
        var distinct = new List<string>(names.Length);
        foreach (string name in names)
        {
            if (!distinct.Contains(name))
            {
                distinct.Add(name);
            }
        }

        return [.. distinct];
    }
}
