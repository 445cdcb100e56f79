using Secrets.Toml;

namespace Secrets;

/// <summary>Adds TOML to a chain.</summary>
public static class TomlSecretsBuilderExtensions
{
    /// <summary>
    /// Adds the <c>secrets.toml</c> of the project, which refines the global one in the home directory. Without any file, the build succeeds, and reading
    /// a secret that nothing else supplies fails. Root-level strings, integers and floats are exported to the process environment;
    /// <c>AddToml(o => o.ExportToEnvironment = false)</c> turns that off.
    /// </summary>
    /// <param name="builder">The chain.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="InvalidOperationException">The builder has built a store.</exception>
    public static SecretsBuilder AddToml(this SecretsBuilder builder) => builder.AddToml(new TomlOptions());

    /// <summary>Adds one TOML file, or one directory as in <see cref="SecretsFileOptions.Files"/>.</summary>
    /// <param name="builder">The chain.</param>
    /// <param name="path">
    /// The file. A relative path counts from <see cref="SecretsFileOptions.ProjectDirectory"/>, else from <see cref="SecretsBuilder.ProjectDirectory"/>, else from the present current directory.
    /// </param>
    /// <param name="configure">Sets further options.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="InvalidOperationException">The builder has built a store.</exception>
    /// <exception cref="SecretsSourceException">An option is invalid, or a name is used twice: <see cref="SecretsErrorCode.InvalidConfiguration"/>.</exception>
    public static SecretsBuilder AddToml(this SecretsBuilder builder, string path, Action<TomlOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        var options = new TomlOptions { Files = [path] };
        configure?.Invoke(options);
        return builder.AddToml(options);
    }

    /// <summary>Adds TOML files.</summary>
    /// <param name="builder">The chain.</param>
    /// <param name="configure">Sets the options.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="InvalidOperationException">The builder has built a store.</exception>
    /// <exception cref="SecretsSourceException">An option is invalid, or a name is used twice: <see cref="SecretsErrorCode.InvalidConfiguration"/>.</exception>
    public static SecretsBuilder AddToml(this SecretsBuilder builder, Action<TomlOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        return builder.AddToml(Configure(configure));
    }

    /// <summary>Adds TOML files.</summary>
    /// <param name="builder">The chain.</param>
    /// <param name="options">The options, which are copied.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="InvalidOperationException">The builder has built a store.</exception>
    /// <exception cref="SecretsSourceException">An option is invalid, or a name is used twice: <see cref="SecretsErrorCode.InvalidConfiguration"/>.</exception>
    public static SecretsBuilder AddToml(this SecretsBuilder builder, TomlOptions options)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(options);
        return builder.Add(new TomlSource(options, builder), options);
    }

    /// <summary>Adds a whole TOML document, for platforms that have one box to paste secrets in.</summary>
    /// <param name="builder">The chain.</param>
    /// <param name="text">The document.</param>
    /// <param name="configure">Sets further options; those that find files do not count.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="InvalidOperationException">The builder has built a store.</exception>
    /// <exception cref="SecretsSourceException">An option is invalid, or a name is used twice: <see cref="SecretsErrorCode.InvalidConfiguration"/>.</exception>
    public static SecretsBuilder AddTomlText(this SecretsBuilder builder, string text, Action<TomlOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(text);
        TomlOptions options = Configure(configure);
        return builder.Add(new TomlTextSource(options, "text", () => text), options);
    }

    /// <summary>Adds a whole TOML document that a variable holds, for platforms that have one box to paste secrets in.</summary>
    /// <param name="builder">The chain.</param>
    /// <param name="variable">The variable's name; where it is not set or empty, there is no document, which is like a file that does not exist.</param>
    /// <param name="configure">Sets further options; those that find files do not count.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="InvalidOperationException">The builder has built a store.</exception>
    /// <exception cref="SecretsSourceException">An option is invalid, or a name is used twice: <see cref="SecretsErrorCode.InvalidConfiguration"/>.</exception>
    public static SecretsBuilder AddTomlFromEnvironment(
        this SecretsBuilder builder, string variable = "SECRETS_TOML", Action<TomlOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(variable);
        TomlOptions options = Configure(configure);
        return builder.Add(new TomlTextSource(options, variable, () => options.Variable(variable) is { Length: > 0 } text ? text : null), options);
    }

    private static TomlOptions Configure(Action<TomlOptions>? configure)
    {
        var options = new TomlOptions();
        configure?.Invoke(options);
        return options;
    }
}
