namespace Secrets.Aws;

/// <summary>Why one secret of a batch cannot be had.</summary>
public sealed class AwsSecretError
{
    /// <summary>Gets the name or ARN as it was asked for. An error that names anything else, or <see langword="null"/>, has each secret without an answer asked for alone.</summary>
    public required string? SecretId { get; init; }

    /// <summary>Gets the service's code, as in <c>ResourceNotFoundException</c>; <see langword="null"/> has the secret asked for alone.</summary>
    public required string? ErrorCode { get; init; }

    /// <summary>Gives the name and the code.</summary>
    /// <returns>As in <c>prod/shop: AccessDeniedException</c>.</returns>
    public override string ToString() => $"{SecretId}: {ErrorCode}";
}
