using System.Diagnostics;
using System.Runtime.Serialization;
using System.Text.Json.Serialization;

namespace Secrets.Aws;

/// <summary>One version of a parameter, as <c>GetParameters</c> gives it.</summary>
/// <remarks>The service's model requires no member of an answer, so each may be <see langword="null"/>. Without a value it is not an answer; the parameter is then asked for alone.</remarks>
public sealed class AwsParameter
{
    /// <summary>Gets the ARN; for a reference to Secrets Manager, that of the secret.</summary>
    public required string? Arn { get; init; }

    /// <summary>Gets the name, without what chose the version.</summary>
    public required string? Name { get; init; }

    /// <summary>Gets the type: <c>String</c>, <c>StringList</c> or <c>SecureString</c>. Only <c>StringList</c> is read as a list.</summary>
    public required string? Type { get; init; }

    /// <summary>Gets the number of the version, from 1; <see langword="null"/> or 0 for a reference to Secrets Manager.</summary>
    public required long? Version { get; init; }

    /// <summary>Gets what chose the version, with its colon, as in <c>:3</c>; <see langword="null"/> where nothing did, or where a server does not say it.</summary>
    public string? Selector { get; init; }

    /// <summary>Gets the text, decrypted.</summary>
    [JsonIgnore]
    [IgnoreDataMember]
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public required string? Value { get; init; }

    /// <summary>Gives the name.</summary>
    /// <returns>The name, never the value.</returns>
    public override string ToString() => Name + Selector;
}
