namespace Secrets.TestServers.Keyring;

/// <summary>One version of a secret.</summary>
internal sealed class KeyringVersion(string id, string value)
{
    public string Id { get; } = id;

    public string Value { get; } = value;
}
