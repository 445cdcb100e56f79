using Secrets.DotEnv;

namespace Secrets;

/// <summary>Adds <c>.env</c> files to a chain.</summary>
public static class DotEnvSecretsBuilderExtensions
{
    /// <summary>
    /// Adds the <c>.env</c> of the current directory, or of <see cref="SecretsBuilder.ProjectDirectory"/> where that is set. Without the file, the build
    /// succeeds, and reading a secret that nothing else supplies fails.
    /// The process environment is not written.
    /// </summary>
    /// <param name="builder">The chain.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="InvalidOperationException">The builder has built a store.</exception>
    public static SecretsBuilder AddDotEnv(this SecretsBuilder builder) => builder.AddDotEnv(new DotEnvOptions());

    /// <summary>Adds one <c>.env</c> file.</summary>
    /// <param name="builder">The chain.</param>
    /// <param name="path">
    /// The file. A relative path counts from <see cref="SecretsFileOptions.ProjectDirectory"/>, else from <see cref="SecretsBuilder.ProjectDirectory"/>, else from the present current directory.
    /// </param>
    /// <param name="configure">Sets further options.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="InvalidOperationException">The builder has built a store.</exception>
    /// <exception cref="SecretsSourceException">An option is invalid, or a name is used twice: <see cref="SecretsErrorCode.InvalidConfiguration"/>.</exception>
    public static SecretsBuilder AddDotEnv(this SecretsBuilder builder, string path, Action<DotEnvOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        var options = new DotEnvOptions { Files = [path] };
        configure?.Invoke(options);
        return builder.AddDotEnv(options);
    }

    /// <summary>Adds <c>.env</c> files.</summary>
    /// <param name="builder">The chain.</param>
    /// <param name="configure">Sets the options.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="InvalidOperationException">The builder has built a store.</exception>
    /// <exception cref="SecretsSourceException">An option is invalid, or a name is used twice: <see cref="SecretsErrorCode.InvalidConfiguration"/>.</exception>
    public static SecretsBuilder AddDotEnv(this SecretsBuilder builder, Action<DotEnvOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var options = new DotEnvOptions();
        configure(options);
        return builder.AddDotEnv(options);
    }

    /// <summary>Adds <c>.env</c> files.</summary>
    /// <param name="builder">The chain.</param>
    /// <param name="options">The options, which are copied.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="InvalidOperationException">The builder has built a store.</exception>
    /// <exception cref="SecretsSourceException">An option is invalid, or a name is used twice: <see cref="SecretsErrorCode.InvalidConfiguration"/>.</exception>
    public static SecretsBuilder AddDotEnv(this SecretsBuilder builder, DotEnvOptions options)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(options);
        return builder.Add(new DotEnvSource(options, builder), options);
    }
}
