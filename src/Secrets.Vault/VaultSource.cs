using Secrets.Remote;
using Secrets.Remote.Calls;

namespace Secrets.Vault;

/// <summary>
/// HashiCorp Vault and OpenBao. <b>Name</b> <c>vault</c>. <b>Keys</b> <c>/</c> nests; of a secret, its fields. <b>Location</b> the path as the command line has it.
/// <b>Refresh</b> versions are looked at, and what has another is fetched; leases and the login are renewed, and replaced before they end. <b>Errors</b> by the table of
/// <see cref="VaultFailures"/>. <b>Permissions</b> to read; to read metadata, to spare fetches; to list where nothing is required.
/// </summary>
internal sealed class VaultSource(VaultOptions options, VaultLogin login, IVaultApi? api = null)
    : RemoteSource(KindName, (request, calls) => CreateStore(request, calls, options, login, api), options, VaultFailures.Table)
{
    public const string KindName = "vault";

    private static VaultStore CreateStore(SecretsRequest request, RemoteCalls calls, VaultOptions options, VaultLogin login, IVaultApi? api)
    {
        var state = request.Previous?.State as VaultState;
        bool goesOn = state?.Session.IsFor(login, api) == true;
        return new VaultStore(state, goesOn ? null : new VaultSession(options, login, api, request.TimeProvider), options, request, calls);
    }
}
