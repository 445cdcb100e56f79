using Amazon.Runtime;

namespace Secrets.Aws;

/// <summary>
/// The calls of AWS Systems Manager that the source makes, with the names that its API reference gives them. A program that holds AWSSDK.SimpleSystemsManagement's own
/// client puts it behind this with a few lines.
/// </summary>
/// <remarks>
/// Failures are <see cref="AmazonServiceException"/> with the service's own code, as AWSSDK's clients throw them; the source acts on code and status and passes on no text.
/// All members may be called from several threads at once.
/// </remarks>
public interface IAwsParameterStoreApi
{
    /// <summary>Gets up to 10 parameters, decrypted.</summary>
    /// <param name="names">Names or ARNs, 1 to 10, each with a version or a label where one is chosen: <c>/prod/token:3</c>.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>What was found, and the names that were not.</returns>
    /// <exception cref="AmazonServiceException">The service answered with an error.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    Task<AwsParameterBatch> GetParametersAsync(IReadOnlyList<string> names, CancellationToken cancellationToken);

    /// <summary>Gets a page of the parameters below a path, at any depth.</summary>
    /// <param name="path">The path, from <c>/</c> to <c>/</c>.</param>
    /// <param name="nextToken">The token of the page before, or <see langword="null"/> for the first.</param>
    /// <param name="withDecryption">Whether the values of encrypted parameters are decrypted; where not, their names alone count.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The page, of up to 10 parameters.</returns>
    /// <exception cref="AmazonServiceException">The service answered with an error.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    Task<AwsParameterList> GetParametersByPathAsync(string path, string? nextToken, bool withDecryption, CancellationToken cancellationToken);
}
