using System.Diagnostics;
using System.Runtime.Serialization;
using System.Text.Json.Serialization;

namespace Secrets.Vault;

/// <summary>What was read at one path.</summary>
public sealed class VaultSecret
{
    /// <summary>Creates a secret.</summary>
    /// <param name="json">Its fields, as the text of a JSON object.</param>
    public VaultSecret(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        Json = json;
    }

    /// <summary>Gets its fields, as the text of a JSON object.</summary>
    [JsonIgnore]
    [IgnoreDataMember]
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string Json { get; }

    /// <summary>Gets its version, where the engine has any.</summary>
    public VaultVersion? Version { get; init; }

    /// <summary>Gets the lease of credentials that were made for this read; <see langword="null"/> for others.</summary>
    public VaultLease? Lease { get; init; }

    /// <summary>Gets in how long the server replaces the content, as it says of a static role or of a secret without a lease; it is read again then.</summary>
    /// <value>Default <see langword="null"/>: the server does not say.</value>
    public TimeSpan? EndsAfter { get; init; }

    /// <summary>Shows nothing of the content.</summary>
    /// <returns>A fixed text.</returns>
    public override string ToString() => "a secret of Vault";
}
