using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using Secrets.Remote;
using Secrets.Remote.Http;

namespace Secrets.Vault;

/// <summary>Which secrets of a HashiCorp Vault or OpenBao are read, and how it is reached.</summary>
public sealed class VaultOptions : RemoteSourceOptions
{
    private static readonly Uri _none = new("https://address.not.set.invalid");

    /// <summary>Gets or sets where the server is, as <c>VAULT_ADDR</c> says it: <c>https://vault.example:8200</c>.</summary>
    /// <value>HTTPS, or HTTP on this machine; without user info. It must be set.</value>
    public Uri Address { get; set => field = value ?? throw new ArgumentNullException(nameof(value)); } = _none;

    /// <summary>Gets or sets the namespace, as in <c>teams/shop</c>.</summary>
    /// <value>Default <see langword="null"/>: the root namespace.</value>
    public string? Namespace { get; set; }

    /// <summary>Gets or sets how the program logs in.</summary>
    /// <value>Default <see cref="VaultLogin.FromEnvironment"/>: the variable <c>VAULT_TOKEN</c>, or the file <c>.vault-token</c> in the home directory.</value>
    public VaultLogin Login { get; set => field = value ?? throw new ArgumentNullException(nameof(value)); } = VaultLogin.FromEnvironment();

    /// <summary>Gets or sets the version of the key/value engines, where the token may not look at mounts; the engine's mount is then the first key of a path.</summary>
    /// <value>1 or 2. Default <see langword="null"/>: the server is asked what kind of engine a path belongs to.</value>
    public int? KeyValueVersion { get; set; }

    /// <summary>Gets the hosts that a node which stands by may send this program to, with its token: <c>vault-2.example</c>, any port, HTTPS alone. The host of <see cref="Address"/> is one.</summary>
    public ICollection<string> RedirectHosts { get; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Gets the authorities that may vouch for the server besides those of the system. There is no switch to skip the check.</summary>
    public X509Certificate2Collection CertificateAuthorities { get; } = [];

    /// <summary>Gets or sets a value indicating whether <c>http://</c> may be used beyond this machine: token and secrets then travel in the clear.</summary>
    /// <value>Default <see langword="false"/>.</value>
    public bool AllowInsecureHttp { get; set; }

    /// <summary>Gets or sets how long leases and the login may take to be given up when the store is disposed.</summary>
    /// <value>More than zero, up to a day. Default 5 seconds.</value>
    public TimeSpan RevokeTimeLimit { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Gets or sets what connections are made of, in place of the network.</summary>
    internal Func<HttpMessageHandler>? Handler { get; set; }

    /// <summary>
    /// Adds what one path holds: a secret of the key/value engine, in either version, or credentials that an engine makes, as <c>database/creds/app</c> does,
    /// which are then renewed and replaced before they end.
    /// </summary>
    /// <param name="path">The path as the command line has it, mount and name: <c>secret/shop</c>, without <c>data/</c>.</param>
    /// <param name="at">The path where its fields stand, as in <c>trello</c>; <see langword="null"/> makes them keys of the root.</param>
    /// <param name="version">The number of a version, of version 2 of the key/value engine; <see langword="null"/> is the latest.</param>
    /// <returns>These options.</returns>
    /// <exception cref="ArgumentException"><paramref name="at"/> is not a path.</exception>
    /// <exception cref="SecretsSourceException">The path or the version can be none: <see cref="SecretsErrorCode.InvalidConfiguration"/>.</exception>
    public VaultOptions Secret(string path, string? at = null, int? version = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (!VaultPath.IsPath(path) || !path.Contains('/', StringComparison.Ordinal))
        {
            throw Invalid("Secret takes a mount and a path, as in secret/shop, without empty segments, dots alone and unusual characters");
        }

        if (version < 1)
        {
            throw Invalid("Secret takes the number of a version, from 1 on");
        }

        Map.AddSecret(new RemoteName(path, version?.ToString(CultureInfo.InvariantCulture)), at, SecretFormat.Json);
        return this;
    }

    /// <summary>
    /// Adds all secrets of the key/value engine below a path. What follows it is the path of the view: below <c>secret/shop/</c>, the field <c>password</c> of
    /// <c>secret/shop/database</c> is <c>database.password</c>.
    /// </summary>
    /// <param name="path">The path, as in <c>secret/shop/</c>, or a mount alone, as in <c>secret/</c>.</param>
    /// <param name="at">The path below which they stand; <see langword="null"/> is the root.</param>
    /// <returns>These options.</returns>
    /// <exception cref="ArgumentException"><paramref name="at"/> is not a path.</exception>
    /// <exception cref="SecretsSourceException">The path can be none: <see cref="SecretsErrorCode.InvalidConfiguration"/>.</exception>
    public VaultOptions Prefix(string path, string? at = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (!path.EndsWith('/') || !VaultPath.IsPath(path[..^1]))
        {
            throw Invalid("Prefix takes a path with a slash at its end, as in secret/shop/, without empty segments, dots alone and unusual characters");
        }

        Map.AddPrefix(path, at, SecretFormat.Json);
        return this;
    }

    /// <summary>Says whether a redirect may be followed, with all that travels along.</summary>
    internal bool MayFollow(Uri target) =>
        target.UserInfo.Length == 0
        && (target.Scheme is "https" || (Address.Scheme is "http" && IsSafe(target)))
        && (string.Equals(target.Host, Address.Host, StringComparison.OrdinalIgnoreCase) || RedirectHosts.Any(host => IsHost(target, host)));

    // A URL has brackets around an address of version 6; options usually have none. Both have several spellings of one address or name.
    private static bool IsHost(Uri target, string host)
    {
        string name = Uri.CheckHostName(host) == UriHostNameType.IPv6 && !host.StartsWith('[') ? $"[{host}]" : host;
        return Uri.TryCreate("https://" + name, UriKind.Absolute, out Uri? allowed) && string.Equals(target.IdnHost, allowed.IdnHost, StringComparison.OrdinalIgnoreCase);
    }

    internal VaultOptions Copy()
    {
        var copy = new VaultOptions
        {
            Address = Address,
            Namespace = string.IsNullOrEmpty(Namespace?.Trim('/')) ? null : Namespace.Trim('/'),
            Login = Login,
            KeyValueVersion = KeyValueVersion,
            AllowInsecureHttp = AllowInsecureHttp,
            RevokeTimeLimit = RevokeTimeLimit,
            Handler = Handler,
        }.WithLimitsOf(this);
        copy.Map.Add(Map);
        copy.CertificateAuthorities.AddRange(CertificateAuthorities);
        foreach (string host in RedirectHosts)
        {
            copy.RedirectHosts.Add(host);
        }

        return copy;
    }

    /// <inheritdoc/>
    protected override IEnumerable<string> FindMistakes()
    {
        foreach (string mistake in base.FindMistakes())
        {
            yield return mistake;
        }

        if (Address == _none || !IsSafe(Address) || Address.Query.Length + Address.Fragment.Length > 0)
        {
            yield return "Address is an address with https and without user info, as in https://vault.example:8200; http is for this machine alone, unless AllowInsecureHttp is set";
        }

        if (Namespace is not null && Namespace.Trim('/').Length > 0 && !VaultPath.IsPath(Namespace.Trim('/')))
        {
            yield return "Namespace is a path, as in teams/shop";
        }

        if (KeyValueVersion is not (null or 1 or 2))
        {
            yield return "KeyValueVersion is 1, 2 or null";
        }

        if (RedirectHosts.Any(host => Uri.CheckHostName(host) == UriHostNameType.Unknown))
        {
            yield return "RedirectHosts are names of hosts, without scheme and port";
        }

        if (RevokeTimeLimit <= TimeSpan.Zero || RevokeTimeLimit > TimeSpan.FromDays(1))
        {
            yield return "RevokeTimeLimit is longer than zero, up to a day";
        }

        if (Map.IsEmpty)
        {
            yield return "it names no secret: add one with Secret(\"secret/shop\") or several with Prefix(\"secret/shop/\")";
        }
    }

    private bool IsSafe(Uri address) => Transport.IsSafe(address, AllowInsecureHttp);

    private static SecretsSourceException Invalid(string rule) => new(SecretsErrorCode.InvalidConfiguration, $"VaultOptions breaks a rule: {rule}.", VaultSource.KindName);
}
