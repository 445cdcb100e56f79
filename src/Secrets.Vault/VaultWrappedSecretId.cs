using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Secrets.Remote.Http;

namespace Secrets.Vault;

/// <summary>
/// A SecretID of AppRole in a wrapping token, which gives it once ("Response wrapping" of the concepts). The token is looked at before it is unwrapped: one that was
/// created by another path may hold a SecretID that somebody has read and wrapped again.
/// </summary>
[DebuggerDisplay("a wrapped SecretID")]
internal sealed class VaultWrappedSecretId(string mount, string wrappingToken, string? accessor)
{
    private const string Suspicion = "treat the SecretID as known to somebody else: find out who unwrapped it, destroy it, and wrap another.";

    private readonly Lock _lock = new();

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private Task<string>? _secretId;

    /// <summary>Unwraps it the first time, and gives it again afterwards. A failure is not cached.</summary>
    /// <exception cref="VaultLoginException">The wrapping token is not good, was created by something else, or holds no SecretID.</exception>
    /// <exception cref="VaultException">The server answered with another error.</exception>
    public Task<string> GetAsync(VaultHttp http, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_secretId is null or { IsFaulted: true } or { IsCanceled: true })
            {
                // Whoever cancels would lose what is given once; each call has a limit of time anyway.
                _secretId = UnwrapAsync(http, CancellationToken.None);
            }

            return _secretId.WaitAsync(cancellationToken);
        }
    }

    private async Task<string> UnwrapAsync(VaultHttp http, CancellationToken cancellationToken)
    {
        if (!HeaderText.IsValid(wrappingToken))
        {
            throw new VaultLoginException("the wrapping token is empty, or not one line of letters, digits and signs", "give the value of wrap_info.token alone.");
        }

        byte[] origin = await SendAsync(http, "sys/wrapping/lookup", token: null, new JsonObject { ["token"] = wrappingToken }, cancellationToken).ConfigureAwait(false);
        string path = JsonAnswer.Read(origin, json => JsonAnswer.Text(Data(json), "creation_path"));
        if (!IsOfMount(path, http.Options.Namespace))
        {
            throw new VaultLoginException($"the wrapping token was not created by auth/{mount}/role/…/secret-id", Suspicion);
        }

        byte[] content = await SendAsync(http, "sys/wrapping/unwrap", wrappingToken, body: null, cancellationToken).ConfigureAwait(false);
        (string? secretId, string? found) = JsonAnswer.Read(content, json => (JsonAnswer.TextOrNull(Data(json), "secret_id"), JsonAnswer.TextOrNull(Data(json), "secret_id_accessor")));
        return string.IsNullOrEmpty(secretId) ? throw new VaultLoginException("the wrapping token holds no SecretID", "wrap one with `vault write -wrap-ttl=60s -f auth/approle/role/NAME/secret-id`.")
            : accessor is not null && !string.Equals(found, accessor, StringComparison.Ordinal) ? throw new VaultLoginException("the wrapping token holds a SecretID with another accessor than the one that was given", Suspicion)
            : secretId;
    }

    private static async Task<byte[]> SendAsync(VaultHttp http, string target, string? token, JsonObject? body, CancellationToken cancellationToken)
    {
        try
        {
            return await http.SendAsync(HttpMethod.Post, target, token, body, cancellationToken).ConfigureAwait(false) ?? throw new VaultException(404);
        }
        catch (VaultException refused) when (refused.HttpStatus is 400 or 403 or 404)
        {
            throw new VaultLoginException(
                $"the wrapping token is not good ({target}): it has expired, or it was unwrapped before",
                "where this program did not unwrap it, " + Suspicion,
                refused.HttpStatus);
        }
    }

    private static JsonElement Data(JsonElement json) => JsonAnswer.Member(json, "data") ?? throw JsonAnswer.Malformed();

    // "Generate new secret ID" and "Create custom AppRole secret ID"; some servers put the namespace before it.
    private bool IsOfMount(string path, string? space)
    {
        string relative = space is not null && path.StartsWith(space + "/", StringComparison.Ordinal) ? path[(space.Length + 1)..] : path;
        string prefix = $"auth/{mount}/role/";
        return relative.StartsWith(prefix, StringComparison.Ordinal) && relative[prefix.Length..].Split('/') is [not "", "secret-id" or "custom-secret-id"];
    }
}
