using System.Diagnostics;
using System.Runtime.Serialization;
using System.Text.Json.Serialization;

namespace Secrets.Aws;

/// <summary>One version of a secret, as <c>GetSecretValue</c> gives it.</summary>
/// <remarks>The service's model requires no member of an answer, so each may be <see langword="null"/>. A secret with neither text nor bytes has no value yet, and counts as absent.</remarks>
public sealed class AwsSecret
{
    /// <summary>Gets the ARN, with the six random characters at its end.</summary>
    public required string? Arn { get; init; }

    /// <summary>Gets the name.</summary>
    public required string? Name { get; init; }

    /// <summary>Gets the identifier of the version.</summary>
    public required string? VersionId { get; init; }

    /// <summary>Gets the text, or <see langword="null"/> where the secret is binary.</summary>
    [JsonIgnore]
    [IgnoreDataMember]
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string? SecretString { get; init; }

    /// <summary>Gets the bytes, or <see langword="null"/> where the secret is text.</summary>
    [JsonIgnore]
    [IgnoreDataMember]
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public byte[]? SecretBinary { get; init; }

    /// <summary>Gives the ARN.</summary>
    /// <returns>The ARN, or else the name, never the value.</returns>
    public override string ToString() => Arn ?? Name ?? "";
}
