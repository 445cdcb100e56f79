using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Secrets.Aws.Tests;

/// <summary>Answers calls with what a test gives for their operation and input, without a network.</summary>
internal sealed class ScriptedService(Func<string, JsonObject, (int Status, string Body)> answer) : HttpMessageHandler
{
    public List<string> Operations { get; } = [];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        string operation = request.Headers.GetValues("X-Amz-Target").Single().Split('.')[1];
        lock (Operations)
        {
            Operations.Add(operation);
        }

        var input = (JsonObject)JsonNode.Parse(await request.Content!.ReadAsStringAsync(cancellationToken))!;
        (int status, string body) = answer(operation, input);
        return new HttpResponseMessage((HttpStatusCode)status)
        {
            RequestMessage = request,
            Content = new StringContent(body, Encoding.UTF8, "application/x-amz-json-1.1"),
        };
    }
}
