using Secrets.Remote.Credentials;
using Secrets.Vault;

namespace Secrets;

/// <summary>Adds HashiCorp Vault or OpenBao to a chain.</summary>
public static class VaultSecretsBuilderExtensions
{
    /// <summary>
    /// Adds what a path holds: the fields of <c>secret/shop</c> are keys of the root; a path with a slash at its end, <c>secret/shop/</c>, stands for all secrets below it,
    /// so that the field <c>password</c> of <c>secret/shop/database</c> is <c>database.password</c>. With requirements secrets are asked for by name and nothing is listed.
    /// Nothing is looked for before the server is asked.
    /// </summary>
    /// <param name="builder">The chain.</param>
    /// <param name="address">Where the server is, as in <c>https://vault.example:8200</c>.</param>
    /// <param name="path">The path, mount and name, as the command line has it.</param>
    /// <param name="login">How the program logs in; <see langword="null"/> is <see cref="VaultLogin.FromEnvironment"/>.</param>
    /// <param name="configure">Sets further options.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="InvalidOperationException">The builder has built a store.</exception>
    /// <exception cref="SecretsSourceException">An option is invalid, or a name is used twice: <see cref="SecretsErrorCode.InvalidConfiguration"/>.</exception>
    public static SecretsBuilder AddVault(
        this SecretsBuilder builder, string address, string path, VaultLogin? login = null, Action<VaultOptions>? configure = null) =>
        builder.AddVault(Options(address, path, login, configure));

    /// <summary>
    /// Adds what a path holds, of the server that the variables of the command lines name: <c>BAO_AGENT_ADDR</c> or <c>VAULT_AGENT_ADDR</c>, else <c>BAO_ADDR</c> or <c>VAULT_ADDR</c>.
    /// <see cref="VaultOptions.Address"/> lists the others that are read. The variables are read now; what is wrong with them fails the build when the server is needed,
    /// with <see cref="SecretsErrorCode.InvalidConfiguration"/>.
    /// </summary>
    /// <param name="builder">The chain.</param>
    /// <param name="path">The path, mount and name, as the command line has it.</param>
    /// <param name="login">How the program logs in; <see langword="null"/> is <see cref="VaultLogin.FromEnvironment"/>.</param>
    /// <param name="configure">Sets further options.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="InvalidOperationException">The builder has built a store.</exception>
    /// <exception cref="SecretsSourceException">An option is invalid, or a name is used twice: <see cref="SecretsErrorCode.InvalidConfiguration"/>.</exception>
    public static SecretsBuilder AddVault(this SecretsBuilder builder, string path, VaultLogin? login = null, Action<VaultOptions>? configure = null) =>
        builder.AddVault(Options(path, login, configure));

    /// <summary>Adds what a path holds, of the server that the variables name, with a login that is itself a secret of the sources above.</summary>
    /// <param name="builder">The chain.</param>
    /// <param name="path">The path, mount and name, as the command line has it.</param>
    /// <param name="login">Creates the login from the values of the sources before this one. It is created again when they change.</param>
    /// <param name="configure">Sets further options.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="InvalidOperationException">The builder has built a store.</exception>
    /// <exception cref="SecretsSourceException">An option is invalid, or a name is used twice: <see cref="SecretsErrorCode.InvalidConfiguration"/>.</exception>
    public static SecretsBuilder AddVault(this SecretsBuilder builder, string path, Func<SecretsView, VaultLogin> login, Action<VaultOptions>? configure = null) =>
        builder.AddVault(Options(path, login: null, configure), login);

    /// <summary>Adds what a path holds, with a login that is itself a secret of the sources above: a token or a secret identifier from a file or the environment.</summary>
    /// <param name="builder">The chain.</param>
    /// <param name="address">Where the server is, as in <c>https://vault.example:8200</c>.</param>
    /// <param name="path">The path, mount and name, as the command line has it.</param>
    /// <param name="login">Creates the login from the values of the sources before this one. It is created again when they change.</param>
    /// <param name="configure">Sets further options.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="InvalidOperationException">The builder has built a store.</exception>
    /// <exception cref="SecretsSourceException">An option is invalid, or a name is used twice: <see cref="SecretsErrorCode.InvalidConfiguration"/>.</exception>
    public static SecretsBuilder AddVault(
        this SecretsBuilder builder, string address, string path, Func<SecretsView, VaultLogin> login, Action<VaultOptions>? configure = null) =>
        builder.AddVault(Options(address, path, login: null, configure), login);

    /// <summary>Adds secrets of a server.</summary>
    /// <param name="builder">The chain.</param>
    /// <param name="options">The options, which are copied.</param>
    /// <param name="api">The client that makes the calls, such as one that the program has; <see langword="null"/> creates one from the options.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="InvalidOperationException">The builder has built a store.</exception>
    /// <exception cref="SecretsSourceException">An option is invalid, or a name is used twice: <see cref="SecretsErrorCode.InvalidConfiguration"/>.</exception>
    public static SecretsBuilder AddVault(this SecretsBuilder builder, VaultOptions options, IVaultApi? api = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        VaultOptions copy = Checked(builder, options);
        return builder.Add(new VaultSource(copy, copy.Login, api), options);
    }

    /// <summary>Adds secrets of a server, with a login that is itself a secret of the sources above.</summary>
    /// <param name="builder">The chain.</param>
    /// <param name="options">The options, which are copied; their own login is not used.</param>
    /// <param name="login">Creates the login from the values of the sources before this one. It is created again when they change.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="InvalidOperationException">The builder has built a store.</exception>
    /// <exception cref="SecretsSourceException">An option is invalid, or a name is used twice: <see cref="SecretsErrorCode.InvalidConfiguration"/>.</exception>
    public static SecretsBuilder AddVault(this SecretsBuilder builder, VaultOptions options, Func<SecretsView, VaultLogin> login)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(login);
        VaultOptions copy = Checked(builder, options);
        VaultLogin? last = null;
        return builder.Add(VaultSource.KindName, view => new VaultSource(copy, Login(view)), options);

        // One that is the same keeps what it has unwrapped, which nobody can unwrap again.
        VaultLogin Login(SecretsView view)
        {
            VaultLogin made = CreatedCredential.From(login, view, VaultSource.KindName);
            return last = last is { } before && made.IsSameAs(before) ? before : made;
        }
    }

    private static VaultOptions Options(string address, string path, VaultLogin? login, Action<VaultOptions>? configure)
    {
        ArgumentNullException.ThrowIfNull(address);
        return Options(path, login, options =>
        {
            options.Address = Uri.TryCreate(address, UriKind.Absolute, out Uri? parsed) ? parsed : new Uri("/", UriKind.Relative);
            configure?.Invoke(options);
        });
    }

    private static VaultOptions Options(string path, VaultLogin? login, Action<VaultOptions>? configure)
    {
        ArgumentNullException.ThrowIfNull(path);
        var options = new VaultOptions();
        if (login is not null)
        {
            options.Login = login;
        }

        _ = path.EndsWith('/') ? options.Prefix(path) : options.Secret(path);
        configure?.Invoke(options);
        return options;
    }

    private static VaultOptions Checked(SecretsBuilder builder, VaultOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate(VaultSource.KindName);
        VaultOptions copy = options.Copy();
        copy.Surroundings = copy.Surroundings.At(builder);
        return copy;
    }
}
