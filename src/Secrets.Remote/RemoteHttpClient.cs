using System.Diagnostics.CodeAnalysis;
using System.Net.Http.Headers;
using System.Text.Json;
using Secrets.Remote.Http;

namespace Secrets.Remote;

/// <summary>
/// Calls a store that speaks JSON over HTTP, within the limits of its options. It follows no redirect and keeps no cookie, since the credential would travel along. It checks
/// certificates, limits time and size of each answer, reads JSON to a depth of 64, sends nothing that is meant for this machine to a proxy, and puts nothing of an answer into an exception.
/// </summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "It lives as long as its store; idle connections close by themselves.")]
public sealed class RemoteHttpClient
{
    private readonly Lazy<HttpClient> _http;
    private readonly Func<JsonElement, string?>? _readErrorCode;
    private readonly TimeProvider _timeProvider;

    /// <summary>Creates a client. It checks and connects nothing before the first call.</summary>
    /// <param name="options">The limits, which are copied: <see cref="RemoteSourceOptions.CallTimeLimit"/> and <see cref="RemoteSourceOptions.MaxAnswerBytes"/>.</param>
    /// <param name="readErrorCode">Finds the store's own error code in the JSON of a failed call; what it throws counts as no code. <see langword="null"/> if errors have none.</param>
    /// <param name="handler">What makes connections, for tests; <see langword="null"/> for the network.</param>
    /// <param name="timeProvider">The clock of the time limit; <see langword="null"/> for the system's.</param>
    /// <exception cref="ArgumentException">The handler is one of the platform's that follows redirects, as its default is.</exception>
    public RemoteHttpClient(
        RemoteSourceOptions options, Func<JsonElement, string?>? readErrorCode = null, HttpMessageHandler? handler = null, TimeProvider? timeProvider = null)
    {
        _timeProvider = timeProvider ?? TimeProvider.System;
        ArgumentNullException.ThrowIfNull(options);
        _ = Checked(handler);
        (TimeSpan timeLimit, int maxBytes) = (options.CallTimeLimit, options.MaxAnswerBytes);
        _http = new Lazy<HttpClient>(() => new HttpClient(CreateHandler(timeLimit, maxBytes, handler, _timeProvider)) { Timeout = Timeout.InfiniteTimeSpan });
        _readErrorCode = readErrorCode;
    }

    /// <summary>Gets a value indicating whether requests may go over HTTP to other machines: the credential and the secrets then travel in the clear.</summary>
    /// <value>Default <see langword="false"/>: <see cref="SendAsync"/> refuses what <see cref="IsSafe"/> does.</value>
    public bool AllowInsecureHttp { get; init; }

    /// <summary>Creates the handler of this class for a client of the vendor's own, with the same limits and rules.</summary>
    /// <param name="options">The limits.</param>
    /// <param name="handler">What makes connections, for tests; <see langword="null"/> for the network.</param>
    /// <param name="timeProvider">The clock of the time limit; <see langword="null"/> for the system's.</param>
    /// <returns>The handler. Set <see cref="HttpClient.Timeout"/> to infinite, since the limit is in the handler.</returns>
    /// <exception cref="ArgumentException">The handler is one of the platform's that follows redirects, as its default is.</exception>
    public static HttpMessageHandler CreateHandler(RemoteSourceOptions options, HttpMessageHandler? handler = null, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        return CreateHandler(options.CallTimeLimit, options.MaxAnswerBytes, Checked(handler), timeProvider ?? TimeProvider.System);
    }

    /// <summary>Says whether a credential may be sent to an address: over HTTPS anywhere, over HTTP to this machine alone, and never to one with user info.</summary>
    /// <param name="address">The address.</param>
    /// <param name="allowInsecureHttp">Whether the program allows HTTP to other machines.</param>
    /// <returns><see langword="true"/> if it may.</returns>
    public static bool IsSafe(Uri address, bool allowInsecureHttp = false)
    {
        ArgumentNullException.ThrowIfNull(address);
        return Transport.IsSafe(address, allowInsecureHttp);
    }

    /// <summary>Creates the header of a bearer token (RFC 6750, section 2.1).</summary>
    /// <param name="token">The token.</param>
    /// <returns>The header <c>Authorization: Bearer …</c>.</returns>
    /// <remarks>A token that no header can hold makes the call fail with <see cref="SecretsErrorCode.AccessDenied"/>, without being quoted.</remarks>
    public static AuthenticationHeaderValue Bearer(string token)
    {
        ArgumentNullException.ThrowIfNull(token);
        return HeaderText.IsValid(token) ? new AuthenticationHeaderValue("Bearer", token) : throw new UnusableTokenException();
    }

    /// <summary>Sends a request and reads the JSON of its answer.</summary>
    /// <typeparam name="T">What is read.</typeparam>
    /// <param name="request">The request.</param>
    /// <param name="read">Reads the answer. If it finds a member missing or of another kind, the call fails with <see cref="SecretsErrorCode.InvalidFormat"/>.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>What was read.</returns>
    /// <exception cref="RemoteException">The address is not safe (<see cref="IsSafe"/>), and nothing was sent: <see cref="SecretsErrorCode.InvalidConfiguration"/>.</exception>
    /// <exception cref="RemoteHttpException">The status is not a success (2xx).</exception>
    /// <exception cref="HttpRequestException">There was no connection, or it broke.</exception>
    /// <exception cref="TimeoutException">The answer was not complete within <see cref="RemoteSourceOptions.CallTimeLimit"/>.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    /// <remarks><see cref="RemoteFailures"/> knows these exceptions, and those of an answer that is malformed or too large: a store lets them pass.</remarks>
    public async Task<T> SendAsync<T>(HttpRequestMessage request, Func<JsonElement, T> read, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(read);
        if (request.RequestUri is not { } address || !Transport.IsSafe(address, AllowInsecureHttp))
        {
            throw new RemoteException(new RemoteFailure(RemoteFailureKind.Store, SecretsErrorCode.InvalidConfiguration, "its address is not one with https and without user info")
            {
                Advice = "correct it; http is for this machine alone.",
            });
        }

        using HttpResponseMessage answer = await _http.Value.SendAsync(request, cancellationToken).ConfigureAwait(false);
        byte[] body = await answer.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        return answer.IsSuccessStatusCode
            ? JsonAnswer.Parse(body, read)
            : throw new RemoteHttpException((int)answer.StatusCode, ErrorCodeOf(body)) { RetryAfter = RetryHeaders.Read(answer.Headers, _timeProvider) };
    }

    private static HttpMessageHandler CreateHandler(TimeSpan timeLimit, int maxBytes, HttpMessageHandler? handler, TimeProvider timeProvider) => handler is null
        ? Transport.Create(timeLimit, maxBytes, timeProvider)
        : new BoundedHandler(handler, timeLimit, maxBytes, timeProvider);

    private static HttpMessageHandler? Checked(HttpMessageHandler? handler) => FollowsRedirects(handler)
        ? throw new ArgumentException("The handler follows redirects, and the credential would travel along: set AllowAutoRedirect to false.", nameof(handler))
        : handler;

    // The credential's header would travel along.
    private static bool FollowsRedirects(HttpMessageHandler? handler) => handler switch
    {
        DelegatingHandler outer => FollowsRedirects(outer.InnerHandler),
        SocketsHttpHandler sockets => sockets.AllowAutoRedirect,
        HttpClientHandler platform => platform.AllowAutoRedirect,
        _ => false,
    };

    private string? ErrorCodeOf(byte[] body)
    {
        try
        {
            return _readErrorCode is null ? null : JsonAnswer.Parse(body, _readErrorCode);
        }
        catch (Exception)
        {
            // The status says what happened, whatever stands in the body.
            return null;
        }
    }
}
