using Amazon.Runtime;
using Secrets.Remote;

namespace Secrets.Aws;

/// <summary>Which parameters of AWS Systems Manager Parameter Store are read, and how it is reached.</summary>
public sealed class AwsParameterStoreOptions : AwsSourceOptions
{
    /// <summary>Adds one parameter.</summary>
    /// <param name="name">Its name or ARN, and a version or label as the service writes them: <c>/prod/token</c>, <c>/prod/token:3</c>, <c>/prod/token:live</c>.</param>
    /// <param name="at">The path where it stands; <see langword="null"/> makes its fields keys of the root, for which its value must be a JSON object.</param>
    /// <param name="format">How its text becomes values; <see langword="null"/> is <see cref="SecretFormat.Auto"/>. A <c>StringList</c> is an array whatever the format.</param>
    /// <returns>These options.</returns>
    /// <exception cref="ArgumentException"><paramref name="at"/> is not a path.</exception>
    /// <exception cref="SecretsSourceException">The name is empty or longer than the 2,048 characters of the service's model: <see cref="SecretsErrorCode.InvalidConfiguration"/>.</exception>
    public AwsParameterStoreOptions Parameter(string name, string? at = null, SecretFormat? format = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (string.IsNullOrWhiteSpace(name) || name.Length > 2048 || name.Any(char.IsControl))
        {
            throw Invalid($"Parameter takes a name or an ARN, up to 2048 characters and none of them a control character, and not {Shown(name)}");
        }

        AddSecret(new RemoteName(name), at, format);
        return this;
    }

    /// <summary>
    /// Adds all parameters below a path of the store. What follows it is the path in the view, a <c>/</c> between two keys: below <c>/prod/shop/</c>, the parameter
    /// <c>/prod/shop/database/password</c>, or the field <c>password</c> of the JSON object in <c>/prod/shop/database</c>, is <c>database.password</c>.
    /// </summary>
    /// <param name="prefix">The path, from <c>/</c> to <c>/</c>; 2 to 1,011 characters.</param>
    /// <param name="at">The path below which they stand; <see langword="null"/> is the root.</param>
    /// <param name="format">How their texts become values; <see langword="null"/> is <see cref="SecretFormat.Auto"/>.</param>
    /// <returns>These options.</returns>
    /// <exception cref="ArgumentException"><paramref name="at"/> is not a path.</exception>
    /// <exception cref="SecretsSourceException">The prefix is too short or too long, does not begin and end with <c>/</c>, or has a control character: <see cref="SecretsErrorCode.InvalidConfiguration"/>.</exception>
    public AwsParameterStoreOptions Prefix(string prefix, string? at = null, SecretFormat? format = null)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        if (prefix.Length < 2 || !prefix.StartsWith('/') || !prefix.EndsWith('/') || prefix.Length > 1011 || prefix.Any(char.IsControl))
        {
            throw Invalid($"Prefix takes a path of the store from / to /, as in \"/prod/shop/\", up to 1011 characters, and not {Shown(prefix)}");
        }

        AddPrefix(prefix, at, format);
        return this;
    }

    internal AwsParameterStoreOptions Copy() => CopyTo(new AwsParameterStoreOptions());

    internal AwsParameterStoreOptions With(AWSCredentials credentials)
    {
        AwsParameterStoreOptions copy = Copy();
        copy.Credentials = credentials;
        return copy;
    }

    /// <inheritdoc/>
    protected override IEnumerable<string> FindMistakes() => !NamesSecrets
        ? base.FindMistakes().Append("add Parameter(\"/prod/token\") or Prefix(\"/prod/shop/\"), since an account is never read whole")
        : base.FindMistakes();

    private static SecretsSourceException Invalid(string mistake) =>
        new(SecretsErrorCode.InvalidConfiguration, $"Invalid AwsParameterStoreOptions: {mistake}.", AwsParameterStoreSource.KindName);
}
