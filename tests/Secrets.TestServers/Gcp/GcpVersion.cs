namespace Secrets.TestServers.Gcp;

/// <summary>One version of a secret.</summary>
internal sealed class GcpVersion(int number, byte[] data, DateTimeOffset created)
{
    public int Number { get; } = number;

    public byte[] Data { get; } = data;

    public DateTimeOffset Created { get; } = created;

    public bool IsEnabled { get; set; } = true;
}
