using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Google.Apis.Auth.OAuth2;
using Secrets.Remote;
using Secrets.Remote.Http;

namespace Secrets.Gcp;

/// <summary>The read calls of Secret Manager, as the "Secret Manager API" REST reference, v1, has them.</summary>
internal sealed class GoogleSecretManagerClient : IGoogleSecretManagerApi, IDisposable
{
    private const string Scope = "https://www.googleapis.com/auth/cloud-platform";
    private const int PageSize = 250;

    private readonly HttpClient _http;
    private readonly Uri _project;
    private readonly TimeSpan _timeLimit;
    private readonly SharedSearch<ICredential> _credential;
    private readonly bool _isGiven;

    public GoogleSecretManagerClient(GoogleSecretManagerOptions options)
    {
        _http = new HttpClient(Transport.Create(options.CallTimeLimit, options.MaxAnswerBytes, TimeProvider.System)) { Timeout = Timeout.InfiniteTimeSpan };
        _project = new Uri(options.EndpointUrl, $"/v1/projects/{Uri.EscapeDataString(options.Project)}/");
        _timeLimit = options.CallTimeLimit;
        ICredential? given = options.Credential;
        _isGiven = given is not null;
        _credential = new SharedSearch<ICredential>(() => given is null ? FindAsync() : Task.FromResult(given));
    }

    public Task<GoogleSecretVersion> AccessSecretVersionAsync(string secretId, string version, CancellationToken cancellationToken) => GetAsync(
        $"secrets/{Uri.EscapeDataString(secretId)}/versions/{Uri.EscapeDataString(version)}:access",
        json =>
        {
            JsonElement payload = JsonAnswer.Member(json, "payload") ?? throw JsonAnswer.Malformed();
            return new GoogleSecretVersion
            {
                Name = JsonAnswer.Text(json, "name"),

                // An empty content is left out, as everything empty is in this mapping of JSON.
                Data = JsonAnswer.BytesOrNull(payload, "data") ?? [],
                DataCrc32C = JsonAnswer.TextOrNull(payload, "dataCrc32c") is { } text ? long.Parse(text, System.Globalization.CultureInfo.InvariantCulture) : null,
            };
        },
        cancellationToken);

    public Task<GoogleSecretVersionMetadata> GetSecretVersionAsync(string secretId, string version, CancellationToken cancellationToken) => GetAsync(
        $"secrets/{Uri.EscapeDataString(secretId)}/versions/{Uri.EscapeDataString(version)}",
        json => new GoogleSecretVersionMetadata
        {
            Name = JsonAnswer.Text(json, "name"),
            IsEnabled = string.Equals(JsonAnswer.TextOrNull(json, "state"), "ENABLED", StringComparison.Ordinal),
            CreateTime = JsonAnswer.Member(json, "createTime")?.GetDateTimeOffset() ?? throw JsonAnswer.Malformed(),
        },
        cancellationToken);

    public Task<GoogleSecretList> ListSecretsAsync(string filter, string? pageToken, CancellationToken cancellationToken) => GetAsync(
        FormattableString.Invariant($"secrets?pageSize={PageSize}")
            + (filter.Length == 0 ? "" : "&filter=" + Uri.EscapeDataString("name:" + filter))
            + (string.IsNullOrEmpty(pageToken) ? "" : "&pageToken=" + Uri.EscapeDataString(pageToken)),
        json => new GoogleSecretList
        {
            SecretIds = JsonAnswer.ListOrEmpty(json, "secrets", s => JsonAnswer.Text(s, "name").Split('/')[^1]),
            NextPageToken = JsonAnswer.TextOrNull(json, "nextPageToken"),
        },
        cancellationToken);

    public void Dispose() => _http.Dispose();

    private async Task<T> GetAsync<T>(string target, Func<JsonElement, T> read, CancellationToken cancellationToken)
    {
        var address = new Uri(_project, target);
        (ICredential credential, string token) = await TokenAsync(address, cancellationToken).ConfigureAwait(false);
        HttpResponseMessage answer = await SendAsync(address, token, cancellationToken).ConfigureAwait(false);
        if (answer.StatusCode == HttpStatusCode.Unauthorized)
        {
            // The library caches a token until its own end, also one that was revoked.
            await ForgetTokenAsync(credential, cancellationToken).ConfigureAwait(false);
            (_, string fresh) = await TokenAsync(address, cancellationToken).ConfigureAwait(false);
            if (!string.Equals(fresh, token, StringComparison.Ordinal))
            {
                answer.Dispose();
                answer = await SendAsync(address, fresh, cancellationToken).ConfigureAwait(false);
            }
        }

        using (answer)
        {
            byte[] body = await answer.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
            return answer.StatusCode == HttpStatusCode.OK
                ? JsonAnswer.Read(body, read)
                : throw new GoogleSecretManagerException((int)answer.StatusCode, StatusOf(body)) { RetryAfter = RetryHeaders.Read(answer.Headers, TimeProvider.System) };
        }
    }

    private async Task<HttpResponseMessage> SendAsync(Uri address, string token, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await _http.SendAsync(request, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Has the next call get another token: of a credential that was given by asking for one, of one that was found by another search.</summary>
    private async Task ForgetTokenAsync(ICredential credential, CancellationToken cancellationToken)
    {
        if ((credential as GoogleCredential)?.UnderlyingCredential is ServiceCredential service)
        {
            await LimitAsync(service.RequestAccessTokenAsync(cancellationToken), () => "no token could be had for the credentials", cancellationToken).ConfigureAwait(false);
        }
        else if (!_isGiven)
        {
            _credential.Forget(credential);
        }
    }

    // {"error":{"code":403,"message":"…","status":"PERMISSION_DENIED"}}
    private static string? StatusOf(byte[] body)
    {
        try
        {
            return VendorWord.Clean(JsonAnswer.Read(body, json => JsonAnswer.Member(json, "error") is { } error ? JsonAnswer.TextOrNull(error, "status") : null));
        }
        catch (MalformedAnswerException)
        {
            return null;
        }
    }

    // The vendor's search for credentials asks a metadata server without a limit of its own.
    private async Task<(ICredential Credential, string Token)> TokenAsync(Uri address, CancellationToken cancellationToken)
    {
        ICredential credential = await LimitAsync(_credential.FindAsync(), () => NoneFound(Environment.GetEnvironmentVariable("GOOGLE_APPLICATION_CREDENTIALS")), cancellationToken).ConfigureAwait(false);
        string token = await LimitAsync(
            credential.GetAccessTokenForRequestAsync(address.AbsoluteUri, cancellationToken), () => "no token could be had for the credentials", cancellationToken).ConfigureAwait(false);

        // It becomes a header, whose own check would quote it.
        return token is { Length: > 0 } && token.All(c => c is > ' ' and <= '~')
            ? (credential, token)
            : throw new GoogleCredentialException("the token of the credentials is not one line of letters, digits and signs");
    }

    private async Task<T> LimitAsync<T>(Task<T> search, Func<string> what, CancellationToken cancellationToken)
    {
        try
        {
            return await LeftBehind.AfterAsync(_timeLimit, search, TimeProvider.System, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw new GoogleCredentialException(FormattableString.Invariant($"{what()} within {_timeLimit.TotalSeconds} s (CallTimeLimit)"));
        }
        catch (Exception failure) when (failure is InvalidOperationException or HttpRequestException or IOException or Google.Apis.Auth.OAuth2.Responses.TokenResponseException)
        {
            throw new GoogleCredentialException(what());
        }
    }

    // What the library says of a file may quote it.
    internal static string NoneFound(string? file) => file is { Length: > 0 }
        ? $"there are no usable credentials in {file}, which GOOGLE_APPLICATION_CREDENTIALS names"
        : "no credentials were found (gcloud's file, the metadata server)";

    private static async Task<ICredential> FindAsync()
    {
        GoogleCredential found = await GoogleCredential.GetApplicationDefaultAsync(CancellationToken.None).ConfigureAwait(false);
        return found.IsCreateScopedRequired ? found.CreateScoped(Scope) : found;
    }
}
