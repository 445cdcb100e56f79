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

    private readonly RemoteCalls<GoogleFailures> _calls = new(sourceName, PlaceOf(project), mostAtOnce);

    public string Place { get; } = PlaceOf(project);

    public NameRules Rules => _rules;

    public string LocationOf(RemoteName name) => $"projects/{project}/secrets/{name.Name}";

    public int CountCalls(IReadOnlyCollection<RemoteName> names) => names.Count;

    public Task<IReadOnlyList<RemoteListing>> ListAsync(string prefix, CancellationToken cancellationToken) => _calls.ListAsync(
        prefix,
        async (token, c) =>
        {
            GoogleSecretList page = await api.ListSecretsAsync(prefix, token, c).ConfigureAwait(false);

            // The service's filter finds the text anywhere.
            return (page.SecretIds.Where(id => id.StartsWith(prefix, StringComparison.Ordinal)).Select(id => new RemoteListing { Name = new RemoteName(id) }), page.NextPageToken);
        },
        cancellationToken);

    public Task<IReadOnlyList<RemoteSecret>> FetchAsync(IReadOnlyCollection<RemoteName> names, CancellationToken cancellationToken) =>
        _calls.FetchEachAsync(names, FetchOneAsync, cancellationToken);

    public Task<IReadOnlyList<RemoteListing>?> CheckAsync(IReadOnlyCollection<RemoteName> names, CancellationToken cancellationToken) =>
        _calls.CheckEachAsync(names, CheckOneAsync, cancellationToken);

    private static string PlaceOf(string project) => "Google Secret Manager, project " + project;

    private async Task<RemoteListing?> CheckOneAsync(RemoteName name, CancellationToken cancellationToken) => new()
    {
        Name = name,
        Stamp = await api.GetSecretVersionAsync(name.Name, name.Version ?? Latest, cancellationToken).ConfigureAwait(false),
    };

    private async Task<RemoteSecret> FetchOneAsync(RemoteName name, CancellationToken cancellationToken)
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
            Version = found.Name.Split('/')[^1],
            Stamp = found.Name,
            Text = text,
            Bytes = text is null ? found.Data : null,
        };
    }

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
