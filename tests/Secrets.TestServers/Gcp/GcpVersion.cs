namespace Secrets.TestServers.Gcp;

/// <summary>One version of a secret.</summary>
internal sealed class GcpVersion(int number, byte[] data)
{
    public int Number { get; } = number;

    public byte[] Data { get; } = data;

    public bool IsEnabled { get; set; } = true;
}
