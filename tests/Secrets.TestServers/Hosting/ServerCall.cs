using System.Text;

namespace Secrets.TestServers.Hosting;

/// <summary>One request, as it came.</summary>
public sealed class ServerCall
{
    public required int Number { get; init; }

    /// <summary>Gets which connection it came by.</summary>
    public string Connection { get; init; } = "";

    /// <summary>Gets the thumbprint of the certificate that the client showed; <see langword="null"/> where it showed none.</summary>
    public string? ClientThumbprint { get; init; }

    public required string Method { get; init; }

    /// <summary>Gets path and query as they were sent, percent-encoding and all.</summary>
    public required string Target { get; init; }

    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    public required byte[] Body { get; init; }

    /// <summary>Gets what the server's documentation calls the call, as in <c>GetSecretValue</c>.</summary>
    public string Operation { get; internal set; } = "";

    public string Text => Encoding.UTF8.GetString(Body);

    public string Path => Target.Split('?')[0];

    /// <summary>Gets the parts of <see cref="Path"/>, without percent-encoding.</summary>
    public string[] Segments => [.. Path.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString)];

    /// <summary>Gets the parameters behind <see cref="Path"/>, without percent-encoding; of one that comes twice the first.</summary>
    public IReadOnlyDictionary<string, string> Query => Target.Split('?', 2) is [_, var query]
        ? query.Split('&').Select(p => p.Split('=', 2)).GroupBy(p => Uri.UnescapeDataString(p[0]), StringComparer.Ordinal)
            .ToDictionary(p => p.Key, p => Uri.UnescapeDataString(p.First().ElementAtOrDefault(1) ?? ""), StringComparer.Ordinal)
        : new Dictionary<string, string>(StringComparer.Ordinal);

    public string? Header(string name) => Headers.TryGetValue(name, out string? value) ? value : null;

    public override string ToString() => $"{Number} {Operation} {Method} {Path}";
}
