using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;

namespace Secrets.Hosting.Rotation;

/// <summary>
/// Sends the present token with each request. Where the server refuses it with 401, the secret is read again, and a request that can be sent twice is sent once more.
/// </summary>
internal sealed class BearerTokenHandler(SecretsStore store, string path) : DelegatingHandler
{
    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // A synchronous caller gets the 401: reading the secret again would block it.
        Authorize(request, store.GetString(path));
        return base.Send(request, cancellationToken);
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        string token = store.GetString(path);
        Uri? target = request.RequestUri;
        Authorize(request, token);
        HttpResponseMessage response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);

        // A redirect has changed the request: the token is not for wherever it leads.
        if (response.StatusCode != HttpStatusCode.Unauthorized
            || request.RequestUri != target
            || !await HasNewTokenAsync(token, cancellationToken).ConfigureAwait(false)
            || !CanBeSentAgain(request.Content))
        {
            return response;
        }

        response.Dispose();
        Authorize(request, store.GetString(path));
        return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
    }

    private void Authorize(HttpRequestMessage request, string token) =>
        request.Headers.Authorization = IsToken(token) ? new AuthenticationHeaderValue("Bearer", token) : throw NoToken();

    // A header is one line of visible characters (RFC 9110, section 5.5). The client's own check says neither which secret it is nor where.
    private static bool IsToken(string text) => text.Length > 0 && text.All(c => c is > ' ' and <= '~');

    private SecretsFormatException NoToken()
    {
        SecretOrigin? origin = store.Explain(path).Origin;
        return new SecretsFormatException(
            $"{path} cannot be sent as a bearer token: it is not one line of ASCII letters, digits and signs. Look for a line end or a blank in it.",
            origin?.File ?? origin?.Location,
            origin?.Line ?? 0,
            origin?.Column ?? 0);
    }

    private async Task<bool> HasNewTokenAsync(string refused, CancellationToken cancellationToken)
    {
        try
        {
            return await store.ReportRejectedAsync(path, refused, cancellationToken).ConfigureAwait(false);
        }
        catch (ObjectDisposedException)
        {
            // The host has stopped: the caller gets the 401.
            return false;
        }
    }

    // A stream was read by the first attempt.
    private static bool CanBeSentAgain(HttpContent? content) => content is null or ByteArrayContent or ReadOnlyMemoryContent or JsonContent;
}
