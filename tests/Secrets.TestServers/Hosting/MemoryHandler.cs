using System.Net;
using Secrets.TestServers.Faults;

namespace Secrets.TestServers.Hosting;

/// <summary>Answers requests without a network: a reset is a connection that is refused, silence is an attempt whose time is over.</summary>
internal sealed class MemoryHandler(Func<string, string, Dictionary<string, string>, byte[], (FaultKind? Fault, ServerAnswer? Answer)> handle) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        byte[] body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        var headers = request.Headers.ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase);
        (FaultKind? fault, ServerAnswer? answer) = handle(request.Method.Method, request.RequestUri!.PathAndQuery, headers, body);
        if (fault == FaultKind.Reset)
        {
            throw new HttpRequestException(HttpRequestError.ConnectionError);
        }

        if (answer is null)
        {
            throw new TimeoutException("The server is silent.");
        }

        var response = new HttpResponseMessage((HttpStatusCode)answer!.Status) { Content = new ByteArrayContent(answer.Body), RequestMessage = request };
        foreach ((string name, string value) in answer.Headers)
        {
            response.Headers.TryAddWithoutValidation(name, value);
        }

        return response;
    }
}
