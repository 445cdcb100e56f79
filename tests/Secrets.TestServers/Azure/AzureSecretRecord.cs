namespace Secrets.TestServers.Azure;

/// <summary>A secret of a vault with its versions, the newest last.</summary>
internal sealed class AzureSecretRecord(string name)
{
    public string Name { get; } = name;

    public List<AzureSecretVersion> Versions { get; } = [];
}
