using System.Diagnostics;
using System.Runtime.Serialization;
using System.Text.Json.Serialization;

namespace Secrets.Gcp;

/// <summary>A version of a secret with its content, as <c>access</c> gives it.</summary>
public sealed class GoogleSecretVersion
{
    /// <summary>Gets the version's full name, as in <c>projects/123/secrets/token/versions/7</c>; empty where the service does not say.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the content.</summary>
    [JsonIgnore]
    [IgnoreDataMember]
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public required byte[] Data { get; init; }

    /// <summary>Gets the CRC-32C of the content that the service computed; <see langword="null"/> where it gave none.</summary>
    public long? DataCrc32C { get; init; }

    /// <summary>Gives the name.</summary>
    /// <returns>The name, never the content.</returns>
    public override string ToString() => Name;
}
