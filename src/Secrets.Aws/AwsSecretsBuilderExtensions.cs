using Amazon.Runtime;
using Secrets.Aws;
using Secrets.Remote.Credentials;

namespace Secrets;

/// <summary>Adds AWS Secrets Manager and AWS Systems Manager Parameter Store to a chain.</summary>
public static class AwsSecretsBuilderExtensions
{
    /// <summary>
    /// Adds one secret of AWS Secrets Manager: the fields of the JSON object that is its value are keys of the root.
    /// Region and credentials come from where AWS programs find them, unless options say otherwise; nothing is looked for before the store is asked.
    /// </summary>
    /// <param name="builder">The chain.</param>
    /// <param name="secretId">The secret's name or ARN, as in <c>prod/shop</c>.</param>
    /// <param name="configure">Sets further options: more secrets, prefixes, the region.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="InvalidOperationException">The builder has built a store.</exception>
    /// <exception cref="SecretsSourceException">An option is invalid, or a name is used twice: <see cref="SecretsErrorCode.InvalidConfiguration"/>.</exception>
    public static SecretsBuilder AddAwsSecretsManager(this SecretsBuilder builder, string secretId, Action<AwsSecretsManagerOptions>? configure = null)
    {
        AwsSecretsManagerOptions options = new AwsSecretsManagerOptions().Secret(secretId);
        configure?.Invoke(options);
        return builder.AddAwsSecretsManager(options);
    }

    /// <summary>Adds secrets of AWS Secrets Manager.</summary>
    /// <param name="builder">The chain.</param>
    /// <param name="configure">Names the secrets and prefixes, and sets further options.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="InvalidOperationException">The builder has built a store.</exception>
    /// <exception cref="SecretsSourceException">An option is invalid, or a name is used twice: <see cref="SecretsErrorCode.InvalidConfiguration"/>.</exception>
    public static SecretsBuilder AddAwsSecretsManager(this SecretsBuilder builder, Action<AwsSecretsManagerOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var options = new AwsSecretsManagerOptions();
        configure(options);
        return builder.AddAwsSecretsManager(options);
    }

    /// <summary>Adds secrets of AWS Secrets Manager.</summary>
    /// <param name="builder">The chain.</param>
    /// <param name="options">The options, which are copied.</param>
    /// <param name="api">The client that makes the calls, such as one that the program has; <see langword="null"/> creates one from the options.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="InvalidOperationException">The builder has built a store.</exception>
    /// <exception cref="SecretsSourceException">An option is invalid, or a name is used twice: <see cref="SecretsErrorCode.InvalidConfiguration"/>.</exception>
    public static SecretsBuilder AddAwsSecretsManager(this SecretsBuilder builder, AwsSecretsManagerOptions options, IAwsSecretsManagerApi? api = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        AwsSecretsManagerOptions copy = Checked(options);
        return builder.Add(api is null ? new AwsSecretsManagerSource(copy) : new AwsSecretsManagerSource(copy, api), options);
    }

    /// <summary>Adds secrets of AWS Secrets Manager, with credentials that are themselves secrets of the sources above: from a file, the environment or another store.</summary>
    /// <param name="builder">The chain.</param>
    /// <param name="options">The options, which are copied; their own credentials are not used.</param>
    /// <param name="credentials">Creates the credentials from the values of the sources before this one. They are created again when those change.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="InvalidOperationException">The builder has built a store.</exception>
    /// <exception cref="SecretsSourceException">An option is invalid, or a name is used twice: <see cref="SecretsErrorCode.InvalidConfiguration"/>.</exception>
    public static SecretsBuilder AddAwsSecretsManager(this SecretsBuilder builder, AwsSecretsManagerOptions options, Func<SecretsView, AWSCredentials> credentials)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(credentials);
        AwsSecretsManagerOptions copy = Checked(options);
        return builder.Add(AwsSecretsManagerSource.KindName, view => new AwsSecretsManagerSource(copy.With(CreatedCredential.From(credentials, view, AwsSecretsManagerSource.KindName))), options);
    }

    /// <summary>Adds parameters of AWS Systems Manager Parameter Store: all below one path of the store.</summary>
    /// <param name="builder">The chain.</param>
    /// <param name="prefix">The path, from <c>/</c> to <c>/</c>, as in <c>/prod/shop/</c>.</param>
    /// <param name="configure">Sets further options: more paths, single parameters, the region.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="InvalidOperationException">The builder has built a store.</exception>
    /// <exception cref="SecretsSourceException">An option is invalid, or a name is used twice: <see cref="SecretsErrorCode.InvalidConfiguration"/>.</exception>
    public static SecretsBuilder AddAwsParameterStore(this SecretsBuilder builder, string prefix, Action<AwsParameterStoreOptions>? configure = null)
    {
        AwsParameterStoreOptions options = new AwsParameterStoreOptions().Prefix(prefix);
        configure?.Invoke(options);
        return builder.AddAwsParameterStore(options);
    }

    /// <summary>Adds parameters of AWS Systems Manager Parameter Store.</summary>
    /// <param name="builder">The chain.</param>
    /// <param name="configure">Names the parameters and paths, and sets further options.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="InvalidOperationException">The builder has built a store.</exception>
    /// <exception cref="SecretsSourceException">An option is invalid, or a name is used twice: <see cref="SecretsErrorCode.InvalidConfiguration"/>.</exception>
    public static SecretsBuilder AddAwsParameterStore(this SecretsBuilder builder, Action<AwsParameterStoreOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var options = new AwsParameterStoreOptions();
        configure(options);
        return builder.AddAwsParameterStore(options);
    }

    /// <summary>Adds parameters of AWS Systems Manager Parameter Store.</summary>
    /// <param name="builder">The chain.</param>
    /// <param name="options">The options, which are copied.</param>
    /// <param name="api">The client that makes the calls, such as one that the program has; <see langword="null"/> creates one from the options.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="InvalidOperationException">The builder has built a store.</exception>
    /// <exception cref="SecretsSourceException">An option is invalid, or a name is used twice: <see cref="SecretsErrorCode.InvalidConfiguration"/>.</exception>
    public static SecretsBuilder AddAwsParameterStore(this SecretsBuilder builder, AwsParameterStoreOptions options, IAwsParameterStoreApi? api = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        AwsParameterStoreOptions copy = Checked(options);
        return builder.Add(api is null ? new AwsParameterStoreSource(copy) : new AwsParameterStoreSource(copy, api), options);
    }

    /// <summary>Adds parameters of AWS Systems Manager Parameter Store, with credentials that are themselves secrets of the sources above: from a file, the environment or another store.</summary>
    /// <param name="builder">The chain.</param>
    /// <param name="options">The options, which are copied; their own credentials are not used.</param>
    /// <param name="credentials">Creates the credentials from the values of the sources before this one. They are created again when those change.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="InvalidOperationException">The builder has built a store.</exception>
    /// <exception cref="SecretsSourceException">An option is invalid, or a name is used twice: <see cref="SecretsErrorCode.InvalidConfiguration"/>.</exception>
    public static SecretsBuilder AddAwsParameterStore(this SecretsBuilder builder, AwsParameterStoreOptions options, Func<SecretsView, AWSCredentials> credentials)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(credentials);
        AwsParameterStoreOptions copy = Checked(options);
        return builder.Add(AwsParameterStoreSource.KindName, view => new AwsParameterStoreSource(copy.With(CreatedCredential.From(credentials, view, AwsParameterStoreSource.KindName))), options);
    }

    private static AwsSecretsManagerOptions Checked(AwsSecretsManagerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate(AwsSecretsManagerSource.KindName);
        return options.Copy();
    }

    private static AwsParameterStoreOptions Checked(AwsParameterStoreOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate(AwsParameterStoreSource.KindName);
        return options.Copy();
    }
}
