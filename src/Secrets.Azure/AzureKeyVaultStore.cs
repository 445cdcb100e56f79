using System.Globalization;
using System.Text.Json;
using Azure;
using Azure.Security.KeyVault.Secrets;
using Secrets.Remote;

namespace Secrets.Azure;

/// <summary>Key Vault as a remote store: pages of names, and a call for each secret.</summary>
internal sealed class AzureKeyVaultStore(Lazy<SecretClient> client, Uri vault, SecretsRequest request, int mostAtOnce) : IRemoteStore
{
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

    public string Place { get; } = "Azure Key Vault " + vault.Host;

    public NameRules Rules => _rules;

    public int CountCalls(IReadOnlyCollection<RemoteName> names) => names.Count;

    public async Task<IReadOnlyList<RemoteListing>> ListAsync(string prefix, CancellationToken cancellationToken)
    {
        var listings = new List<RemoteListing>();
        try
        {
            var pages = client.Value.GetPropertiesOfSecretsAsync(cancellationToken).AsPages();
            var seen = new HashSet<string>(StringComparer.Ordinal);
            await foreach (Page<SecretProperties> page in pages.ConfigureAwait(false))
            {
                ThrowIfNoList(page, prefix);
                listings.AddRange(page.Values.Where(s => s.Name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)).Select(Listing));
                if (!string.IsNullOrEmpty(page.ContinuationToken) && !seen.Add(page.ContinuationToken))
                {
                    throw Pages.Endless(Place, request.SourceName);
                }
            }
        }
        catch (Exception failure) when (AzureFailures.IsVendors(failure, cancellationToken))
        {
            throw AzureFailures.Report(failure, request.SourceName, Place, prefix + "*");
        }

        return listings;
    }

    public async Task<IReadOnlyList<RemoteSecret>> FetchAsync(IReadOnlyCollection<RemoteName> names, CancellationToken cancellationToken) =>
        await Gather.AllAsync(names, mostAtOnce, FetchOneAsync, cancellationToken).ConfigureAwait(false);

    // The metadata of one secret can be read by listing its versions alone, for which on demand there need be no permission.
    public Task<IReadOnlyList<RemoteListing>?> CheckAsync(IReadOnlyCollection<RemoteName> names, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<RemoteListing>?>(null);

    private async Task<RemoteSecret> FetchOneAsync(RemoteName name, CancellationToken cancellationToken)
    {
        try
        {
            Response<KeyVaultSecret> answer = await client.Value.GetSecretAsync(name.Name, name.Version, cancellationToken).ConfigureAwait(false);
            SecretProperties properties = answer.Value.Properties;
            bool isSettled = answer.GetRawResponse().Headers.Date is { } now && now - properties.UpdatedOn > _clockTick;
            return Invalid(name, properties) ?? new RemoteSecret
            {
                Name = name,
                Location = LocationOf(name.Name),
                Version = properties.Version,
                Stamp = isSettled ? Stamp(properties) : null,
                Text = answer.Value.Value ?? throw AzureFailures.Malformed(request.SourceName, Place, name.Name),
            };
        }
        catch (RequestFailedException failure) when (AzureFailures.IsMissing(failure))
        {
            return new RemoteSecret { Name = name, Location = LocationOf(name.Name) };
        }
        catch (RequestFailedException failure) when (AzureFailures.IsLackOfPermission(failure))
        {
            return Failed(name, AzureFailures.Report(failure, request.SourceName, Place, name.Name));
        }
        catch (Exception failure) when (AzureFailures.IsVendors(failure, cancellationToken))
        {
            throw AzureFailures.Report(failure, request.SourceName, Place, name.Name);
        }
    }

    // The SDK takes an object without a list for an empty vault: what is no answer would be absence.
    private void ThrowIfNoList(Page<SecretProperties> page, string prefix)
    {
        using JsonDocument json = JsonDocument.Parse(page.GetRawResponse().Content);
        if (json.RootElement.ValueKind != JsonValueKind.Object || !json.RootElement.TryGetProperty("value", out JsonElement list) || list.ValueKind != JsonValueKind.Array)
        {
            throw AzureFailures.Malformed(request.SourceName, Place, prefix + "*");
        }
    }

    private RemoteListing Listing(SecretProperties properties)
    {
        var name = new RemoteName(properties.Name);
        return new RemoteListing
        {
            Name = name,
            Stamp = Stamp(properties),
            Location = LocationOf(properties.Name),
            Secret = properties.Enabled == false ? Failed(name, AzureFailures.Disabled(request.SourceName, Place, name.Name)) : Invalid(name, properties),
        };
    }

    // The vault gives the value of an expired secret: the times are for its readers to keep ("About Azure Key Vault secrets", Secret attributes).
    private RemoteSecret? Invalid(RemoteName name, SecretProperties properties)
    {
        DateTimeOffset now = request.TimeProvider.GetUtcNow();
        return properties.ExpiresOn <= now ? Failed(name, AzureFailures.Expired(request.SourceName, Place, name.Name))
            : properties.NotBefore > now ? Failed(name, AzureFailures.NotYetValid(request.SourceName, Place, name.Name))
            : null;
    }

    private RemoteSecret Failed(RemoteName name, SecretsSourceException failure) => new() { Name = name, Location = LocationOf(name.Name), Failure = failure };

    private string LocationOf(string name) => $"{vault.GetLeftPart(UriPartial.Authority)}/secrets/{name}";

    private static string? Stamp(SecretProperties properties) => properties.UpdatedOn?.ToString("O", CultureInfo.InvariantCulture);
}
