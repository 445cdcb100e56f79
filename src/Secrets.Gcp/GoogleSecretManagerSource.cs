using Secrets.Remote;

namespace Secrets.Gcp;

/// <summary>
/// Google Cloud Secret Manager. <b>Name</b> <c>gcp</c>. <b>Keys</b> <c>--</c> nests; of an object, its fields. <b>Location</b> the secret's resource name. <b>Refresh</b>
/// versions are looked at, and what has another is fetched. <b>Errors</b> by the table of <see cref="GoogleFailures"/>. <b>Permissions</b> to access versions;
/// to get them, to spare fetches; to list secrets where nothing is required.
/// </summary>
internal sealed class GoogleSecretManagerSource(GoogleSecretManagerOptions options, IGoogleSecretManagerApi? api = null)
    : RemoteSource(KindName, options)
{
    public const string KindName = "gcp";

    private readonly IGoogleSecretManagerApi _api = api ?? new GoogleSecretManagerClient(options);
    private readonly string _project = options.Project;
    private readonly string? _location = options.Location;

    private protected override IRemoteBackend StoreFor(SecretsRequest request, LoadTime time) => new GoogleSecretManagerStore(
        _api, _project, _location, request, new RemoteCalls(new VendorTable<GoogleFailures>(), request.SourceName, () => GoogleSecretManagerStore.PlaceOf(_project, _location), Pace, time, MaxAttempts));
}
