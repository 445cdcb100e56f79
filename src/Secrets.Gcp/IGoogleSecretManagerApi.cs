namespace Secrets.Gcp;

/// <summary>
/// The calls of Google Cloud Secret Manager that the source makes, with the names that its REST reference gives them. A program that holds Google's own client puts it
/// behind this with a few lines; <c>docs/gcp.md</c> shows them.
/// </summary>
/// <remarks>Failures are <see cref="GoogleSecretManagerException"/>. All members may be called from several threads at once.</remarks>
public interface IGoogleSecretManagerApi
{
    /// <summary>Gets the content of a version.</summary>
    /// <param name="secretId">The secret's identifier within the project.</param>
    /// <param name="version">A number, an alias or <c>latest</c>.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The content, with the name of its version.</returns>
    /// <exception cref="GoogleSecretManagerException">The service answered with an error.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    Task<GoogleSecretVersion> AccessSecretVersionAsync(string secretId, string version, CancellationToken cancellationToken);

    /// <summary>Gets the metadata of a version, without its content.</summary>
    /// <param name="secretId">The secret's identifier within the project.</param>
    /// <param name="version">A number, an alias or <c>latest</c>.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Its name, whether it can be accessed, and when it was created.</returns>
    /// <exception cref="GoogleSecretManagerException">The service answered with an error.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    Task<GoogleSecretVersionMetadata> GetSecretVersionAsync(string secretId, string version, CancellationToken cancellationToken);

    /// <summary>Gets a page of the secrets whose identifiers hold a text.</summary>
    /// <param name="filter">The text; empty for all.</param>
    /// <param name="pageToken">The token of the page before, or <see langword="null"/> for the first.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The page.</returns>
    /// <exception cref="GoogleSecretManagerException">The service answered with an error.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    Task<GoogleSecretList> ListSecretsAsync(string filter, string? pageToken, CancellationToken cancellationToken);
}
