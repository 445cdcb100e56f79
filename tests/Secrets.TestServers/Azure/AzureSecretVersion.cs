namespace Secrets.TestServers.Azure;

/// <summary>One version of a secret.</summary>
internal sealed class AzureSecretVersion(string id, string value, bool isEnabled, DateTimeOffset? expires, DateTimeOffset? notBefore, DateTimeOffset created)
{
    public string Id { get; } = id;

    public string Value { get; } = value;

    public bool IsEnabled { get; } = isEnabled;

    public DateTimeOffset? Expires { get; } = expires;

    public DateTimeOffset? NotBefore { get; } = notBefore;

    public DateTimeOffset Created { get; } = created;
}
