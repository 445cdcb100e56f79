namespace Secrets.Remote;

/// <summary>What became of one secret: its entries under the path where it stands, with what tells whether they are still right.</summary>
internal sealed class RemoteRead(RemoteMount mount, RemoteSecret secret, IReadOnlyList<SecretEntry> entries, SecretsSourceException? failure)
{
    public RemoteMount Mount { get; } = mount;

    public string? Version { get; } = secret.Version;

    public string? Stamp { get; } = secret.Stamp;

    public SecretsSourceException? Failure { get; } = failure;

    public IReadOnlyList<SecretEntry> Entries { get; } = entries;

    /// <summary>Says whether this is of the same secret at the same path.</summary>
    public bool IsOf(RemoteMount other) => Mount.Name == other.Name && Mount.At == other.At && Mount.Format == other.Format;
}
