namespace Secrets;

/// <summary>No source of the chain has the secret. The message says where each source looked, and suggests a similar path.</summary>
public sealed class SecretNotFoundException : KeyNotFoundException, ISecretsError
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is missing and where it was looked for.</param>
    /// <param name="paths">Every missing path.</param>
    public SecretNotFoundException(string message, IReadOnlyList<string> paths)
        : base(message)
    {
        ArgumentNullException.ThrowIfNull(paths);
        Paths = paths;
    }

    /// <summary>Gets <see cref="SecretsErrorCode.NotFound"/>.</summary>
    public SecretsErrorCode Code => SecretsErrorCode.NotFound;

    /// <summary>Gets every missing path.</summary>
    public IReadOnlyList<string> Paths { get; }
}
