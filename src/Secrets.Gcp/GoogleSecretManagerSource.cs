using Secrets.Remote;

namespace Secrets.Gcp;

/// <summary>
/// Google Cloud Secret Manager. <b>Name</b> <c>gcp</c>. <b>Keys</b> <c>--</c> nests; of an object, its fields. <b>Location</b> the secret's resource name. <b>Refresh</b>
/// versions are looked at, and what has another is fetched. <b>Errors</b> by the table of <see cref="GoogleFailures"/>. <b>Permissions</b> to access versions;
/// to get them, to spare fetches; to list secrets where nothing is required.
/// </summary>
internal sealed class GoogleSecretManagerSource(GoogleSecretManagerOptions options, IGoogleSecretManagerApi api)
    : RemoteSource(KindName, request => new GoogleSecretManagerStore(api, options.Project, options.Location, request.TimeProvider), options, new GoogleFailures())
{
    public const string KindName = "gcp";

    public GoogleSecretManagerSource(GoogleSecretManagerOptions options)
        : this(options, new GoogleSecretManagerClient(options))
    {
    }
}
