using Secrets.Toml;
using Secrets.Toml.Directories;

namespace Secrets;

/// <summary>Adds mounted directories to a chain.</summary>
public static class DirectorySecretsBuilderExtensions
{
    /// <summary>
    /// Adds a directory of secrets, as Kubernetes, Docker and systemd mount them: a file is a key, a folder is a section with a file for each key, and
    /// a folder with one file alone is a key itself. No directory is no error until a secret is read that nothing else supplies.
    /// </summary>
    /// <param name="builder">The chain.</param>
    /// <param name="path">
    /// The directory, as in <c>/run/secrets</c>. A relative path counts from <see cref="SecretsBuilder.ProjectDirectory"/>, else from the present current directory;
    /// <c>~/</c> is the home directory.
    /// </param>
    /// <param name="configure">Sets further options.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="InvalidOperationException">The builder has built a store.</exception>
    /// <exception cref="SecretsSourceException">
    /// The path is none, an option is invalid, or a name is used twice: <see cref="SecretsErrorCode.InvalidConfiguration"/>.
    /// </exception>
    public static SecretsBuilder AddDirectory(this SecretsBuilder builder, string path, Action<DirectoryOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(path);
        var options = new DirectoryOptions();
        configure?.Invoke(options);
        return builder.Add(new DirectorySource(path, options, builder), options);
    }
}
