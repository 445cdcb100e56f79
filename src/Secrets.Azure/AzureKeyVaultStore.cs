using System.Globalization;
using System.Text.Json;
using Azure;
using Azure.Security.KeyVault.Secrets;
using Secrets.Remote;
using Secrets.Remote.Http;

namespace Secrets.Azure;

/// <summary>Key Vault as a remote store: it lists names in pages, and reads each secret with a call.</summary>
internal sealed class AzureKeyVaultStore(Lazy<SecretClient> client, Uri vault, TimeProvider clock) : IRemoteStore, IRemoteListing, IRemoteVersions
{
    private const int MaxVersionPages = 4;

    // Times of change are whole seconds ("Get Secrets" of the Key Vault REST reference): two changes within one have the same.
    private static readonly TimeSpan _clockTick = TimeSpan.FromSeconds(2);

    // "About keys, secrets, and certificates" of the Key Vault documentation: object names are letters, digits and dashes, and compared without regard to case.
    private static readonly RemoteNameRules _rules = new(
        separator: "--",
        allowed: RemoteNameRules.Letters + "-",
        explanation: "the keys of a name are made of ASCII letters, digits and single dashes, with -- between two")
    {
        Comparer = StringComparer.OrdinalIgnoreCase,
    };

    public string Place => "Azure Key Vault " + vault.Host;

    public RemoteNameRules NameRules => _rules;

    public string LocationOf(RemoteName name) =>
        $"{vault.GetLeftPart(UriPartial.Authority)}/secrets/{name.Name}{(name.Version is null ? "" : "/" + name.Version)}";

    public async Task<RemoteSecret?> ReadAsync(RemoteName name, CancellationToken cancellationToken)
    {
        Response<KeyVaultSecret> answer = await client.Value.GetSecretAsync(name.Name, name.Version, cancellationToken).ConfigureAwait(false);
        SecretProperties properties = answer.Value.Properties;
        if (InvalidityOf(properties) is { } invalid)
        {
            return RemoteSecret.Unreadable(invalid);
        }

        bool isSettled = Raw(answer.GetRawResponse()) is { Headers.Date: { } now } && now - properties.UpdatedOn > _clockTick;
        return new RemoteSecret(answer.Value.Value ?? throw new MalformedAnswerException()) { Version = properties.Version, Stamp = isSettled ? Stamp(properties) : null };
    }

    public async Task<RemotePage> ListAsync(string prefix, string? pageToken, CancellationToken cancellationToken)
    {
        Page<SecretProperties> page = await FirstPageAsync(client.Value.GetPropertiesOfSecretsAsync(cancellationToken), pageToken, cancellationToken).ConfigureAwait(false);
        return new RemotePage(page.Values.Select(Listed), page.ContinuationToken);
    }

    public async Task<bool> IsCurrentAsync(RemoteName name, string stamp, CancellationToken cancellationToken)
    {
        if (await FindVersionsAsync(name, cancellationToken).ConfigureAwait(false) is not { } found)
        {
            return false;
        }

        // Of several that were created within one second nobody knows which is read.
        return found.Length switch
        {
            0 => throw new RemoteException(RemoteFailure.Missing),
            1 when InvalidityOf(found[0]) is { } invalid => throw new RemoteException(invalid),
            1 => string.Equals(Stamp(found[0]), stamp, StringComparison.Ordinal),
            _ => false,
        };
    }

    /// <summary>
    /// Gives the versions that a read may find; <see langword="null"/> where looking for them takes longer than reading. The metadata of one secret comes without its value in the list
    /// of its versions alone ("Get Secret Versions" of the REST reference), in no order that is promised.
    /// </summary>
    private async Task<SecretProperties[]?> FindVersionsAsync(RemoteName name, CancellationToken cancellationToken)
    {
        var versions = new List<SecretProperties>();
        string? token = null;
        for (int pages = 0; pages < MaxVersionPages; pages++)
        {
            Page<SecretProperties> page =
                await FirstPageAsync(client.Value.GetPropertiesOfSecretVersionsAsync(name.Name, cancellationToken), token, cancellationToken).ConfigureAwait(false);
            versions.AddRange(page.Values);
            token = page.ContinuationToken;
            if (string.IsNullOrEmpty(token))
            {
                if (name.Version is null && versions.Count > 1 && versions.Exists(v => v.CreatedOn is null))
                {
                    // Which is the latest is not said, and need not be.
                    return null;
                }

                DateTimeOffset? last = versions.Max(v => v.CreatedOn);
                return [.. versions.Where(v => name.Version is null ? v.CreatedOn == last : string.Equals(v.Version, name.Version, StringComparison.OrdinalIgnoreCase))];
            }
        }

        return null;
    }

    // A stand-in for the client in a program's tests gives values without an HTTP response, or with an empty one.
    private static Response? Raw(Response? response) => response is { ContentStream: not null } ? response : null;

    // The SDK takes an object without a list for an empty vault: a malformed answer would be absence.
    private static async Task<Page<SecretProperties>> FirstPageAsync(AsyncPageable<SecretProperties> pages, string? token, CancellationToken cancellationToken)
    {
        Page<SecretProperties> page = await pages.AsPages(token).FirstAsync(cancellationToken).ConfigureAwait(false);
        if (Raw(page.GetRawResponse()) is not { } answer)
        {
            return page;
        }

        using JsonDocument json = JsonDocument.Parse(answer.Content);
        return IsPage(json.RootElement) ? page : throw new MalformedAnswerException();
    }

    // The reference requires neither member ("SecretListResult"), but an object with neither is not known to be a page.
    private static bool IsPage(JsonElement json) =>
        json.ValueKind == JsonValueKind.Object
        && (json.TryGetProperty("value", out JsonElement list) ? list.ValueKind is JsonValueKind.Array or JsonValueKind.Null : json.TryGetProperty("nextLink", out _));

    // A secret without a name cannot be read, and leaving it out would make it absent.
    private static string NameOf(SecretProperties secret) => secret.Name ?? throw new MalformedAnswerException();

    // What is not valid has no stamp: that a secret expires is no change of it.
    private RemoteListedSecret Listed(SecretProperties properties)
    {
        RemoteFailure? invalid = InvalidityOf(properties);
        return new RemoteListedSecret(NameOf(properties)) { Stamp = invalid is null ? Stamp(properties) : null, Secret = invalid is null ? null : RemoteSecret.Unreadable(invalid) };
    }

    // The vault gives the value of an expired secret: the times are for its readers to keep ("About Azure Key Vault secrets", Secret attributes). An emulator gives a disabled one's.
    private RemoteFailure? InvalidityOf(SecretProperties properties)
    {
        DateTimeOffset now = clock.GetUtcNow();
        return properties.Enabled == false ? AzureFailures.Disabled
            : properties.ExpiresOn <= now ? AzureFailures.Expired
            : properties.NotBefore > now ? AzureFailures.NotYetValid
            : null;
    }

    private static string? Stamp(SecretProperties properties) => properties.UpdatedOn?.ToString("O", CultureInfo.InvariantCulture);
}
