namespace Secrets.TestServers.Gcp;

/// <summary>The filters of a list ("Filter lists of secrets and secret versions"), as far as they are about names: <c>name:a</c>, also several with <c>OR</c> or <c>AND</c>.</summary>
internal sealed class GcpFilter
{
    private readonly string[][] _alternatives;

    private GcpFilter(string[][] alternatives) => _alternatives = alternatives;

    /// <summary>Reads a filter; <see langword="null"/> for one that this server does not know.</summary>
    public static GcpFilter? Parse(string text)
    {
        string[][] alternatives = [.. text.Split(" OR ").Select(a => a.Split(" AND ").Select(t => t.Trim()).ToArray())];
        return text.Trim().Length == 0 ? new GcpFilter([[]])
            : alternatives.All(a => a.All(t => t.StartsWith("name:", StringComparison.Ordinal) && t.Length > "name:".Length && !t.Contains(' ', StringComparison.Ordinal)))
                ? new GcpFilter([.. alternatives.Select(a => a.Select(t => t["name:".Length..].Trim('"')).ToArray())])
                : null;
    }

    public bool Fits(string id) => _alternatives.Any(a => a.All(t => id.Contains(t, StringComparison.OrdinalIgnoreCase)));
}
