using Amazon.Runtime;

namespace Secrets.Aws;

/// <summary>
/// The calls of AWS Secrets Manager that the source makes, with the names that its API reference gives them. A program that holds AWSSDK.SecretsManager's own
/// client puts it behind this with a few lines; <c>docs/aws.md</c> shows them.
/// </summary>
/// <remarks>
/// Failures are <see cref="AmazonServiceException"/> with the service's own code, as AWSSDK's clients throw them; the source acts on code and status and passes on no text.
/// All members may be called from several threads at once.
/// </remarks>
public interface IAwsSecretsManagerApi
{
    /// <summary>Gets up to 20 secrets in their current versions.</summary>
    /// <param name="secretIds">Names or ARNs, 1 to 20.</param>
    /// <param name="nextToken">The token of the page before, or <see langword="null"/> for the first.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>What was found, and the errors of single secrets.</returns>
    /// <exception cref="AmazonServiceException">The service answered with an error.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    Task<AwsSecretBatch> BatchGetSecretValueAsync(IReadOnlyList<string> secretIds, string? nextToken, CancellationToken cancellationToken);

    /// <summary>Gets one secret.</summary>
    /// <param name="secretId">Its name or ARN.</param>
    /// <param name="versionId">The identifier of a version, or <see langword="null"/>.</param>
    /// <param name="versionStage">The label of a version, or <see langword="null"/>; the current one where both are.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The secret.</returns>
    /// <exception cref="AmazonServiceException">The service answered with an error.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    Task<AwsSecret> GetSecretValueAsync(string secretId, string? versionId, string? versionStage, CancellationToken cancellationToken);

    /// <summary>Gets what is known of one secret but its value.</summary>
    /// <param name="secretId">Its name or ARN.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The description.</returns>
    /// <exception cref="AmazonServiceException">The service answered with an error.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    Task<AwsSecretDescription> DescribeSecretAsync(string secretId, CancellationToken cancellationToken);

    /// <summary>Gets a page of what is known of the secrets whose names begin with a prefix.</summary>
    /// <param name="namePrefix">The prefix. AWS compares by exact case ("Filter" of the API reference); what does not begin with it is left out.</param>
    /// <param name="nextToken">The token of the page before, or <see langword="null"/> for the first.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The page, of up to 100 secrets.</returns>
    /// <exception cref="AmazonServiceException">The service answered with an error.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    Task<AwsSecretList> ListSecretsAsync(string namePrefix, string? nextToken, CancellationToken cancellationToken);
}
