using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Secrets.Remote.Http;

namespace Secrets.Vault;

/// <summary>One call of Vault's API and its answer: what travels along, where to, and what a status means.</summary>
internal sealed class VaultHttp : IDisposable
{
    private readonly VaultConnections _connections;
    private readonly HttpMessageInvoker _http;
    private readonly TimeProvider _clock;
    private readonly Uri _address;

    public VaultHttp(VaultOptions options, TimeProvider timeProvider)
    {
        _connections = new VaultConnections(options, timeProvider);

        // A client of the platform would cut off, when it is disposed, what must come to its end.
        _http = new HttpMessageInvoker(_connections);
        _clock = timeProvider;
        _address = VaultAddress.BaseOf(options.Address);
        Options = options;
    }

    public VaultOptions Options { get; }

    /// <summary>Gets why changed certificates could not be used; <see langword="null"/> where nothing is wrong.</summary>
    public Exception? Trouble => _connections.Trouble;

    /// <param name="method">The method.</param>
    /// <param name="target">Path and query below <c>/v1/</c>, as they stand in a URL.</param>
    /// <param name="token">Who asks; <see langword="null"/> for nobody.</param>
    /// <param name="body">What is sent, or <see langword="null"/>.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The body of the answer, empty where there is none; <see langword="null"/> where the server says that there is nothing at this path.</returns>
    /// <exception cref="VaultException">The server answered with an error.</exception>
    /// <exception cref="VaultSetupException">The options or the variables are not right, or something else is at the address.</exception>
    /// <exception cref="VaultRedirectException">It led to where this program does not go.</exception>
    /// <exception cref="MalformedAnswerException">The answer is not one of Vault's.</exception>
    public async Task<byte[]?> SendAsync(HttpMethod method, string target, string? token, JsonObject? body, CancellationToken cancellationToken)
    {
        if (Options.Trouble is { } trouble)
        {
            throw new VaultSetupException(trouble, "correct the variables, or set the options in code.");
        }

        using HttpResponseMessage answer = await SendOnceAsync(method, new Uri(_address, target), token, body, cancellationToken).ConfigureAwait(false);
        byte[] content = await answer.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        return (int)answer.StatusCode switch
        {
            >= 200 and < 300 => content,
            404 when IsAbsence(content) => null,
            400 when VaultAddress.IsInTheClear(Options.Address) && !IsObject(content) => throw new VaultSetupException("the answer is not from Vault's API, as where a port expects TLS", "begin Address with https:// if the server has a certificate."),
            404 => throw NotFound(),
            int status => throw new VaultException(status) { RetryAfter = RetryHeaders.Read(answer.Headers, _clock) },
        };
    }

    /// <summary>Creates the failure of a path that is none of the API's. Where the address has a path of its own, that may be wrong.</summary>
    public VaultException NotFound() => new(404) { Doubt = _address.AbsolutePath is "/v1/" ? VaultDoubt.None : VaultDoubt.Address };

    public void Dispose() => _http.Dispose();

    // Nothing at a path: no error, or the metadata of a deleted version. An engine that is not mounted has an error; one that became another version of key/value has
    // neither, and a warning. A page of something else is malformed.
    private static bool IsAbsence(byte[] content) => JsonAnswer.Read(content, json =>
        JsonAnswer.Member(json, "errors") is { } errors ? errors.GetArrayLength() == 0 : JsonAnswer.Member(json, "data") is { ValueKind: JsonValueKind.Object });

    private async Task<HttpResponseMessage> SendOnceAsync(HttpMethod method, Uri address, string? token, JsonObject? body, CancellationToken cancellationToken)
    {
        HttpResponseMessage answer = await SendToAsync(method, address, token, body, cancellationToken).ConfigureAwait(false);
        if (!IsRedirect(answer))
        {
            return answer;
        }

        // A node that stands by leads to the active one: one step, with the token, and so only to where the options let it go.
        Uri? next = answer.StatusCode is HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect && answer.Headers.Location is { } location ? new Uri(address, location) : null;
        answer.Dispose();
        if (next is null || !Options.MayFollow(next))
        {
            throw new VaultRedirectException();
        }

        answer = await SendToAsync(method, next, token, body, cancellationToken).ConfigureAwait(false);
        if (IsRedirect(answer))
        {
            answer.Dispose();
            throw new VaultRedirectException();
        }

        return answer;
    }

    private static bool IsRedirect(HttpResponseMessage answer) => (int)answer.StatusCode is >= 300 and < 400;

    private async Task<HttpResponseMessage> SendToAsync(HttpMethod method, Uri address, string? token, JsonObject? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, address);
        request.Headers.Add("X-Vault-Request", "true");
        if (Options.Namespace is { } name)
        {
            request.Headers.Add("X-Vault-Namespace", name);
        }

        if (Options.TlsServerName is { } server && string.Equals(address.Host, Options.Address.Host, StringComparison.OrdinalIgnoreCase))
        {
            // The transport takes the name to check from here alone.
            request.Headers.Host = VaultAddress.HostInUrl(server);
        }

        if (token is not null)
        {
            request.Headers.Add("X-Vault-Token", token);
        }

        if (body is not null)
        {
            request.Content = new ByteArrayContent(JsonAnswer.Write(body));
            request.Content.Headers.ContentType = new("application/json");
        }

        return await _http.SendAsync(request, cancellationToken).ConfigureAwait(false);
    }

    private static bool IsObject(byte[] content)
    {
        try
        {
            return JsonAnswer.Read(content, _ => true);
        }
        catch (MalformedAnswerException)
        {
            return false;
        }
    }
}
