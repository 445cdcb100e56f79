using System.Globalization;
using System.Text.Json;
using Azure;
using Azure.Security.KeyVault.Secrets;
using Secrets.Remote;
using Secrets.Remote.Http;

namespace Secrets.Azure;

/// <summary>Key Vault as a remote store: it lists names in pages, and reads each secret with a call.</summary>
internal sealed class AzureKeyVaultStore(Lazy<SecretClient> client, Uri vault, SecretsRequest request, RemoteCalls calls) : IRemoteBackend
{
    private const int MostVersionPages = 4;

    // Times of change are whole seconds ("Get Secrets" of the Key Vault REST reference): two changes within one have the same.
    private static readonly TimeSpan _clockTick = TimeSpan.FromSeconds(2);

    // "About keys, secrets, and certificates" of the Key Vault documentation: object names are letters, digits and dashes, and compared without regard to case.
    private static readonly NameRules _rules = new(
        separator: "--",
        allowed: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-",
        explanation: "the keys of a name are made of ASCII letters, digits and single dashes, with -- between two")
    {
        Comparer = StringComparer.OrdinalIgnoreCase,
    };

    public string Place { get; } = PlaceOf(vault);

    public NameRules Rules => _rules;

    public string LocationOf(RemoteName name) =>
        $"{vault.GetLeftPart(UriPartial.Authority)}/secrets/{name.Name}{(name.Version is null ? "" : "/" + name.Version)}";

    public int CountCalls(IReadOnlyCollection<RemoteName> names) => names.Count;

    public Task<IReadOnlyList<RemoteListing>> ListAsync(string prefix, CancellationToken cancellationToken) => calls.ListAsync(
        prefix,
        async (token, c) =>
        {
            Page<SecretProperties> page = await FirstPageAsync(client.Value.GetPropertiesOfSecretsAsync(c), token, c).ConfigureAwait(false);
            return (page.Values.Where(s => NameOf(s).StartsWith(prefix, StringComparison.OrdinalIgnoreCase)).Select(s => Listing(new RemoteName(s.Name), s)), page.ContinuationToken);
        },
        cancellationToken);

    public Task<IReadOnlyList<RemoteSecret>> FetchAsync(IReadOnlyCollection<RemoteName> names, CancellationToken cancellationToken) =>
        calls.FetchEachAsync(names, FetchOneAsync, cancellationToken);

    public Task<IReadOnlyList<RemoteListing>?> CheckAsync(IReadOnlyDictionary<RemoteName, string> stamps, CancellationToken cancellationToken) =>
        calls.CheckEachAsync([.. stamps.Keys], CheckOneAsync, cancellationToken);

    public static string PlaceOf(Uri vault) => "Azure Key Vault " + vault.Host;

    // The metadata of one secret comes without its value in the list of its versions alone ("Get Secret Versions" of the REST reference), in no order that is promised.
    private async Task<RemoteListing?> CheckOneAsync(RemoteName name, CancellationToken cancellationToken)
    {
        var versions = new List<SecretProperties>();
        string? token = null;
        for (int pages = 0; pages < MostVersionPages; pages++)
        {
            Page<SecretProperties> page =
                await calls.TurnAsync(c => FirstPageAsync(client.Value.GetPropertiesOfSecretVersionsAsync(name.Name, c), token, c), cancellationToken).ConfigureAwait(false);
            versions.AddRange(page.Values);
            token = page.ContinuationToken;
            if (string.IsNullOrEmpty(token))
            {
                if (name.Version is null && versions.Count > 1 && versions.Exists(v => v.CreatedOn is null))
                {
                    // Which is the latest is not said, and need not be.
                    break;
                }

                DateTimeOffset? last = versions.Max(v => v.CreatedOn);
                SecretProperties[] read =
                [
                    .. versions.Where(v => name.Version is null ? v.CreatedOn == last : string.Equals(v.Version, name.Version, StringComparison.OrdinalIgnoreCase)),
                ];

                // Of several that were made within one second nobody knows which is read.
                return read.Length switch
                {
                    0 => null,
                    1 => Listing(name, read[0]),
                    _ => new RemoteListing { Name = name },
                };
            }
        }

        // Reading the value costs less than more pages, and says more than versions without a time.
        return new RemoteListing { Name = name };
    }

    private async Task<RemoteSecret> FetchOneAsync(RemoteName name, CancellationToken cancellationToken)
    {
        Response<KeyVaultSecret> answer = await calls.TurnAsync(c => client.Value.GetSecretAsync(name.Name, name.Version, c), cancellationToken).ConfigureAwait(false);
        SecretProperties properties = answer.Value.Properties;
        bool isSettled = Raw(answer.GetRawResponse()) is { Headers.Date: { } now } && now - properties.UpdatedOn > _clockTick;
        return Invalid(name, properties) ?? new RemoteSecret
        {
            Name = name,
            Version = properties.Version,
            Stamp = isSettled ? Stamp(properties) : null,
            Text = answer.Value.Value ?? throw new MalformedAnswerException(),
        };
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
    private RemoteListing Listing(RemoteName name, SecretProperties properties)
    {
        RemoteSecret? invalid = Invalid(name, properties);
        return new RemoteListing { Name = name, Stamp = invalid is null ? Stamp(properties) : null, Secret = invalid };
    }

    // The vault gives the value of an expired secret: the times are for its readers to keep ("About Azure Key Vault secrets", Secret attributes). An emulator gives a disabled one's.
    private RemoteSecret? Invalid(RemoteName name, SecretProperties properties)
    {
        DateTimeOffset now = request.TimeProvider.GetUtcNow();
        return properties.Enabled == false ? Failed(name, AzureFailures.Disabled(request.SourceName, Place, name.ToString()))
            : properties.ExpiresOn <= now ? Failed(name, AzureFailures.Expired(request.SourceName, Place, name.ToString()))
            : properties.NotBefore > now ? Failed(name, AzureFailures.NotYetValid(request.SourceName, Place, name.ToString()))
            : null;
    }

    private static RemoteSecret Failed(RemoteName name, SecretsSourceException failure) => new() { Name = name, Failure = failure };

    private static string? Stamp(SecretProperties properties) => properties.UpdatedOn?.ToString("O", CultureInfo.InvariantCulture);
}
