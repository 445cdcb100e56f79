using Amazon.Runtime;
using Secrets.Remote;

namespace Secrets.Aws;

/// <summary>Which secrets of AWS Secrets Manager are read, and how it is reached.</summary>
public sealed class AwsSecretsManagerOptions : AwsSourceOptions
{
    /// <summary>Adds one secret.</summary>
    /// <param name="secretId">Its name or ARN. The name ends before the six random characters that an ARN has.</param>
    /// <param name="at">The path where it stands, as in <c>trello.token</c>; <see langword="null"/> makes its fields keys of the root, for which its value must be a JSON object.</param>
    /// <param name="versionStage">The label of the version, as in <c>AWSPREVIOUS</c>; <see langword="null"/> is <c>AWSCURRENT</c>. A version that is chosen is fetched in a call of its own.</param>
    /// <param name="versionId">The identifier of the version; <see langword="null"/> follows the label.</param>
    /// <param name="format">How its text becomes values; <see langword="null"/> is <see cref="SecretFormat.Auto"/>.</param>
    /// <returns>These options.</returns>
    /// <exception cref="ArgumentException"><paramref name="at"/> is not a path.</exception>
    /// <exception cref="SecretsSourceException">The name is empty or longer than the 2,048 characters of the service's model, or a stage and an identifier are given: <see cref="SecretsErrorCode.InvalidConfiguration"/>.</exception>
    public AwsSecretsManagerOptions Secret(string secretId, string? at = null, string? versionStage = null, string? versionId = null, SecretFormat? format = null)
    {
        ArgumentNullException.ThrowIfNull(secretId);
        if (string.IsNullOrWhiteSpace(secretId) || secretId.Length > 2048 || secretId.Any(char.IsControl))
        {
            throw Invalid($"Secret takes a name or an ARN, up to 2048 characters and none of them a control character, and not {Shown(secretId)}");
        }

        if (versionStage is not null && versionId is not null)
        {
            throw Invalid("Secret takes versionStage or versionId, not both: an identifier names one version whatever its labels are");
        }

        AddSecret(new RemoteName(secretId, AwsVersion.Write(versionStage, versionId)), at, format);
        return this;
    }

    /// <summary>
    /// Adds all secrets whose names begin with a prefix. What follows it is the path, a <c>/</c> between two keys: below <c>prod/shop/</c>, the secret
    /// <c>prod/shop/database/password</c>, or the field <c>password</c> of the JSON object in <c>prod/shop/database</c>, is <c>database.password</c>.
    /// </summary>
    /// <param name="prefix">The prefix, with the <c>/</c> at its end; 2 to 512 characters.</param>
    /// <param name="at">The path below which they stand; <see langword="null"/> is the root.</param>
    /// <param name="format">How their texts become values; <see langword="null"/> is <see cref="SecretFormat.Auto"/>.</param>
    /// <returns>These options.</returns>
    /// <exception cref="ArgumentException"><paramref name="at"/> is not a path.</exception>
    /// <exception cref="SecretsSourceException">The prefix is too short or too long, does not end with <c>/</c>, or has a control character: <see cref="SecretsErrorCode.InvalidConfiguration"/>.</exception>
    public AwsSecretsManagerOptions Prefix(string prefix, string? at = null, SecretFormat? format = null)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        if (prefix.Length < 2 || !prefix.EndsWith('/') || prefix.Length > 512 || prefix.Any(char.IsControl))
        {
            throw Invalid($"Prefix takes the beginning of names with the / at its end, as in \"prod/shop/\", up to 512 characters, and not {Shown(prefix)}");
        }

        AddPrefix(prefix, at, format);
        return this;
    }

    internal AwsSecretsManagerOptions Copy() => CopyTo(new AwsSecretsManagerOptions());

    internal AwsSecretsManagerOptions With(AWSCredentials credentials)
    {
        AwsSecretsManagerOptions copy = Copy();
        copy.Credentials = credentials;
        return copy;
    }

    /// <inheritdoc/>
    protected override IEnumerable<string> FindMistakes() => !NamesSecrets
        ? base.FindMistakes().Append("add Secret(\"name\") or Prefix(\"prod/shop/\"), since an account is never read whole")
        : base.FindMistakes();

    private static SecretsSourceException Invalid(string mistake) =>
        new(SecretsErrorCode.InvalidConfiguration, $"Invalid AwsSecretsManagerOptions: {mistake}.", AwsSecretsManagerSource.KindName);
}
