using System.Text;
using Secrets.Remote;

namespace Secrets.Gcp;

/// <summary>Secret Manager as a remote store: pages of names, and a call for each secret.</summary>
internal sealed class GoogleSecretManagerStore(IGoogleSecretManagerApi api, string project, string sourceName, int mostAtOnce) : IRemoteStore
{
    private const string Latest = "latest";

    private static readonly UTF8Encoding _strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    // "Creating and accessing secrets" of the Secret Manager documentation: letters, digits, dashes and underscores, up to 255.
    private static readonly NameRules _rules = new(
        separator: "--",
        allowed: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-",
        explanation: "the keys of a name are made of ASCII letters, digits, underscores and single dashes, with -- between two");

    public string Place { get; } = "Google Secret Manager, project " + project;

    public NameRules Rules => _rules;

    public int CountCalls(IReadOnlyCollection<RemoteName> names) => names.Count;

    public async Task<IReadOnlyList<RemoteListing>> ListAsync(string prefix, CancellationToken cancellationToken)
    {
        var listings = new List<RemoteListing>();
        try
        {
            await Pages.ReadAsync(
                Place,
                sourceName,
                async (token, c) =>
                {
                    GoogleSecretList page = await api.ListSecretsAsync(prefix, token, c).ConfigureAwait(false);

                    // The service's filter finds the text anywhere.
                    listings.AddRange(page.SecretIds.Where(id => id.StartsWith(prefix, StringComparison.Ordinal))
                        .Select(id => new RemoteListing { Name = new RemoteName(id), Location = LocationOf(id) }));
                    return page.NextPageToken;
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (GoogleFailures.IsVendors(failure))
        {
            throw GoogleFailures.Report(failure, sourceName, Place, prefix + "*");
        }

        return listings;
    }

    public async Task<IReadOnlyList<RemoteSecret>> FetchAsync(IReadOnlyCollection<RemoteName> names, CancellationToken cancellationToken) =>
        await Gather.AllAsync(names, mostAtOnce, FetchOneAsync, cancellationToken).ConfigureAwait(false);

    public async Task<IReadOnlyList<RemoteListing>?> CheckAsync(IReadOnlyCollection<RemoteName> names, CancellationToken cancellationToken)
    {
        try
        {
            return await Checks.AllAsync<GoogleSecretManagerException>(names, mostAtOnce, CheckOneAsync, GoogleFailures.IsLackOfPermission, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (GoogleFailures.IsVendors(failure))
        {
            throw GoogleFailures.Report(failure, sourceName, Place, nativeName: null);
        }
    }

    private async Task<RemoteListing?> CheckOneAsync(RemoteName name, CancellationToken cancellationToken)
    {
        try
        {
            string version = await api.GetSecretVersionAsync(name.Name, name.Version ?? Latest, cancellationToken).ConfigureAwait(false);
            return new RemoteListing { Name = name, Stamp = version, Location = LocationOf(name.Name) };
        }
        catch (GoogleSecretManagerException failure) when (GoogleFailures.IsMissing(failure))
        {
            return null;
        }
    }

    private async Task<RemoteSecret> FetchOneAsync(RemoteName name, CancellationToken cancellationToken)
    {
        try
        {
            GoogleSecretVersion found = await api.AccessSecretVersionAsync(name.Name, name.Version ?? Latest, cancellationToken).ConfigureAwait(false);
            if (found.DataCrc32C is { } expected && expected != Crc32C.Of(found.Data))
            {
                throw GoogleFailures.Corrupted(sourceName, Place, name.Name);
            }

            string? text = TextOf(found.Data);
            return new RemoteSecret
            {
                Name = name,
                Location = LocationOf(name.Name),
                Version = found.Name.Split('/')[^1],
                Stamp = found.Name,
                Text = text,
                Bytes = text is null ? found.Data : null,
            };
        }
        catch (GoogleSecretManagerException failure) when (GoogleFailures.IsMissing(failure))
        {
            return new RemoteSecret { Name = name, Location = LocationOf(name.Name) };
        }
        catch (GoogleSecretManagerException failure) when (GoogleFailures.IsOfOneSecret(failure))
        {
            return new RemoteSecret { Name = name, Location = LocationOf(name.Name), Failure = GoogleFailures.Report(failure, sourceName, Place, name.Name) };
        }
        catch (Exception failure) when (GoogleFailures.IsVendors(failure))
        {
            throw GoogleFailures.Report(failure, sourceName, Place, name.Name);
        }
    }

    private string LocationOf(string secretId) => $"projects/{project}/secrets/{secretId}";

    // A secret is bytes; those that are UTF-8 are text.
    private static string? TextOf(byte[] data)
    {
        try
        {
            return _strict.GetString(data);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
