namespace Secrets.TestServers.Aws;

/// <summary>A secret of the store with its versions, the newest first.</summary>
internal sealed class AwsSecretRecord(string name, string arn, DateTimeOffset created)
{
    public string Name { get; } = name;

    public string Arn { get; } = arn;

    public DateTimeOffset Created { get; } = created;

    public DateTimeOffset Changed { get; set; } = created;

    public DateTimeOffset? Deleted { get; set; }

    public List<AwsSecretVersion> Versions { get; } = [];

    public Dictionary<string, string> Tags { get; } = new(StringComparer.Ordinal);

    public string Description { get; set; } = "";

    public void Add(AwsSecretVersion version)
    {
        foreach (AwsSecretVersion old in Versions)
        {
            old.Stages.Remove("AWSPREVIOUS");
            if (old.Stages.Remove("AWSCURRENT"))
            {
                old.Stages.Add("AWSPREVIOUS");
            }
        }

        version.Stages.Add("AWSCURRENT");
        Versions.Insert(0, version);
        Changed = version.Created;
    }
}
