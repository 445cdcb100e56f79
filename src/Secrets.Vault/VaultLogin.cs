using System.Diagnostics;
using System.Text.Json.Nodes;
using Secrets.Remote.Http;

namespace Secrets.Vault;

/// <summary>How a program logs in. It shows its method, and nothing of its credential.</summary>
[DebuggerDisplay("{Name}")]
public sealed class VaultLogin
{
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly object?[] _identity;
    private readonly Func<VaultLoginContext, CancellationToken, Task<string?>>? _token;
    private readonly Func<VaultLoginContext, CancellationToken, Task<JsonObject>>? _body;

    private VaultLogin(string name, Func<VaultLoginContext, CancellationToken, Task<string?>> token, params object?[] identity)
        : this(name, "", identity) => _token = token;

    private VaultLogin(string name, string path, Func<VaultLoginContext, CancellationToken, Task<JsonObject>> body, params object?[] identity)
        : this(name, path, identity) => _body = body;

    private VaultLogin(string name, string path, object?[] identity)
    {
        Name = name;
        Path = path;
        _identity = [name, path, .. identity];
    }

    /// <summary>
    /// Gets the login of a program that sends no token: an agent or a proxy beside it adds one ("Auto-auth" with <c>use_auto_auth_token</c>). What is denied is then denied to
    /// that one.
    /// </summary>
    public static VaultLogin None { get; } = new("none", (_, _) => Task.FromResult<string?>(null));

    /// <summary>Gets the name of the method, for messages.</summary>
    internal string Name { get; }

    /// <summary>Gets the path of the API that logs in; empty where there is a token already, or none.</summary>
    internal string Path { get; }

    /// <summary>Gets method and path, for messages.</summary>
    internal string Description => ReferenceEquals(Name, Path) ? Path : $"{Name} ({Path})";

    /// <summary>Gets a value indicating whether no call logs in: there is a token already, or none.</summary>
    internal bool IsToken => _body is null;

    /// <summary>Uses a token. It is renewed where it can be; where it ends, nothing can take its place.</summary>
    /// <param name="token">The token.</param>
    /// <returns>The login.</returns>
    public static VaultLogin Token(string token)
    {
        ArgumentNullException.ThrowIfNull(token);
        return new VaultLogin("token", (_, _) => Task.FromResult<string?>(token), token);
    }

    /// <summary>Uses the token in a file, as Vault's agent keeps one there. The file is read again where the token is refused.</summary>
    /// <param name="path">The file. A relative path counts from <see cref="SecretsBuilder.ProjectDirectory"/>, else from the directory that was the current one when the source was added.</param>
    /// <returns>The login.</returns>
    public static VaultLogin TokenFile(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return new VaultLogin("token file", async (context, c) => await context.ReadAsync(path, c).ConfigureAwait(false), path);
    }

    /// <summary>
    /// Uses the token that the command lines would use: the variable <c>BAO_TOKEN</c>, else <c>VAULT_TOKEN</c>, else the file <c>.vault-token</c> in the home directory, as
    /// <c>vault login</c> leaves it. Where there is none and the address comes from <c>BAO_AGENT_ADDR</c> or <c>VAULT_AGENT_ADDR</c>, it is <see cref="None"/>.
    /// </summary>
    /// <returns>The login.</returns>
    public static VaultLogin FromEnvironment() => new("environment", (context, c) => context.FindTokenAsync(c));

    /// <summary>
    /// Logs in with any method that has one call for it: the program gives the path and what is sent. Each login calls the function again.
    /// </summary>
    /// <param name="path">The path of the call, as in <c>auth/ldap/login/ann</c>.</param>
    /// <param name="body">
    /// Creates what is sent, as in <c>{ "password": "…" }</c>. Where it throws, the login fails, with <see cref="SecretsErrorCode.Unavailable"/> for a failure of the network and
    /// <see cref="SecretsErrorCode.AccessDenied"/> for any other. Two logins are the same where path and function are.
    /// </param>
    /// <returns>The login.</returns>
    /// <exception cref="ArgumentException">The path does not begin with <c>auth/</c>, or can be none.</exception>
    public static VaultLogin Method(string path, Func<CancellationToken, Task<JsonObject>> body)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(body);
        return path.Split('/') is ["auth", var mount, var what, ..] parts && mount.Length > 0 && what.Length > 0 && parts.All(VaultPath.IsName)
            ? new VaultLogin(path, path, (_, c) => OwnBodyAsync(path, body, c), body)
            : throw new ArgumentException("The path of a login is below auth/, as in auth/ldap/login/ann.", nameof(path));
    }

    /// <summary>Logs in with AppRole (API reference, "AppRole auth method").</summary>
    /// <param name="roleId">The role's identifier.</param>
    /// <param name="secretId">The secret identifier.</param>
    /// <param name="mount">Where the method is mounted, below <c>auth/</c>.</param>
    /// <returns>The login.</returns>
    /// <exception cref="ArgumentException">The mount is not a path.</exception>
    public static VaultLogin AppRole(string roleId, string secretId, string mount = "approle")
    {
        ArgumentNullException.ThrowIfNull(roleId);
        ArgumentNullException.ThrowIfNull(secretId);
        return Send("approle", mount, "", new() { ["role_id"] = roleId }, "secret_id", (_, _) => Task.FromResult(secretId), roleId, secretId);
    }

    /// <summary>
    /// Logs in with AppRole and a SecretID that was delivered wrapped (<c>vault write -wrap-ttl=60s -f auth/approle/role/NAME/secret-id</c>). The wrapping token is looked at,
    /// unwrapped once, and the SecretID kept for further logins. A token that was unwrapped before or that another path created is refused with
    /// <see cref="SecretsErrorCode.AccessDenied"/> and a message that says so.
    /// </summary>
    /// <param name="roleId">The role's identifier.</param>
    /// <param name="wrappingToken">The token, <c>wrap_info.token</c>.</param>
    /// <param name="mount">Where the method is mounted, below <c>auth/</c>.</param>
    /// <param name="secretIdAccessor">The accessor that the SecretID must have, <c>wrap_info.wrapped_accessor</c>; <see langword="null"/> accepts any.</param>
    /// <returns>The login.</returns>
    /// <exception cref="ArgumentException">The mount is not a path.</exception>
    public static VaultLogin AppRoleWrapped(string roleId, string wrappingToken, string mount = "approle", string? secretIdAccessor = null)
    {
        ArgumentNullException.ThrowIfNull(roleId);
        ArgumentNullException.ThrowIfNull(wrappingToken);
        var wrapped = new VaultWrappedSecretId(mount, wrappingToken, secretIdAccessor);
        return Send(
            "approle", mount, "", new() { ["role_id"] = roleId }, "secret_id", (context, c) => wrapped.GetAsync(context.Http, c), roleId, "wrapped", wrappingToken, secretIdAccessor);
    }

    /// <summary>Logs in as a pod's service account (API reference, "Kubernetes auth method"). The file is read at each login, since the kubelet rotates it.</summary>
    /// <param name="role">The role.</param>
    /// <param name="mount">Where the method is mounted, below <c>auth/</c>.</param>
    /// <param name="tokenFile">The file with the account's token.</param>
    /// <returns>The login.</returns>
    /// <exception cref="ArgumentException">The mount is not a path.</exception>
    public static VaultLogin Kubernetes(string role, string mount = "kubernetes", string tokenFile = "/var/run/secrets/kubernetes.io/serviceaccount/token") =>
        JwtOf("kubernetes", role, tokenFile, mount);

    /// <summary>Logs in with a JSON web token (API reference, "JWT/OIDC auth method").</summary>
    /// <param name="role">The role.</param>
    /// <param name="jwt">The token.</param>
    /// <param name="mount">Where the method is mounted, below <c>auth/</c>.</param>
    /// <returns>The login.</returns>
    /// <exception cref="ArgumentException">The mount is not a path.</exception>
    public static VaultLogin Jwt(string role, string jwt, string mount = "jwt")
    {
        ArgumentNullException.ThrowIfNull(role);
        ArgumentNullException.ThrowIfNull(jwt);
        return Send("jwt", mount, "", new() { ["role"] = role }, "jwt", (_, _) => Task.FromResult(jwt), role, jwt);
    }

    /// <summary>Logs in with the JSON web token in a file, which is read at each login.</summary>
    /// <param name="role">The role.</param>
    /// <param name="path">The file. A relative path counts as that of <see cref="TokenFile"/> does.</param>
    /// <param name="mount">Where the method is mounted, below <c>auth/</c>.</param>
    /// <returns>The login.</returns>
    /// <exception cref="ArgumentException">The mount is not a path.</exception>
    public static VaultLogin JwtFile(string role, string path, string mount = "jwt") => JwtOf("jwt", role, path, mount);

    /// <summary>Logs in with a user's name and password (API reference, "Userpass auth method").</summary>
    /// <param name="user">The name.</param>
    /// <param name="password">The password.</param>
    /// <param name="mount">Where the method is mounted, below <c>auth/</c>.</param>
    /// <returns>The login.</returns>
    /// <exception cref="ArgumentException">The mount is not a path, or the name not one segment of a path.</exception>
    public static VaultLogin UserPass(string user, string password, string mount = "userpass") => PasswordOf("userpass", user, password, mount);

    /// <summary>Logs in with a user's name and password in a directory (API reference, "LDAP auth method").</summary>
    /// <param name="user">The name, as in <c>ann</c> or <c>ann@example.com</c>.</param>
    /// <param name="password">The password.</param>
    /// <param name="mount">Where the method is mounted, below <c>auth/</c>.</param>
    /// <returns>The login.</returns>
    /// <exception cref="ArgumentException">The mount is not a path, or the name not one segment of a path.</exception>
    public static VaultLogin Ldap(string user, string password, string mount = "ldap") => PasswordOf("ldap", user, password, mount);

    /// <summary>Logs in with the certificate of <see cref="VaultOptions.ClientCertificate"/> (API reference, "TLS certificates auth method").</summary>
    /// <param name="role">The role; <see langword="null"/> lets the server try those that fit.</param>
    /// <param name="mount">Where the method is mounted, below <c>auth/</c>.</param>
    /// <returns>The login.</returns>
    /// <exception cref="ArgumentException">The mount is not a path.</exception>
    public static VaultLogin Certificate(string? role = null, string mount = "cert") =>
        new("certificate", LoginPath(mount), (_, _) => Task.FromResult<JsonObject>(new() { ["name"] = role }), role);

    /// <summary>Shows the method alone.</summary>
    /// <returns>The method's name.</returns>
    public override string ToString() => Name;

    /// <summary>Says whether another login is this one, so that what was logged in with it goes on.</summary>
    internal bool IsSameAs(VaultLogin other) => _identity.SequenceEqual(other._identity);

    /// <summary>Gives the token; <see langword="null"/> where somebody else adds one.</summary>
    /// <exception cref="VaultLoginException">There is none, or no header can hold it.</exception>
    internal async Task<string?> TokenAsync(VaultLoginContext context, CancellationToken cancellationToken)
    {
        string? token = await _token!(context, cancellationToken).ConfigureAwait(false);
        return token is null || HeaderText.IsValid(token)
            ? token
            : throw new VaultLoginException(token.Length == 0 ? $"the {Name} is empty" : $"the {Name} is not one line of letters, digits and signs", "give the token alone.");
    }

    /// <summary>Creates the body of the call that logs in.</summary>
    /// <exception cref="VaultLoginException">There is nothing to log in with.</exception>
    internal Task<JsonObject> BodyAsync(VaultLoginContext context, CancellationToken cancellationToken) => _body!(context, cancellationToken);

    // What a program's own code says of its failure may hold what it was about to send.
    private static async Task<JsonObject> OwnBodyAsync(string path, Func<CancellationToken, Task<JsonObject>> create, CancellationToken cancellationToken)
    {
        try
        {
            return (JsonObject?)(await create(cancellationToken).ConfigureAwait(false))?.DeepClone()
                ?? throw new VaultLoginException($"the function that creates the login at {path} gave nothing", "let it return what is sent.");
        }
        catch (Exception failure) when (failure is not (VaultLoginException or SecretsSourceException or SecretNotFoundException) && !cancellationToken.IsCancellationRequested)
        {
            throw new VaultLoginException($"the function that creates the login at {path} failed ({failure.GetType().Name})", "call it by itself to see why.")
            {
                Code = failure is HttpRequestException or TimeoutException or OperationCanceledException ? SecretsErrorCode.Unavailable : SecretsErrorCode.AccessDenied,
            };
        }
    }

    private static VaultLogin JwtOf(string name, string role, string path, string mount)
    {
        ArgumentNullException.ThrowIfNull(role);
        ArgumentNullException.ThrowIfNull(path);
        return Send(name, mount, "", new() { ["role"] = role }, "jwt", (context, c) => context.ReadAsync(path, c), role, "file", path);
    }

    private static VaultLogin PasswordOf(string name, string user, string password, string mount)
    {
        ArgumentNullException.ThrowIfNull(user);
        ArgumentNullException.ThrowIfNull(password);
        return VaultPath.IsName(user)
            ? Send(name, mount, "/" + user, [], "password", (_, _) => Task.FromResult(password), password)
            : throw new ArgumentException("The name of a user is one segment of a path.", nameof(user));
    }

    // The members that are no secret, and the one that is.
    private static VaultLogin Send(
        string name, string mount, string below, JsonObject members, string secretName, Func<VaultLoginContext, CancellationToken, Task<string>> secret, params object?[] identity) => new(
        name,
        LoginPath(mount) + below,
        async (context, cancellationToken) =>
        {
            string text = await secret(context, cancellationToken).ConfigureAwait(false);
            var body = (JsonObject)members.DeepClone();
            body[secretName] = text.Length > 0 ? text : throw new VaultLoginException($"the {secretName} for {name} is empty", "give it a value.");
            return body;
        },
        identity);

    private static string LoginPath(string mount)
    {
        ArgumentNullException.ThrowIfNull(mount);
        return VaultPath.IsPath(mount) ? $"auth/{mount}/login" : throw new ArgumentException("The mount of a login is a path, as in approle.", nameof(mount));
    }
}
