using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;

namespace Secrets.Hosting.Rotation;

/// <summary>
/// Sends the present token with each request. Where the server refuses it with 401, the secret is read again, and a request that can be sent twice is sent once more.
/// </summary>
internal sealed class BearerTokenHandler(SecretsStore store, string path) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        string token = store.GetString(path);
        HttpResponseMessage response = await SendAsync(request, token, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode != HttpStatusCode.Unauthorized
            || !await store.ReportRejectedAsync(path, token, cancellationToken).ConfigureAwait(false)
            || !CanBeSentAgain(request.Content))
        {
            return response;
        }

        response.Dispose();
        return await SendAsync(request, store.GetString(path), cancellationToken).ConfigureAwait(false);
    }

    private Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, string token, CancellationToken cancellationToken)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return base.SendAsync(request, cancellationToken);
    }

    // A stream was read by the first attempt.
    private static bool CanBeSentAgain(HttpContent? content) => content is null or ByteArrayContent or ReadOnlyMemoryContent or JsonContent;
}
