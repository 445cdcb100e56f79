using System.Text;
using System.Text.Json.Nodes;

namespace Secrets.TestServers.Hosting;

/// <summary>What a server answers.</summary>
public sealed class ServerAnswer(int status, byte[] body, string contentType, params (string Name, string Value)[] headers)
{
    public int Status { get; } = status;

    public byte[] Body { get; } = body;

    public string ContentType { get; } = contentType;

    public IReadOnlyList<(string Name, string Value)> Headers { get; } = headers;

    public static ServerAnswer Json(int status, JsonNode body, string contentType = "application/json", params (string Name, string Value)[] headers) =>
        new(status, Encoding.UTF8.GetBytes(body.ToJsonString()), contentType, headers);

    public static ServerAnswer Text(int status, string body, string contentType = "text/plain", params (string Name, string Value)[] headers) =>
        new(status, Encoding.UTF8.GetBytes(body), contentType, headers);
}
