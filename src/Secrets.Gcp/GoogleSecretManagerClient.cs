using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Google.Apis.Auth.OAuth2;
using Google.Apis.Auth.OAuth2.Responses;
using Secrets.Remote;
using Secrets.Remote.Credentials;
using Secrets.Remote.Http;

namespace Secrets.Gcp;

/// <summary>The read calls of Secret Manager, as the "Secret Manager API" REST reference, v1, has them.</summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "It lives as long as its source; idle connections close by themselves.")]
internal sealed class GoogleSecretManagerClient : IGoogleSecretManagerApi
{
    private const string Scope = "https://www.googleapis.com/auth/cloud-platform";
    private const int PageSize = 250;

    private readonly HttpClient _http;
    private readonly Uri _parent;
    private readonly TimeSpan _timeLimit;
    private readonly SharedSearch<ICredential> _credential;
    private readonly bool _isGiven;

    public GoogleSecretManagerClient(GoogleSecretManagerOptions options)
    {
        _http = new HttpClient(RemoteHttpClient.CreateHandler(options)) { Timeout = Timeout.InfiniteTimeSpan };
        _parent = ParentOf(options);
        _timeLimit = options.CallTimeLimit;
        ICredential? given = options.Credential;
        _isGiven = given is not null;
        _credential = new SharedSearch<ICredential>(() => given is null ? SearchAsync() : Task.FromResult(given));
    }

    public Task<GoogleSecretVersion> AccessSecretVersionAsync(string secretId, string version, CancellationToken cancellationToken) => GetAsync(
        $"secrets/{Uri.EscapeDataString(secretId)}/versions/{Uri.EscapeDataString(version)}:access",
        json =>
        {
            // A message that is set is written even where all its members have their defaults: without it, there is no content.
            JsonElement payload = ProtobufJson.Member(json, "payload") ?? throw JsonAnswer.Malformed();
            return new GoogleSecretVersion
            {
                Name = ProtobufJson.Text(json, "name"),
                Data = ProtobufJson.Bytes(payload, "data"),
                DataCrc32C = ProtobufJson.Integer64(payload, "dataCrc32c"),
            };
        },
        cancellationToken);

    public Task<GoogleSecretVersionMetadata> GetSecretVersionAsync(string secretId, string version, CancellationToken cancellationToken) => GetAsync(
        $"secrets/{Uri.EscapeDataString(secretId)}/versions/{Uri.EscapeDataString(version)}",
        json => new GoogleSecretVersionMetadata
        {
            Name = ProtobufJson.Text(json, "name"),

            // The names of SecretVersion.State, in the order of their numbers (google/cloud/secretmanager/v1/resources.proto).
            IsEnabled = ProtobufJson.Enumeration(json, "state", "STATE_UNSPECIFIED", "ENABLED", "DISABLED", "DESTROYED") is "ENABLED",
            CreateTime = ProtobufJson.Member(json, "createTime")?.GetDateTimeOffset(),
        },
        cancellationToken);

    public Task<GoogleSecretList> ListSecretsAsync(string filter, string? pageToken, CancellationToken cancellationToken) => GetAsync(
        FormattableString.Invariant($"secrets?pageSize={PageSize}")
            + (filter.Length == 0 ? "" : "&filter=" + Uri.EscapeDataString("name:" + filter))
            + (string.IsNullOrEmpty(pageToken) ? "" : "&pageToken=" + Uri.EscapeDataString(pageToken)),
        json => new GoogleSecretList
        {
            // A secret without a name cannot be read, and leaving it out would make it absent.
            SecretIds = ProtobufJson.List(json, "secrets", s => ProtobufJson.Text(s, "name") is { Length: > 0 } name ? name.Split('/')[^1] : throw JsonAnswer.Malformed()),
            NextPageToken = ProtobufJson.Text(json, "nextPageToken"),
        },
        cancellationToken);

    /// <summary>Gives the address below which the secrets are. A path of the endpoint, as of a gateway, stays before it.</summary>
    internal static Uri ParentOf(GoogleSecretManagerOptions options)
    {
        string location = options.Location is { } name ? $"locations/{Uri.EscapeDataString(name)}/" : "";
        return new Uri($"{options.Endpoint.AbsoluteUri.TrimEnd('/')}/v1/projects/{Uri.EscapeDataString(options.Project)}/{location}");
    }

    private async Task<T> GetAsync<T>(string target, Func<JsonElement, T> read, CancellationToken cancellationToken)
    {
        var address = new Uri(_parent, target);
        (ICredential credential, AccessTokenWithHeaders token) = await TokenAsync(address, cancellationToken).ConfigureAwait(false);
        HttpResponseMessage answer = await SendAsync(address, token, cancellationToken).ConfigureAwait(false);
        if (answer.StatusCode == HttpStatusCode.Unauthorized)
        {
            // The library caches a token until its own end, also one that was revoked.
            await ForgetTokenAsync(credential, cancellationToken).ConfigureAwait(false);
            (_, AccessTokenWithHeaders fresh) = await TokenAsync(address, cancellationToken).ConfigureAwait(false);
            if (!string.Equals(fresh.AccessToken, token.AccessToken, StringComparison.Ordinal))
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
                : throw GoogleErrorBody.Read((int)answer.StatusCode, body, RetryHeaders.Read(answer.Headers, TimeProvider.System));
        }
    }

    private async Task<HttpResponseMessage> SendAsync(Uri address, AccessTokenWithHeaders token, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.AccessToken);

        // The quota project of a person's credentials, without which the call counts for a project of gcloud's, where the API is off.
        foreach ((string name, IReadOnlyList<string> values) in token.Headers)
        {
            request.Headers.TryAddWithoutValidation(name, values.Where(HeaderText.IsValid));
        }

        return await _http.SendAsync(request, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Makes the next call get another token: a given credential is asked for a new one, and a found one is looked up again.</summary>
    private async Task ForgetTokenAsync(ICredential credential, CancellationToken cancellationToken)
    {
        if ((credential as GoogleCredential)?.UnderlyingCredential is ServiceCredential service)
        {
            await ObtainAsync(service.RequestAccessTokenAsync(cancellationToken), cancellationToken).ConfigureAwait(false);
        }
        else if (!_isGiven)
        {
            _credential.Forget(credential);
        }
    }

    // The vendor's search for credentials asks a metadata server without a limit of its own.
    private async Task<(ICredential Credential, AccessTokenWithHeaders Token)> TokenAsync(Uri address, CancellationToken cancellationToken)
    {
        ICredential credential = await FindAsync(cancellationToken).ConfigureAwait(false);
        AccessTokenWithHeaders token = await ObtainAsync(WithHeadersAsync(credential, address, cancellationToken), cancellationToken).ConfigureAwait(false);

        // It becomes a header, whose own check would quote it.
        return token.AccessToken is { } text && HeaderText.IsValid(text)
            ? (credential, token)
            : throw new GoogleCredentialException("the token of the credentials is not one line of letters, digits and signs");
    }

    private static async Task<AccessTokenWithHeaders> WithHeadersAsync(ICredential credential, Uri address, CancellationToken cancellationToken) =>
        credential is ITokenAccessWithHeaders full
            ? await full.GetAccessTokenWithHeadersForRequestAsync(address.AbsoluteUri, cancellationToken).ConfigureAwait(false)
            : new AccessTokenWithHeaders.Builder().Build(await credential.GetAccessTokenForRequestAsync(address.AbsoluteUri, cancellationToken).ConfigureAwait(false));

    // A metadata server that does not answer is mostly one that is not there: nothing found is an absence.
    private async Task<ICredential> FindAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await BoundedWait.WaitAsync(_credential.FindAsync(), _timeLimit, TimeProvider.System, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw new GoogleCredentialException(FormattableString.Invariant($"{NoneFound()} within {_timeLimit.TotalSeconds} s (CallTimeLimit)"));
        }
        catch (Exception failure) when (failure is InvalidOperationException or HttpRequestException or IOException or TokenResponseException)
        {
            throw new GoogleCredentialException(NoneFound());
        }

        static string NoneFound() => GoogleSecretManagerClient.NoneFound(Environment.GetEnvironmentVariable("GOOGLE_APPLICATION_CREDENTIALS"));
    }

    private async Task<T> ObtainAsync<T>(Task<T> token, CancellationToken cancellationToken)
    {
        const string NoToken = "no token could be had for the credentials";
        try
        {
            return await BoundedWait.WaitAsync(token, _timeLimit, TimeProvider.System, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException failure)
        {
            throw new RemoteException(GoogleFailures.NoToken(failure, FormattableString.Invariant($"{NoToken} within {_timeLimit.TotalSeconds} s (CallTimeLimit)")));
        }
        catch (Exception failure) when (failure is InvalidOperationException or HttpRequestException or IOException or NullReferenceException or TokenResponseException)
        {
            throw new RemoteException(GoogleFailures.NoToken(failure, NoToken));
        }
    }

    // What the library says of a file may quote it.
    internal static string NoneFound(string? file) => file is { Length: > 0 }
        ? $"there are no usable credentials in {CredentialFile.Shown(file)}, which GOOGLE_APPLICATION_CREDENTIALS names"
            + (CredentialFile.MayBeContent(file) ? "; it names a file, and does not hold what stands in it" : "")
        : "no credentials were found (gcloud's file, the metadata server)";

    private static async Task<ICredential> SearchAsync()
    {
        GoogleCredential found = await GoogleCredential.GetApplicationDefaultAsync(CancellationToken.None).ConfigureAwait(false);
        return found.IsCreateScopedRequired ? found.CreateScoped(Scope) : found;
    }
}
