using System.Net;

namespace Secrets.Vault.Tests;

/// <summary>Sees each call by its path, and answers it instead of the server where the script gives a status and a body.</summary>
internal sealed class ScriptedAnswers(HttpMessageHandler server, Func<string, (int Status, string Body)?> script) : DelegatingHandler(server)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        script(request.RequestUri!.AbsolutePath) is var (status, body)
            ? new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body), RequestMessage = request }
            : await base.SendAsync(request, cancellationToken);
}
