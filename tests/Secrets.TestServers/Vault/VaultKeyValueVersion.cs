namespace Secrets.TestServers.Vault;

/// <summary>One version of a secret of the key/value engine.</summary>
internal sealed class VaultKeyValueVersion(int number, string json, DateTimeOffset created)
{
    public int Number { get; } = number;

    public string Json { get; } = json;

    public DateTimeOffset Created { get; } = created;

    public DateTimeOffset? Deleted { get; set; }

    public bool IsDestroyed { get; set; }
}
