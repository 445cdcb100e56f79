using Secrets.Remote;

namespace Secrets.Aws;

/// <summary>Which version of a secret is asked for: as one word of a <see cref="RemoteName"/>, and as the two parameters of the service.</summary>
internal static class AwsVersion
{
    private const string Stage = "stage ";
    private const string Id = "version ";

    public static string? Write(string? stage, string? id) => stage is not null ? Stage + stage : id is not null ? Id + id : null;

    public static (string? Stage, string? Id) Read(string? version) => version switch
    {
        null => (null, null),
        _ when version.StartsWith(Stage, StringComparison.Ordinal) => (version[Stage.Length..], null),
        _ => (null, version[Id.Length..]),
    };
}
