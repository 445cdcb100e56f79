using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Secrets.Vault;

/// <summary>How a program logs in. It shows its method, and nothing of its credential.</summary>
[DebuggerDisplay("{Method}")]
public sealed class VaultLogin
{
    private const int MostBytes = 64 * 1024;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly string[] _identity;
    private readonly Func<CancellationToken, Task<string>> _credential;
    private readonly Func<string, JsonObject>? _body;

    private VaultLogin(string method, string path, string[] identity, Func<CancellationToken, Task<string>> credential, Func<string, JsonObject>? body)
    {
        Method = method;
        Path = path;
        _identity = [method, .. identity];
        _credential = credential;
        _body = body;
    }

    /// <summary>Gets the method's name, for messages.</summary>
    internal string Method { get; }

    /// <summary>Gets the path of the API that logs in; empty where there is a token already.</summary>
    internal string Path { get; }

    /// <summary>Gets a value indicating whether the credential is a token already.</summary>
    internal bool IsToken => _body is null;

    /// <summary>Uses a token. It is renewed where it can be; where it ends, nothing can take its place.</summary>
    /// <param name="token">The token.</param>
    /// <returns>The login.</returns>
    public static VaultLogin Token(string token)
    {
        ArgumentNullException.ThrowIfNull(token);
        return new VaultLogin("token", "", [token], _ => Task.FromResult(token), body: null);
    }

    /// <summary>Uses the token in a file, as Vault's agent keeps one there. The file is read again where the token is refused.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The login.</returns>
    public static VaultLogin TokenFile(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return new VaultLogin("token file", "", [path], c => ReadAsync(path, c), body: null);
    }

    /// <summary>Uses the token of the variable <c>VAULT_TOKEN</c> or, where that is not set, of the file <c>.vault-token</c> in the home directory, as <c>vault login</c> leaves it.</summary>
    /// <returns>The login.</returns>
    public static VaultLogin FromEnvironment() => new("environment", "", [], FromEnvironmentAsync, body: null);

    /// <summary>Logs in with AppRole (API reference, "AppRole auth method").</summary>
    /// <param name="roleId">The role's identifier.</param>
    /// <param name="secretId">The secret identifier.</param>
    /// <param name="mount">Where the method is mounted, below <c>auth/</c>.</param>
    /// <returns>The login.</returns>
    /// <exception cref="ArgumentException">The mount is no path.</exception>
    public static VaultLogin AppRole(string roleId, string secretId, string mount = "approle")
    {
        ArgumentNullException.ThrowIfNull(roleId);
        ArgumentNullException.ThrowIfNull(secretId);
        return new VaultLogin(
            "approle", LoginPath(mount), [mount, roleId, secretId], _ => Task.FromResult(secretId), secret => new JsonObject { ["role_id"] = roleId, ["secret_id"] = secret });
    }

    /// <summary>Logs in as a pod's service account (API reference, "Kubernetes auth method"). The file is read at each login, since the kubelet rotates it.</summary>
    /// <param name="role">The role.</param>
    /// <param name="mount">Where the method is mounted, below <c>auth/</c>.</param>
    /// <param name="tokenFile">The file with the account's token.</param>
    /// <returns>The login.</returns>
    /// <exception cref="ArgumentException">The mount is no path.</exception>
    public static VaultLogin Kubernetes(string role, string mount = "kubernetes", string tokenFile = "/var/run/secrets/kubernetes.io/serviceaccount/token") =>
        JwtFile(role, tokenFile, mount);

    /// <summary>Logs in with a JSON web token (API reference, "JWT/OIDC auth method").</summary>
    /// <param name="role">The role.</param>
    /// <param name="jwt">The token.</param>
    /// <param name="mount">Where the method is mounted, below <c>auth/</c>.</param>
    /// <returns>The login.</returns>
    /// <exception cref="ArgumentException">The mount is no path.</exception>
    public static VaultLogin Jwt(string role, string jwt, string mount = "jwt")
    {
        ArgumentNullException.ThrowIfNull(role);
        ArgumentNullException.ThrowIfNull(jwt);
        return new VaultLogin("jwt", LoginPath(mount), [mount, role, jwt], _ => Task.FromResult(jwt), text => new JsonObject { ["role"] = role, ["jwt"] = text });
    }

    /// <summary>Logs in with the JSON web token in a file, which is read at each login.</summary>
    /// <param name="role">The role.</param>
    /// <param name="path">The file.</param>
    /// <param name="mount">Where the method is mounted, below <c>auth/</c>.</param>
    /// <returns>The login.</returns>
    /// <exception cref="ArgumentException">The mount is no path.</exception>
    public static VaultLogin JwtFile(string role, string path, string mount = "jwt")
    {
        ArgumentNullException.ThrowIfNull(role);
        ArgumentNullException.ThrowIfNull(path);
        return new VaultLogin("jwt", LoginPath(mount), [mount, role, "file", path], c => ReadAsync(path, c), text => new JsonObject { ["role"] = role, ["jwt"] = text });
    }

    /// <summary>Logs in with a user's name and password (API reference, "Userpass auth method").</summary>
    /// <param name="user">The name.</param>
    /// <param name="password">The password.</param>
    /// <param name="mount">Where the method is mounted, below <c>auth/</c>.</param>
    /// <returns>The login.</returns>
    /// <exception cref="ArgumentException">The mount or the name is no path.</exception>
    public static VaultLogin UserPass(string user, string password, string mount = "userpass")
    {
        ArgumentNullException.ThrowIfNull(user);
        ArgumentNullException.ThrowIfNull(password);
        return new VaultLogin(
            "userpass",
            VaultPath.IsSegment(user) ? LoginPath(mount) + "/" + user : throw new ArgumentException("The name of a user is one segment of a path.", nameof(user)),
            [mount, user, password],
            _ => Task.FromResult(password),
            text => new JsonObject { ["password"] = text });
    }

    /// <summary>Shows the method alone.</summary>
    /// <returns>The method's name.</returns>
    public override string ToString() => Method;

    /// <summary>Says whether another login is this one, so that what was logged in with it goes on.</summary>
    internal bool IsSameAs(VaultLogin other) => _identity.SequenceEqual(other._identity, StringComparer.Ordinal);

    /// <exception cref="VaultLoginException">There is none.</exception>
    internal async Task<string> CredentialAsync(CancellationToken cancellationToken)
    {
        string credential = await _credential(cancellationToken).ConfigureAwait(false);

        return credential.Length > 0 && (!IsToken || IsHeaderText(credential))
            ? credential
            : throw new VaultLoginException(credential.Length == 0 ? $"the {Method} is empty" : $"the {Method} is not one line of letters, digits and signs");
    }

    /// <summary>Says whether a text can be a header: one line of visible characters (RFC 9110, section 5.5). The check of the client library would quote what it refuses.</summary>
    internal static bool IsHeaderText(string text) => text.Length > 0 && text.All(c => c is > ' ' and <= '~');

    /// <summary>Gives the body of the call that logs in; <see langword="null"/> where the credential is a token already.</summary>
    internal JsonObject? BodyOf(string credential) => _body?.Invoke(credential);

    private static string LoginPath(string mount)
    {
        ArgumentNullException.ThrowIfNull(mount);
        return VaultPath.IsPath(mount) ? $"auth/{mount}/login" : throw new ArgumentException("The mount of a login is a path, as in approle.", nameof(mount));
    }

    private static async Task<string> FromEnvironmentAsync(CancellationToken cancellationToken)
    {
        if (Environment.GetEnvironmentVariable("VAULT_TOKEN") is { Length: > 0 } token)
        {
            return token;
        }

        string file = System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".vault-token");
        return File.Exists(file)
            ? await ReadAsync(file, cancellationToken).ConfigureAwait(false)
            : throw new VaultLoginException("there is no login: set VAULT_TOKEN, log in with `vault login`, or give a VaultLogin");
    }

    private static async Task<string> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            byte[] content = new byte[MostBytes];
            int length = await file.ReadAtLeastAsync(content, MostBytes, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            return System.Text.Encoding.UTF8.GetString(content, 0, length).Trim();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new VaultLoginException($"the file {path} cannot be read ({failure.GetType().Name})");
        }
    }
}
