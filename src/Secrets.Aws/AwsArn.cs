using Amazon.Runtime;
using Secrets.Aws.Runtime;
using Secrets.Remote;

namespace Secrets.Aws;

/// <summary>What the ARN of a secret or parameter tells: <c>arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/shop-a1b2c3</c>.</summary>
internal static class AwsArn
{
    private const int RegionPart = 3;

    /// <summary>Gives the region; <see langword="null"/> where the text is not an ARN or has none.</summary>
    public static string? RegionOf(string name) =>
        name.StartsWith("arn:", StringComparison.Ordinal) && name.Split(':') is { Length: > RegionPart } parts && parts[RegionPart].Length > 0 ? parts[RegionPart] : null;

    /// <summary>
    /// Says that another region was asked, where the name is an ARN of that region and nothing could be read. The services' own codes for it differ, and
    /// "does not exist" would let a misconfigured secret look absent.
    /// </summary>
    /// <param name="name">The secret.</param>
    /// <param name="failure">Why it cannot be read; <see langword="null"/> where it does not exist.</param>
    /// <param name="askedRegion">The region that was asked.</param>
    /// <returns>The failure that explains it; <see langword="null"/> where the region does not.</returns>
    public static RemoteFailure? ExplainRegion(RemoteName name, RemoteFailure? failure, string? askedRegion)
    {
        failure = failure is { Kind: RemoteFailureKind.Missing } ? null : failure;
        bool isOwnFault = failure is null
            || (failure.Kind is RemoteFailureKind.Secret or RemoteFailureKind.Denied && failure.Code is SecretsErrorCode.AccessDenied or SecretsErrorCode.InvalidConfiguration or SecretsErrorCode.Unknown);
        return !isOwnFault || askedRegion is null || RegionOf(name.Name) is not { } region || string.Equals(region, askedRegion, StringComparison.Ordinal)
            ? null
            : new RemoteFailure(RemoteFailureKind.Secret, SecretsErrorCode.InvalidConfiguration, $"the ARN is of the region {region}, which this source does not ask")
            {
                Advice = $"add a source for it with Region = \"{region}\".",
                Status = failure?.Status,
                VendorCode = failure?.VendorCode,
                RequestId = failure?.RequestId,
            };
    }

    /// <summary>Reads a secret, and explains what another region has.</summary>
    /// <param name="name">The secret.</param>
    /// <param name="askedRegion">Gives the region that was asked, once it is known.</param>
    /// <param name="read">Reads the secret.</param>
    /// <exception cref="RemoteException">Nothing could be read, since another region has it.</exception>
    public static async Task<RemoteSecret?> ReadAsync(RemoteName name, Func<string?> askedRegion, Func<Task<RemoteSecret?>> read)
    {
        try
        {
            return Explain(name, await read().ConfigureAwait(false), askedRegion());
        }
        catch (AmazonServiceException failure) when (ExplainRegion(name, new AwsFailures().Find(failure), askedRegion()) is { } explained)
        {
            throw new RemoteException(explained);
        }
    }

    /// <summary>Gives an answer, or why another region was to be asked.</summary>
    public static RemoteSecret? Explain(RemoteName name, RemoteSecret? secret, string? askedRegion) =>
        (secret is null || secret.Problem is not null) && ExplainRegion(name, secret?.Problem, askedRegion) is { } explained ? RemoteSecret.Unreadable(explained) : secret;
}
