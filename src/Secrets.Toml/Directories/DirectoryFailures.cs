namespace Secrets.Toml.Directories;

/// <summary>The failures of a directory, and the secrets that cannot be read because of one.</summary>
internal static class DirectoryFailures
{
    /// <summary>True where the file or the folder does not exist.</summary>
    public static bool IsAbsence(Exception failure) => failure is FileNotFoundException or DirectoryNotFoundException;

    public static SecretsSourceException Failure(this SecretsRequest request, SecretsErrorCode code, string message) =>
        new(code, SecretOrigin.Printable(message), request.SourceName);

    /// <summary>Creates the failure for links that lead back to where they began.</summary>
    public static SecretsSourceException Circle(this SecretsRequest request, string name) =>
        request.Failure(SecretsErrorCode.InvalidConfiguration, $"the links of {name} lead in a circle.");

    public static SecretValue Unreadable(this SecretsRequest request, SecretsErrorCode code, string why, string name, string? version = null) =>
        request.Unreadable(request.Failure(code, why), name, version);

    public static SecretValue Unreadable(this SecretsRequest request, SecretsSourceException failure, string name, string? version = null) =>
        SecretValue.Unreadable(failure, request.Origin(name, version));
}
