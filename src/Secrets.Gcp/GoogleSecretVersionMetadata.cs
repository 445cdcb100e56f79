namespace Secrets.Gcp;

/// <summary>The metadata of a version, without its content.</summary>
public sealed class GoogleSecretVersionMetadata
{
    /// <summary>Gets the version's full name, as in <c>projects/123/secrets/token/versions/7</c>; empty where the service does not say.</summary>
    public required string Name { get; init; }

    /// <summary>Gets a value indicating whether its state is <c>ENABLED</c>: one that is disabled or destroyed cannot be accessed.</summary>
    public required bool IsEnabled { get; init; }

    /// <summary>
    /// Gets when it was created; <see langword="null"/> where the service does not say, so that every refresh fetches the content. A secret that is deleted and created
    /// again has the same names of versions.
    /// </summary>
    public required DateTimeOffset? CreateTime { get; init; }

    /// <summary>Gives the name.</summary>
    /// <returns>The name.</returns>
    public override string ToString() => Name;
}
