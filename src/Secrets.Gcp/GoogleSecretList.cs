namespace Secrets.Gcp;

/// <summary>A page of what <c>projects.secrets.list</c> gives.</summary>
public sealed class GoogleSecretList
{
    /// <summary>Gets the identifiers within the project. A page may be empty and not the last.</summary>
    public required IReadOnlyList<string> SecretIds { get; init; }

    /// <summary>Gets the token of the next page; <see langword="null"/> or empty for the last.</summary>
    public required string? NextPageToken { get; init; }
}
