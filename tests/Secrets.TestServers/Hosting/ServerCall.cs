using System.Text;

namespace Secrets.TestServers.Hosting;

/// <summary>One request, as it came.</summary>
public sealed class ServerCall
{
    public required int Number { get; init; }

    /// <summary>Gets which connection it came by.</summary>
    public string Connection { get; init; } = "";

    public required string Method { get; init; }

    /// <summary>Gets path and query as they were sent, percent-encoding and all.</summary>
    public required string Target { get; init; }

    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    public required byte[] Body { get; init; }

    /// <summary>Gets what the server's documentation calls the call, as in <c>GetSecretValue</c>.</summary>
    public string Operation { get; internal set; } = "";

    public string Text => Encoding.UTF8.GetString(Body);

    public string Path => Target.Split('?')[0];

    public string? Header(string name) => Headers.TryGetValue(name, out string? value) ? value : null;

    public override string ToString() => $"{Number} {Operation} {Method} {Path}";
}
