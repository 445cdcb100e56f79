using Google.Apis.Auth.OAuth2;
using Secrets.Gcp;
using Secrets.Remote.Credentials;

namespace Secrets;

/// <summary>Adds Google Cloud Secret Manager to a chain.</summary>
public static class GoogleSecretsBuilderExtensions
{
    /// <summary>
    /// Adds the secrets of a project: <c>--</c> in an identifier nests, so that <c>database--password</c> is <c>database.password</c>. With requirements secrets are asked for by
    /// name and nothing is listed; without, the whole project is read, unless options name secrets or prefixes. No credentials are looked up before the first call.
    /// </summary>
    /// <param name="builder">The chain.</param>
    /// <param name="project">The project's identifier or number.</param>
    /// <param name="configure">Sets further options.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="InvalidOperationException">The builder has built a store.</exception>
    /// <exception cref="SecretsSourceException">An option is invalid, or a name is used twice: <see cref="SecretsErrorCode.InvalidConfiguration"/>.</exception>
    public static SecretsBuilder AddGoogleSecretManager(this SecretsBuilder builder, string project, Action<GoogleSecretManagerOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(project);
        var options = new GoogleSecretManagerOptions { Project = project };
        configure?.Invoke(options);
        return builder.AddGoogleSecretManager(options);
    }

    /// <summary>Adds secrets of a project.</summary>
    /// <param name="builder">The chain.</param>
    /// <param name="options">The options, which are copied.</param>
    /// <param name="api">The client that makes the calls, such as one that the program has; <see langword="null"/> creates one from the options.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="InvalidOperationException">The builder has built a store.</exception>
    /// <exception cref="SecretsSourceException">An option is invalid, or a name is used twice: <see cref="SecretsErrorCode.InvalidConfiguration"/>.</exception>
    public static SecretsBuilder AddGoogleSecretManager(this SecretsBuilder builder, GoogleSecretManagerOptions options, IGoogleSecretManagerApi? api = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        GoogleSecretManagerOptions copy = Checked(options);
        return builder.Add(api is null ? new GoogleSecretManagerSource(copy) : new GoogleSecretManagerSource(copy, api), options);
    }

    /// <summary>Adds secrets of a project, with credentials that are themselves secrets of the sources above: from a file, the environment or another store.</summary>
    /// <param name="builder">The chain.</param>
    /// <param name="options">The options, which are copied. Their own credential is ignored.</param>
    /// <param name="credential">Creates the credential from the values of the sources before this one. It is created again when they change.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="InvalidOperationException">The builder has built a store.</exception>
    /// <exception cref="SecretsSourceException">An option is invalid, or a name is used twice: <see cref="SecretsErrorCode.InvalidConfiguration"/>.</exception>
    public static SecretsBuilder AddGoogleSecretManager(this SecretsBuilder builder, GoogleSecretManagerOptions options, Func<SecretsView, ICredential> credential)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(credential);
        GoogleSecretManagerOptions copy = Checked(options);
        return builder.Add(GoogleSecretManagerSource.KindName, view => new GoogleSecretManagerSource(copy.With(CreatedCredential.From(credential, view, GoogleSecretManagerSource.KindName))), options);
    }

    private static GoogleSecretManagerOptions Checked(GoogleSecretManagerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate(GoogleSecretManagerSource.KindName);
        return options.Copy();
    }
}
