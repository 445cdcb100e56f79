using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Secrets.TestServers.Hosting;

/// <summary>Gives answers that were captured from other servers, one for each call, instead of a network.</summary>
public sealed class CapturedAnswers : HttpMessageHandler
{
    private readonly Queue<HttpResponseMessage> _answers;

    /// <param name="names">Files, as in <c>aws/05-GetSecretValue-string</c>, in the order of the calls.</param>
    public CapturedAnswers(IEnumerable<string> names)
    {
        _answers = new Queue<HttpResponseMessage>(names.Select(name => Read(Encoding.Latin1.GetString(File.ReadAllBytes(Path.Combine(Folder!, name + ".response.http"))))));
    }

    /// <summary>Gets where the captures are, beside the repository, or <see langword="null"/> where they are not at hand.</summary>
    public static string? Folder { get; } = Find();

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        HttpResponseMessage answer = _answers.Dequeue();
        answer.RequestMessage = request;
        return Task.FromResult(answer);
    }

    protected override void Dispose(bool disposing)
    {
        while (_answers.TryDequeue(out HttpResponseMessage? answer))
        {
            answer.Dispose();
        }

        base.Dispose(disposing);
    }

    private static HttpResponseMessage Read(string text)
    {
        string[] parts = text.Split("\r\n\r\n", 2);
        string[] lines = parts[0].Split("\r\n");
        bool isChunked = lines.Contains("Transfer-Encoding: chunked", StringComparer.OrdinalIgnoreCase);
        var answer = new HttpResponseMessage((HttpStatusCode)int.Parse(lines[0].Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture))
        {
            Content = new ByteArrayContent(Encoding.Latin1.GetBytes(isChunked ? Joined(parts[1]) : parts[1])),
        };
        foreach (string[] header in lines.Skip(1).Select(l => l.Split(": ", 2)).Where(h => !h[0].StartsWith("Transfer-", StringComparison.OrdinalIgnoreCase)))
        {
            _ = answer.Headers.TryAddWithoutValidation(header[0], header[1]) || answer.Content.Headers.TryAddWithoutValidation(header[0], header[1]);
        }

        return answer;
    }

    // RFC 9112, section 7.1. The sizes are not to be believed: tokens were taken out of what was captured.
    private static string Joined(string chunks) => Regex.Replace(chunks, "(?:^|\r\n)[0-9a-f]+\r\n", "", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));

    private static string? Find()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Secrets.sln")))
        {
            folder = folder.Parent;
        }

        string? place = folder is null ? null : Path.Combine(folder.FullName, "..", "shared", "wire");
        return Directory.Exists(place) ? place : null;
    }
}
