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

    /// <summary>Adds a version with its labels, each of which a version has alone; what was current becomes previous ("PutSecretValue" of the API reference).</summary>
    public void Add(AwsSecretVersion version, IReadOnlyCollection<string> stages)
    {
        AwsSecretVersion? replaced = stages.Contains("AWSCURRENT") ? Versions.Find(v => v.Stages.Contains("AWSCURRENT")) : null;
        if (replaced is not null)
        {
            Versions.ForEach(v => v.Stages.Remove("AWSPREVIOUS"));
            replaced.Stages.Add("AWSPREVIOUS");
        }

        Versions.ForEach(v => v.Stages.RemoveAll(stages.Contains));
        version.Stages.AddRange(stages);
        Versions.Insert(0, version);
        Changed = version.Created;
    }
}
