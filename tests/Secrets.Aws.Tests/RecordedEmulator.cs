using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Secrets.TestServers.Hosting;

namespace Secrets.Aws.Tests;

/// <summary>Gives the answers that an emulator was recorded with, each to its own request, whatever the order of members and names.</summary>
internal sealed class RecordedEmulator : HttpMessageHandler
{
    private readonly Dictionary<string, string> _answers = new(StringComparer.Ordinal);

    /// <param name="name">The file, as in <c>moto</c>.</param>
    public RecordedEmulator(string name)
    {
        string[] records = File.ReadAllText(Path.Combine(CapturedAnswers.Folder!, "aws-others", name + ".txt")).Split("=== ", StringSplitOptions.RemoveEmptyEntries);
        foreach (string[] record in records.Select(r => r.Split("--- answer\n")))
        {
            string operation = record[0].Split('\n').Single(l => l.StartsWith("X-Amz-Target: ", StringComparison.Ordinal)).Split('.')[1];
            string body = record[0].Split('\n').Last(l => l.StartsWith('{'));
            _answers.TryAdd(Key(operation, body), record[1]);
        }
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        string key = Key(request.Headers.GetValues("X-Amz-Target").Single().Split('.')[1], await request.Content!.ReadAsStringAsync(cancellationToken));
        string[] parts = _answers.GetValueOrDefault(key, "HTTP/1.1 500 Not Recorded\n\n{}").Split("\n\n", 2);
        string[] lines = parts[0].Split('\n');
        var response = new HttpResponseMessage((HttpStatusCode)int.Parse(lines[0].Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture))
        {
            RequestMessage = request,
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(parts[1].TrimEnd())),
        };
        foreach (string[] header in lines.Skip(1).Select(l => l.Split(": ", 2)))
        {
            _ = response.Headers.TryAddWithoutValidation(header[0], header[1]) || response.Content.Headers.TryAddWithoutValidation(header[0], header[1]);
        }

        return response;
    }

    // The order of names is the client's own, and so is whether it says how many it wants.
    private static string Key(string operation, string body) => operation + " " + string.Join(' ', ((JsonObject)JsonNode.Parse(body)!)
        .Where(m => m.Key != "MaxResults")
        .OrderBy(m => m.Key, StringComparer.Ordinal)
        .Select(m => $"{m.Key}={(m.Value is JsonArray list ? string.Join(',', list.Select(i => i!.ToJsonString()).Order(StringComparer.Ordinal)) : m.Value!.ToJsonString())}"));
}
