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
    /// Has an answer say that another region was asked, where the name is an ARN of that region and nothing could be read. The services' own codes for it differ, and
    /// "does not exist" would let a misconfigured secret look absent.
    /// </summary>
    public static RemoteSecret ExplainRegion(RemoteSecret secret, string? askedRegion, string sourceName, string place)
    {
        bool isOwnFault = secret.IsMissing || (!secret.IsStoreOut && secret.Failure?.Code is SecretsErrorCode.AccessDenied or SecretsErrorCode.InvalidConfiguration or SecretsErrorCode.Unknown);
        if (!isOwnFault || askedRegion is null || RegionOf(secret.Name.Name) is not { } region || string.Equals(region, askedRegion, StringComparison.Ordinal))
        {
            return secret;
        }

        return new RemoteSecret
        {
            Name = secret.Name,
            Failure = RemoteFailure.Make(
                SecretsErrorCode.InvalidConfiguration,
                $"the ARN is of the region {region}, which this source does not ask",
                $"add a source for it with Region = \"{region}\".",
                sourceName,
                place,
                secret.Name.ToString(),
                secret.Failure?.Status,
                secret.Failure?.VendorCode,
                secret.Failure?.RequestId),
        };
    }
}
