using System.Globalization;
using System.Text;
using Secrets.Remote;

namespace Secrets.Gcp;

/// <summary>Secret Manager as a remote store: it lists names in pages, and reads each secret with a call.</summary>
internal sealed class GoogleSecretManagerStore(IGoogleSecretManagerApi api, string project, string? location, TimeProvider clock) : IRemoteStore, IRemoteListing, IRemoteVersions
{
    private const string Latest = "latest";

    // How far this machine's clock may be from the service's.
    private static readonly TimeSpan _skew = TimeSpan.FromMinutes(1);

    private static readonly UTF8Encoding _strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    // "Creating and accessing secrets" of the Secret Manager documentation: letters, digits, dashes and underscores, up to 255.
    private static readonly RemoteNameRules _rules = new(
        separator: "--",
        allowed: RemoteNameRules.Letters + "_-",
        explanation: "the keys of a name are made of ASCII letters, digits, underscores and single dashes, with -- between two");

    public string Place => $"Google Secret Manager, project {project}{(location is null ? "" : ", location " + location)}";

    public RemoteNameRules NameRules => _rules;

    public string LocationOf(RemoteName name) =>
        $"projects/{project}{(location is null ? "" : "/locations/" + location)}/secrets/{name.Name}{(name.Version is null ? "" : "/versions/" + name.Version)}";

    public async Task<RemoteSecret?> ReadAsync(RemoteName name, CancellationToken cancellationToken)
    {
        DateTimeOffset asked = clock.GetUtcNow();
        GoogleSecretVersion found = await api.AccessSecretVersionAsync(name.Name, name.Version ?? Latest, cancellationToken).ConfigureAwait(false);
        if (found.DataCrc32C is { } expected && expected != Crc32C.Of(found.Data))
        {
            throw new GoogleChecksumException();
        }

        string? version = found.Name.Length == 0 ? null : found.Name.Split('/')[^1];
        string? stamp = version is null ? null : FormattableString.Invariant($"{found.Name} {asked.UtcTicks}");
        return TextOf(found.Data) is { } text
            ? new RemoteSecret(text) { Version = version, Stamp = stamp }
            : new RemoteSecret(found.Data) { Version = version, Stamp = stamp };
    }

    public async Task<RemotePage> ListAsync(string prefix, string? pageToken, CancellationToken cancellationToken)
    {
        // The service's filter finds the text anywhere in a name.
        GoogleSecretList page = await api.ListSecretsAsync(prefix, pageToken, cancellationToken).ConfigureAwait(false);
        return new RemotePage(page.SecretIds.Select(id => new RemoteListedSecret(id)), page.NextPageToken);
    }

    public async Task<bool> IsCurrentAsync(RemoteName name, string stamp, CancellationToken cancellationToken)
    {
        GoogleSecretVersionMetadata now = await api.GetSecretVersionAsync(name.Name, name.Version ?? Latest, cancellationToken).ConfigureAwait(false);

        // A content comes without the time of its version: a version of this name that was there before the content was asked for is the one that was read.
        int space = stamp.LastIndexOf(' ');
        long asked = long.Parse(stamp.AsSpan(space + 1), CultureInfo.InvariantCulture);
        return now.IsEnabled && string.Equals(now.Name, stamp[..space], StringComparison.Ordinal) && now.CreateTime?.UtcTicks <= asked - _skew.Ticks;
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
