using Secrets.Remote.Calls;

namespace Secrets.Remote.Loading;

/// <summary>The result for one secret: its entries under the path where it stands, with what tells whether they are still current.</summary>
internal sealed class RemoteRead(RemoteMount mount, RemoteAnswer answer, IReadOnlyList<SecretEntry> entries, SecretsSourceException? failure)
{
    public RemoteMount Mount { get; } = mount;

    public string? Stamp { get; } = answer.Secret?.Stamp;

    public string? Fingerprint { get; } = answer.Secret?.Fingerprint;

    public SecretsSourceException? Failure { get; } = failure;

    /// <summary>Gets a value indicating whether <see cref="Failure"/> concerns the whole store.</summary>
    public bool IsStoreOut { get; } = answer.IsStoreOut;

    public IReadOnlyList<SecretEntry> Entries { get; } = entries;

    /// <summary>Gets the last result without a failure: this one, or an earlier one; <see langword="null"/> where there was none.</summary>
    public RemoteRead? LastGood { get => Failure is null ? this : field; init; }

    /// <summary>Says whether this is of the same secret at the same path.</summary>
    public bool IsOf(RemoteMount other) => Mount.Name == other.Name && Mount.At == other.At && Mount.Format == other.Format;
}
