using System.Globalization;
using System.Text;
using Secrets.Remote;

namespace Secrets.Gcp;

/// <summary>Secret Manager as a remote store: it lists names in pages, and reads each secret with a call.</summary>
internal sealed class GoogleSecretManagerStore(IGoogleSecretManagerApi api, string project, string? location, SecretsRequest request, RemoteCalls calls)
    : IRemoteBackend
{
    private const string Latest = "latest";

    // How far this machine's clock may be from the service's.
    private static readonly TimeSpan _skew = TimeSpan.FromMinutes(1);

    private static readonly UTF8Encoding _strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    // "Creating and accessing secrets" of the Secret Manager documentation: letters, digits, dashes and underscores, up to 255.
    private static readonly NameRules _rules = new(
        separator: "--",
        allowed: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-",
        explanation: "the keys of a name are made of ASCII letters, digits, underscores and single dashes, with -- between two");

    public string Place { get; } = PlaceOf(project, location);

    public NameRules Rules => _rules;

    public string LocationOf(RemoteName name) =>
        $"projects/{project}{(location is null ? "" : "/locations/" + location)}/secrets/{name.Name}{(name.Version is null ? "" : "/versions/" + name.Version)}";

    // A content comes without the time of its version: a version of this name that was there before the content was asked for is the one that was read.
    public bool IsCurrent(string stamp, string now) =>
        string.Equals(Read(stamp).Version, Read(now).Version, StringComparison.Ordinal) && Read(now).Ticks <= Read(stamp).Ticks - _skew.Ticks;

    public int CountCalls(IReadOnlyCollection<RemoteName> names) => names.Count;

    public Task<IReadOnlyList<RemoteListing>> ListAsync(string prefix, CancellationToken cancellationToken) => calls.ListAsync(
        prefix,
        async (token, c) =>
        {
            GoogleSecretList page = await api.ListSecretsAsync(prefix, token, c).ConfigureAwait(false);

            // The service's filter finds the text anywhere.
            return (page.SecretIds.Where(id => id.StartsWith(prefix, StringComparison.Ordinal)).Select(id => new RemoteListing { Name = new RemoteName(id) }), page.NextPageToken);
        },
        cancellationToken);

    public Task<IReadOnlyList<RemoteSecret>> FetchAsync(IReadOnlyCollection<RemoteName> names, CancellationToken cancellationToken) =>
        calls.FetchEachAsync(names, FetchOneAsync, cancellationToken);

    public Task<IReadOnlyList<RemoteListing>?> CheckAsync(IReadOnlyDictionary<RemoteName, string> stamps, CancellationToken cancellationToken) =>
        calls.CheckEachAsync([.. stamps.Keys], CheckOneAsync, cancellationToken);

    public static string PlaceOf(string project, string? location) => $"Google Secret Manager, project {project}{(location is null ? "" : ", location " + location)}";

    private static string? StampOf(string version, DateTimeOffset? created) =>
        version.Length > 0 && created is { } time ? FormattableString.Invariant($"{version} {time.UtcTicks}") : null;

    private static (string Version, long Ticks) Read(string stamp) =>
        (stamp[..stamp.LastIndexOf(' ')], long.Parse(stamp.AsSpan(stamp.LastIndexOf(' ') + 1), CultureInfo.InvariantCulture));

    private async Task<RemoteListing?> CheckOneAsync(RemoteName name, CancellationToken cancellationToken)
    {
        GoogleSecretVersionMetadata version = await calls.TurnAsync(c => api.GetSecretVersionAsync(name.Name, name.Version ?? Latest, c), cancellationToken).ConfigureAwait(false);
        return new RemoteListing { Name = name, Stamp = version.IsEnabled ? StampOf(version.Name, version.CreateTime) : null };
    }

    private async Task<RemoteSecret> FetchOneAsync(RemoteName name, CancellationToken cancellationToken)
    {
        DateTimeOffset asked = request.TimeProvider.GetUtcNow();
        GoogleSecretVersion found = await calls.TurnAsync(c => AccessAsync(name, c), cancellationToken).ConfigureAwait(false);
        string? text = TextOf(found.Data);
        return new RemoteSecret
        {
            Name = name,
            Version = found.Name.Length == 0 ? null : found.Name.Split('/')[^1],
            Stamp = StampOf(found.Name, asked),
            Text = text,
            Bytes = text is null ? found.Data : null,
        };
    }

    private async Task<GoogleSecretVersion> AccessAsync(RemoteName name, CancellationToken cancellationToken)
    {
        GoogleSecretVersion found = await api.AccessSecretVersionAsync(name.Name, name.Version ?? Latest, cancellationToken).ConfigureAwait(false);
        return found.DataCrc32C is not { } expected || expected == Crc32C.Of(found.Data) ? found : throw new GoogleChecksumException();
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
