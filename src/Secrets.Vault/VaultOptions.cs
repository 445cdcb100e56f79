using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using Secrets.Remote;
using Secrets.Remote.Http;

namespace Secrets.Vault;

/// <summary>Which secrets of a HashiCorp Vault or OpenBao are read, and how it is reached.</summary>
public sealed class VaultOptions : RemoteSourceOptions
{
    private static readonly Uri _none = new("https://address.not.set.invalid");
    private static readonly VaultLogin _environment = VaultLogin.FromEnvironment();

    private VaultLogin? _login;

    /// <summary>Gets or sets where the server is: <c>https://vault.example:8200</c>, or <c>unix:///run/vault/agent.sock</c> for an agent beside the program.</summary>
    /// <value>
    /// HTTPS, HTTP on this machine, or the absolute path of a Unix socket; without user info, <c>/v1</c> and <c>/ui</c>. Where it is not set, the address and every setting that is not set either
    /// come from the variables of the command lines, OpenBao's before Vault's: <c>BAO_AGENT_ADDR</c>, <c>BAO_ADDR</c>, <c>BAO_NAMESPACE</c>, <c>BAO_CACERT</c>, <c>BAO_CAPATH</c>,
    /// <c>BAO_CLIENT_CERT</c>, <c>BAO_CLIENT_KEY</c>, <c>BAO_TLS_SERVER_NAME</c>, then each with <c>VAULT_</c>.
    /// </value>
    public Uri Address { get; set => field = value ?? throw new ArgumentNullException(nameof(value)); } = _none;

    /// <summary>Gets or sets the namespace, as in <c>teams/shop</c>.</summary>
    /// <value>Default <see langword="null"/>: the root namespace, unless the variables say another. An empty text is the root namespace.</value>
    public string? Namespace { get; set; }

    /// <summary>Gets or sets how the program logs in.</summary>
    /// <value>Default <see cref="VaultLogin.FromEnvironment"/>: the variable <c>BAO_TOKEN</c> or <c>VAULT_TOKEN</c>, or the file <c>.vault-token</c> in the home directory.</value>
    public VaultLogin Login
    {
        get => _login ?? _environment;
        set => _login = value ?? throw new ArgumentNullException(nameof(value));
    }

    /// <summary>Gets or sets the version of the key/value engines, where the token may not look at mounts; the engine's mount is then the first key of a path.</summary>
    /// <value>1 or 2. Default <see langword="null"/>: the server is asked what kind of engine a path belongs to.</value>
    public int? KeyValueVersion { get; set; }

    /// <summary>Gets the hosts that a node which stands by may send this program to, with its token: <c>vault-2.example</c>, any port. The host of <see cref="Address"/> is one.</summary>
    /// <remarks>The redirect must use HTTPS. If <see cref="Address"/> uses HTTP, it may use HTTP as well: to this machine, or to any of these hosts with <see cref="AllowInsecureHttp"/>.</remarks>
    public ICollection<string> RedirectHosts { get; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Gets the authorities that may vouch for the server besides those of the system. There is no switch to skip the check.</summary>
    public X509Certificate2Collection CertificateAuthorities { get; } = [];

    /// <summary>Gets or sets the certificate that the program shows to a server that asks for one; <see cref="VaultLogin.Certificate"/> logs in with it.</summary>
    /// <value>Default <see langword="null"/>: none.</value>
    public VaultClientCertificate? ClientCertificate { get; set; }

    /// <summary>Gets or sets the name that the server's certificate must have, where that is not the host of <see cref="Address"/>, as behind a tunnel.</summary>
    /// <value>The name of a host. Default <see langword="null"/>: the host of <see cref="Address"/>.</value>
    public string? TlsServerName { get; set; }

    /// <summary>Gets or sets a value indicating whether <c>http://</c> may be used beyond this machine: token and secrets then travel in the clear.</summary>
    /// <value>Default <see langword="false"/>.</value>
    public bool AllowInsecureHttp { get; set; }

    /// <summary>Gets or sets how long leases and the login may take to be given up when the store is disposed.</summary>
    /// <value>More than zero, up to a day. Default 5 seconds.</value>
    public TimeSpan RevokeTimeLimit { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Gets or sets what connections are made of, in place of the network.</summary>
    internal Func<HttpMessageHandler>? Handler { get; set; }

    /// <summary>Gets or sets where variables and files are looked for.</summary>
    internal VaultSurroundings Surroundings { get; set; } = VaultSurroundings.OfProcess;

    /// <summary>Gets or sets the file or folder with authorities that a variable names.</summary>
    internal string? AuthoritiesPath { get; set; }

    /// <summary>Gets or sets the variable that gave the address; <see langword="null"/> where the program did.</summary>
    internal string? AddressVariable { get; set; }

    /// <summary>Gets or sets a value indicating whether the address is that of an agent, which adds a token where the program has none.</summary>
    internal bool IsAgent { get; set; }

    /// <summary>Gets or sets what is wrong with the variables. It is told when the server is needed: a machine where something else has every secret needs no variables.</summary>
    internal string? Trouble { get; set; }

    internal bool IsAddressSet => Address != _none;

    internal bool IsLoginSet => _login is not null;

    /// <summary>Gets what messages call the server.</summary>
    internal string Place => !IsAddressSet ? "Vault"
        : $"Vault at {Address.AbsoluteUri.TrimEnd('/')}{(AddressVariable is { } variable ? $" ({variable})" : "")}{(string.IsNullOrEmpty(Namespace) ? "" : ", namespace " + Namespace)}";

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
        if (VaultPath.MistakeInSecret(path) is { } mistake)
        {
            throw Invalid("Secret takes a mount and a path, as in secret/shop; " + mistake);
        }

        if (version < 1)
        {
            throw Invalid("Secret takes the number of a version, from 1 on");
        }

        AddSecret(new RemoteName(path, version?.ToString(CultureInfo.InvariantCulture)), at, SecretFormat.Json);
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
        if (VaultPath.MistakeInPrefix(path) is { } mistake)
        {
            throw Invalid("Prefix takes a path with a slash at its end, as in secret/shop/; " + mistake);
        }

        AddPrefix(path, at, SecretFormat.Json);
        return this;
    }

    /// <summary>Says whether a redirect may be followed, with all that travels along.</summary>
    internal bool MayFollow(Uri target) =>
        target.UserInfo.Length == 0

        // A socket leads nowhere else.
        && Address.Scheme is not VaultAddress.SocketScheme
        && (target.Scheme is "https" || (Address.Scheme is "http" && Transport.IsSafe(target, AllowInsecureHttp)))
        && (string.Equals(target.Host, Address.Host, StringComparison.OrdinalIgnoreCase) || RedirectHosts.Any(host => IsHost(target, host)));

    // Both have several spellings of one address or name.
    private static bool IsHost(Uri target, string host) =>
        Uri.TryCreate("https://" + VaultAddress.HostInUrl(host), UriKind.Absolute, out Uri? allowed) && string.Equals(target.IdnHost, allowed.IdnHost, StringComparison.OrdinalIgnoreCase);

    /// <summary>Says where each setting comes from, and none of the values.</summary>
    /// <returns>As in <c>VaultOptions: Address from VAULT_ADDR, Namespace not set, Login from VAULT_TOKEN</c>.</returns>
    public override string ToString() => VaultVariables.Describe(this);

    /// <summary>Copies the options, with what the variables add.</summary>
    internal VaultOptions Copy()
    {
        VaultOptions copy = CopyLimitsAndMapTo(new VaultOptions
        {
            Address = Address,
            Namespace = Namespace?.Trim('/'),
            KeyValueVersion = KeyValueVersion,
            ClientCertificate = ClientCertificate,
            TlsServerName = TlsServerName,
            AllowInsecureHttp = AllowInsecureHttp,
            RevokeTimeLimit = RevokeTimeLimit,
            Handler = Handler,
            Surroundings = Surroundings,
        });
        copy._login = _login;
        copy.CertificateAuthorities.AddRange(CertificateAuthorities);
        foreach (string host in RedirectHosts)
        {
            copy.RedirectHosts.Add(host);
        }

        VaultVariables.Apply(copy);
        copy.Namespace = string.IsNullOrEmpty(copy.Namespace) ? null : copy.Namespace;
        return copy;
    }

    /// <inheritdoc/>
    protected override IEnumerable<string> FindMistakes()
    {
        foreach (string mistake in base.FindMistakes())
        {
            yield return mistake;
        }

        if (IsAddressSet && VaultAddress.MistakeIn(Address, AllowInsecureHttp) is { } mistakeInAddress)
        {
            yield return "Address " + mistakeInAddress;
        }

        if (Namespace is not null && !VaultPath.IsNamespace(Namespace))
        {
            yield return "Namespace must be a path, as in teams/shop";
        }

        if (TlsServerName is not null && Uri.CheckHostName(TlsServerName) == UriHostNameType.Unknown)
        {
            yield return "TlsServerName must be the name of a host, as in vault.example";
        }

        if (KeyValueVersion is not (null or 1 or 2))
        {
            yield return "KeyValueVersion must be 1, 2 or null";
        }

        if (RedirectHosts.Any(host => Uri.CheckHostName(host) == UriHostNameType.Unknown))
        {
            yield return "RedirectHosts must be names of hosts, without scheme and port";
        }

        if (RevokeTimeLimit <= TimeSpan.Zero || RevokeTimeLimit > TimeSpan.FromDays(1))
        {
            yield return "RevokeTimeLimit must be greater than zero and at most one day";
        }

        if (!NamesSecrets)
        {
            yield return "it names no secret: add one with Secret(\"secret/shop\") or several with Prefix(\"secret/shop/\")";
        }
    }

    private static SecretsSourceException Invalid(string mistake) => new(SecretsErrorCode.InvalidConfiguration, $"Invalid VaultOptions: {mistake}.", VaultSource.KindName);
}
