using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Secrets.Remote.Http;

namespace Secrets.Vault;

/// <summary>The calls of Vault that the source makes, as the "HTTP API" reference has them.</summary>
internal sealed class VaultClient : IVaultApi, IDisposable
{
    // A token of few uses may be spent by others before a call gets its turn.
    private const int MaxReplacements = 3;

    private const string MountQuestion = "sys/internal/ui/mounts/";

    private readonly VaultHttp _http;
    private readonly VaultTokens _tokens;
    private readonly TimeProvider _timeProvider;

    public VaultClient(VaultOptions options, VaultLogin login, TimeProvider timeProvider)
    {
        _http = new VaultHttp(options, timeProvider);
        _tokens = new VaultTokens(_http, login, timeProvider);
        _timeProvider = timeProvider;
    }

    public async Task<VaultMount> FindMountAsync(string path, CancellationToken cancellationToken)
    {
        (byte[]? answer, _) = await GetAsync(MountQuestion + VaultPath.Encode(path), cancellationToken).ConfigureAwait(false);
        return JsonAnswer.Read(answer ?? throw _http.NotFound(), json =>
        {
            JsonElement data = JsonAnswer.Member(json, "data") ?? throw JsonAnswer.Malformed();
            string mount = JsonAnswer.Text(data, "path");
            return path.StartsWith(mount, StringComparison.Ordinal) && mount.EndsWith('/')
                ? new VaultMount(mount, KindOf(JsonAnswer.Text(data, "type"), JsonAnswer.Member(data, "options")))
                : throw JsonAnswer.Malformed();
        });
    }

    public async Task<VaultSecret?> ReadAsync(VaultMount mount, string path, int? version, CancellationToken cancellationToken)
    {
        bool isVersioned = mount.Kind == VaultMountKind.KeyValue2;
        string target = VaultPath.Encode(mount.Path + (isVersioned ? "data/" : "") + path)
            + (isVersioned && version is { } number ? string.Create(CultureInfo.InvariantCulture, $"?version={number}") : "");
        (byte[]? answer, VaultToken token) = await GetAsync(target, cancellationToken).ConfigureAwait(false);
        return answer is null ? null : JsonAnswer.Read(answer, json =>
        {
            JsonElement data = VaultAnswer.Object(json, "data") ?? throw JsonAnswer.Malformed();
            return isVersioned ? Versioned(data) : new VaultSecret(data.GetRawText())
            {
                Lease = mount.Kind == VaultMountKind.Other ? LeaseOf(json, token) : null,
                EndsAfter = VaultAnswer.EndOf(json, data, mount.Kind),
            };
        });
    }

    public async Task<VaultVersion?> ReadVersionAsync(VaultMount mount, string path, int? version, CancellationToken cancellationToken)
    {
        (byte[]? answer, _) = await GetAsync(VaultPath.Encode(mount.Path + "metadata/" + path), cancellationToken).ConfigureAwait(false);
        return answer is null ? null : JsonAnswer.Read(answer, json =>
        {
            JsonElement data = VaultAnswer.Object(json, "data") ?? throw JsonAnswer.Malformed();
            int number = version ?? VaultAnswer.Number(data, "current_version");
            JsonElement? metadata = VaultAnswer.Object(data, "versions") is { } versions ? VaultAnswer.Object(versions, number.ToString(CultureInfo.InvariantCulture)) : throw JsonAnswer.Malformed();
            return metadata is { } found && !VaultAnswer.IsDeleted(found, _timeProvider.GetUtcNow()) ? VaultAnswer.Version(number, found) : null;
        });
    }

    public async Task<IReadOnlyList<string>> ListAsync(VaultMount mount, string path, CancellationToken cancellationToken)
    {
        // "List secrets": GET with list=true is what proxies let through that do not know the method LIST.
        string target = VaultPath.Encode(mount.Path + (mount.Kind == VaultMountKind.KeyValue2 ? "metadata/" : "") + path) + "?list=true";
        (byte[]? answer, _) = await GetAsync(target, cancellationToken).ConfigureAwait(false);
        return answer is null ? [] : JsonAnswer.Read(answer, json =>
            JsonAnswer.List(VaultAnswer.Object(json, "data") ?? throw JsonAnswer.Malformed(), "keys", key => key.GetString() ?? throw JsonAnswer.Malformed()));
    }

    /// <summary>Lists everything below a folder in one answer without pages (OpenBao 2.2, <c>SCAN</c>), for version 2 of the key/value engine with versions.</summary>
    public Task<IReadOnlyList<VaultListEntry>> ScanAsync(VaultMount mount, string folder, CancellationToken cancellationToken) => mount.Kind == VaultMountKind.KeyValue2
        ? ListDetailedAsync(mount, folder, "?scan=true", cancellationToken)
        : ScanPlainAsync(mount, folder, cancellationToken);

    /// <summary>Lists a folder of version 2 of the key/value engine with its versions (OpenBao 2.2, <c>detailed-metadata</c>).</summary>
    public Task<IReadOnlyList<VaultListEntry>> ListDetailedAsync(VaultMount mount, string folder, CancellationToken cancellationToken) =>
        ListDetailedAsync(mount, folder, "?list=true", cancellationToken);

    /// <summary>Lists so many keys of a folder with their versions, after one key; from the first on where that is empty.</summary>
    public Task<IReadOnlyList<VaultListEntry>> ListPageAsync(VaultMount mount, string folder, string after, int limit, CancellationToken cancellationToken) =>
        ListDetailedAsync(
            mount,
            folder,
            string.Create(CultureInfo.InvariantCulture, $"?list=true&limit={limit}") + (after.Length == 0 ? "" : "&after=" + Uri.EscapeDataString(after)),
            cancellationToken);

    public async Task<VaultLease?> RenewLeaseAsync(VaultLease lease, CancellationToken cancellationToken)
    {
        // A lease ends with the login that it was issued to, whatever a later one renews.
        VaultToken token = await _tokens.GetAsync(cancellationToken).ConfigureAwait(false);
        if (!lease.IsRenewable || !ReferenceEquals(lease.Owner, token.Login))
        {
            return null;
        }

        try
        {
            byte[]? answer = await PostAsync("sys/leases/renew", lease, cancellationToken).ConfigureAwait(false);
            return JsonAnswer.Read(answer ?? throw new VaultException(404), json => LeaseOf(json, token));
        }
        catch (VaultException refused) when (refused.HttpStatus is 400 or 403 or 404)
        {
            return null;
        }
    }

    public async Task<VaultLease?> LookUpLeaseAsync(VaultLease lease, CancellationToken cancellationToken)
    {
        try
        {
            byte[]? answer = await PostAsync("sys/leases/lookup", lease, cancellationToken).ConfigureAwait(false);
            return JsonAnswer.Read(answer ?? throw new VaultException(404), json =>
            {
                JsonElement data = VaultAnswer.Object(json, "data") ?? throw JsonAnswer.Malformed();
                return VaultAnswer.Seconds(data, "ttl") is { } left ? new VaultLease(lease.Id, left, lease.IsRenewable) { Owner = lease.Owner, EndsWith = lease.EndsWith } : lease;
            });
        }
        catch (VaultException refused) when (refused.HttpStatus is 400 or 403 or 404)
        {
            return null;
        }
    }

    public Task RevokeLeaseAsync(VaultLease lease, CancellationToken cancellationToken) => PostAsync("sys/leases/revoke", lease, cancellationToken);

    /// <summary>Gets a value indicating whether this program logged in, so that ending the login ends its leases.</summary>
    public bool IsLoggedIn => _tokens.IsOwn;

    /// <summary>Gets why the login could not be renewed, or a changed certificate not be used; <see langword="null"/> where nothing is wrong.</summary>
    public Exception? LoginTrouble => _tokens.Trouble ?? _http.Trouble;

    /// <summary>Says whether a lease was issued to the present login: it ends with an earlier one.</summary>
    public bool IsOfLogin(VaultLease lease) => _tokens.IsCurrent(lease.Owner);

    /// <summary>Says whether a lease ends with the present token, which was not renewed since: renewing the lease would grant no more.</summary>
    public bool WaitsForLogin(VaultLease lease) => lease.EndsWith is { } token && _tokens.IsUnchanged(token);

    public Task<TimeSpan?> KeepLoginAsync(CancellationToken cancellationToken) => _tokens.KeepAsync(cancellationToken);

    /// <summary>Ends the login, where this program made it.</summary>
    public Task LogOutAsync(CancellationToken cancellationToken) => _tokens.RevokeAsync(cancellationToken);

    public void Dispose() => _http.Dispose();

    private async Task<IReadOnlyList<VaultListEntry>> ListDetailedAsync(VaultMount mount, string folder, string query, CancellationToken cancellationToken)
    {
        (byte[]? answer, _) = await GetAsync(VaultPath.Encode(mount.Path + "detailed-metadata/" + folder) + query, cancellationToken).ConfigureAwait(false);
        return answer is null ? [] : JsonAnswer.Read(answer, json =>
            VaultAnswer.Entries(VaultAnswer.Object(json, "data") ?? throw JsonAnswer.Malformed(), _timeProvider.GetUtcNow()));
    }

    private async Task<IReadOnlyList<VaultListEntry>> ScanPlainAsync(VaultMount mount, string folder, CancellationToken cancellationToken)
    {
        // Vault does not know "scan", and looks for a secret with the name of the folder: that there is none says nothing of what is below.
        (byte[]? answer, _) = await GetAsync(VaultPath.Encode(mount.Path + folder) + "?scan=true", cancellationToken).ConfigureAwait(false);
        return JsonAnswer.Read(answer ?? throw new VaultException(404), json =>
        {
            JsonElement data = VaultAnswer.Object(json, "data") ?? throw JsonAnswer.Malformed();
            return data.EnumerateObject().All(m => m.Name is "keys") ? VaultAnswer.Entries(data, _timeProvider.GetUtcNow()) : throw JsonAnswer.Malformed();
        });
    }

    private static VaultMountKind KindOf(string type, JsonElement? options) => type switch
    {
        "kv" when options is { ValueKind: JsonValueKind.Object } given && JsonAnswer.TextOrNull(given, "version") is "2" => VaultMountKind.KeyValue2,
        "kv" or "generic" or "cubbyhole" => VaultMountKind.KeyValue1,
        _ => VaultMountKind.Other,
    };

    private static VaultSecret? Versioned(JsonElement data)
    {
        JsonElement metadata = VaultAnswer.Object(data, "metadata") ?? throw JsonAnswer.Malformed();
        return VaultAnswer.Object(data, "data") is { } fields
            ? new VaultSecret(fields.GetRawText()) { Version = VaultAnswer.Version(VaultAnswer.Number(metadata, "version"), metadata) }
            : VaultAnswer.IsDeleted(metadata, DateTimeOffset.MaxValue) ? null : throw JsonAnswer.Malformed();
    }

    private static VaultLease? LeaseOf(JsonElement json, VaultToken token)
    {
        if (JsonAnswer.TextOrNull(json, "lease_id") is not { Length: > 0 } id || VaultAnswer.Seconds(json, "lease_duration") is not { } duration)
        {
            return null;
        }

        bool isCut = token.Life?.Left < duration;
        return new VaultLease(id, isCut ? token.Life!.Left : duration, VaultAnswer.Flag(json, "renewable")) { Owner = token.Login, EndsWith = isCut ? token : null };
    }

    private Task<(byte[]? Answer, VaultToken Token)> GetAsync(string target, CancellationToken cancellationToken) => SendAsync(HttpMethod.Get, target, body: null, cancellationToken);

    private async Task<byte[]?> PostAsync(string target, VaultLease lease, CancellationToken cancellationToken) =>
        (await SendAsync(HttpMethod.Post, target, new JsonObject { ["lease_id"] = lease.Id }, cancellationToken).ConfigureAwait(false)).Answer;

    private async Task<(byte[]? Answer, VaultToken Token)> SendAsync(HttpMethod method, string target, JsonObject? body, CancellationToken cancellationToken)
    {
        for (int replaced = 0; ; replaced++)
        {
            VaultToken token = await _tokens.GetAsync(cancellationToken).ConfigureAwait(false);
            long proofs = _tokens.Proofs;
            try
            {
                return (await _http.SendAsync(method, target, token.Text, body, cancellationToken).ConfigureAwait(false), token);
            }
            catch (VaultException refused) when (refused.HttpStatus == 403)
            {
                // Vault says the same of a token that has ended and of a path that is not permitted.
                if (replaced == MaxReplacements || !await _tokens.ReplaceAsync(token, proofs, cancellationToken).ConfigureAwait(false))
                {
                    throw new VaultException(refused.HttpStatus)
                    {
                        Doubt = token.Text is null ? VaultDoubt.MissingToken
                            : !token.IsAccepted ? VaultDoubt.Token
                            : target.StartsWith(MountQuestion, StringComparison.Ordinal) ? VaultDoubt.Mount
                            : VaultDoubt.None,
                    };
                }
            }
        }
    }
}
