using System.Text.Json.Nodes;

namespace Secrets.TestServers.Vault;

/// <summary>What the key/value engine holds, and how a test changes it.</summary>
public sealed partial class VaultServer
{
    private readonly SortedDictionary<string, List<VaultKeyValueVersion>> _versioned = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, string> _plain = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, List<VaultKeyValueVersion>> _upgraded = new(StringComparer.Ordinal);

    /// <summary>Gets a value indicating whether the mount of version 1 has become one of version 2.</summary>
    public bool IsPlainUpgraded { get; private set; }

    /// <summary>Stores one field: <c>secret/shop/database/password</c> is the field <c>password</c> of the secret <c>secret/shop/database</c>.</summary>
    public override void Seed(string name, string value)
    {
        string[] parts = name.Split('/');
        string path = string.Join('/', parts[1..^1]);
        string? now = parts[0] == Plain ? _plain.GetValueOrDefault(path) : _versioned.GetValueOrDefault(path)?[^1].Json;
        JsonObject fields = now is null ? [] : JsonNode.Parse(now)!.AsObject();
        fields[parts[^1]] = value;
        SetSecret($"{parts[0]}/{path}", fields.ToJsonString());
    }

    /// <summary>Stores a secret, a JSON object; the same content as before makes no new version.</summary>
    public void SetSecret(string name, string json)
    {
        (string mount, string path) = Cut(name);
        if (mount == Plain)
        {
            _plain[path] = json;
            return;
        }

        if (!_versioned.TryGetValue(path, out List<VaultKeyValueVersion>? versions))
        {
            _versioned[path] = versions = [];
        }

        if (versions.Count == 0 || versions[^1].Deleted is not null || versions[^1].IsDestroyed || versions[^1].Json != json)
        {
            versions.Add(new VaultKeyValueVersion(versions.Count + 1, json, Clock.GetUtcNow()));
        }
    }

    /// <summary>Removes a secret with all its versions.</summary>
    public void DeleteSecret(string name)
    {
        (string mount, string path) = Cut(name);
        _ = mount == Plain ? _plain.Remove(path) : _versioned.Remove(path);
    }

    /// <summary>Marks the latest version as deleted, as <c>vault kv delete</c> does: it is there, and has no data.</summary>
    public void DeleteLatest(string name) => _versioned[Cut(name).Path][^1].Deleted = Clock.GetUtcNow();

    /// <summary>Removes the data of the latest version for ever, as <c>vault kv destroy</c> does.</summary>
    public void DestroyLatest(string name) => _versioned[Cut(name).Path][^1].IsDestroyed = true;

    /// <summary>Says when the latest version will be deleted, as <c>delete_version_after</c> does: until then it is read as any other.</summary>
    public void DeleteLatestAt(string name, DateTimeOffset time) => _versioned[Cut(name).Path][^1].Deleted = time;

    /// <summary>Makes the mount of version 1 one of version 2, as <c>bao kv enable-versioning</c> does.</summary>
    public void UpgradePlain()
    {
        IsPlainUpgraded = true;
        foreach ((string path, string json) in _plain)
        {
            _upgraded[path] = [new VaultKeyValueVersion(1, json, Clock.GetUtcNow())];
        }

        _plain.Clear();
    }

    private static (string Mount, string Path) Cut(string name) => name.Split('/', 2) is [var mount, var path] ? (mount, path) : throw new ArgumentException("A name is a mount and a path.", nameof(name));
}
