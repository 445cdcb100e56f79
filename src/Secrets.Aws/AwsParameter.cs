using System.Diagnostics;
using System.Runtime.Serialization;
using System.Text.Json.Serialization;

namespace Secrets.Aws;

/// <summary>One version of a parameter, as <c>GetParameters</c> gives it.</summary>
public sealed class AwsParameter
{
    /// <summary>Gets the ARN.</summary>
    public required string Arn { get; init; }

    /// <summary>Gets the name, without what chose the version.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the type: <c>String</c>, <c>StringList</c> or <c>SecureString</c>.</summary>
    public required string Type { get; init; }

    /// <summary>Gets the number of the version, from 1.</summary>
    public required long Version { get; init; }

    /// <summary>Gets what chose the version, with its colon, as in <c>:3</c>; <see langword="null"/> where nothing did.</summary>
    public string? Selector { get; init; }

    /// <summary>Gets the text, decrypted.</summary>
    [JsonIgnore]
    [IgnoreDataMember]
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public required string Value { get; init; }

    /// <summary>Gives the name.</summary>
    /// <returns>The name, never the value.</returns>
    public override string ToString() => Name + Selector;
}
