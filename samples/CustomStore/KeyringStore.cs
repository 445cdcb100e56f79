using System.Text.Json;
using Secrets.Remote;

namespace CustomStore;

/// <summary>
/// The service Keyring. <b>Name</b> <c>keyring</c>. <b>Keys</b> <c>/</c> nests. <b>Location</b> the secret's URL. <b>Refresh</b> what has another version
/// is read. <b>Errors</b> by the table of <see cref="KeyringFailures"/>. <b>Permissions</b> <c>secrets.read</c>; <c>secrets.list</c> where nothing is required.
/// </summary>
public sealed class KeyringStore(KeyringOptions options) : IRemoteStore, IRemoteListing, IRemoteVersions
{
    private readonly RemoteHttpClient _http = new(options, error => error.GetProperty("error").GetProperty("code").GetString());
    private readonly Uri _secrets = new(options.Address, "/v1/secrets");
    private readonly string _token = options.Token;

    public string Place => "Keyring at " + _secrets.Authority;

    public string LocationOf(RemoteName name) => $"{_secrets}/{name.Name}";

    public Task<RemoteSecret?> ReadAsync(RemoteName name, CancellationToken cancellationToken) => GetAsync<RemoteSecret?>(
        TargetOf(name),
        json => new RemoteSecret(json.GetProperty("value").GetString()!) { Version = VersionOf(json), Stamp = VersionOf(json) },
        cancellationToken);

    public Task<RemotePage> ListAsync(string prefix, string? pageToken, CancellationToken cancellationToken) => GetAsync(
        $"?prefix={Uri.EscapeDataString(prefix)}&page={Uri.EscapeDataString(pageToken ?? "")}",
        json => new RemotePage(
            json.GetProperty("secrets").EnumerateArray().Select(s => new RemoteListedSecret(s.GetProperty("name").GetString()!) { Stamp = VersionOf(s) }),
            json.TryGetProperty("next", out JsonElement next) ? next.GetString() : null),
        cancellationToken);

    public Task<bool> IsCurrentAsync(RemoteName name, string stamp, CancellationToken cancellationToken) =>
        GetAsync(TargetOf(name) + "&view=metadata", json => VersionOf(json) == stamp, cancellationToken);

    private static string TargetOf(RemoteName name) => $"/{Uri.EscapeDataString(name.Name)}?version={Uri.EscapeDataString(name.Version ?? "latest")}";

    private static string? VersionOf(JsonElement json) => json.GetProperty("version").GetString();

    private async Task<T> GetAsync<T>(string target, Func<JsonElement, T> read, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_secrets + target));
        request.Headers.Authorization = RemoteHttpClient.Bearer(_token);
        return await _http.SendAsync(request, read, cancellationToken);
    }
}
