namespace Secrets.Vault;

/// <summary>
/// The variables that the command lines of Vault and OpenBao read ("Environment variables" of their references). They serve where a program gives no address; what it sets
/// itself wins.
/// </summary>
internal static class VaultVariables
{
    private static readonly string[] _true = ["1", "t", "true"];

    /// <summary>Fills options from the variables, and notes what is wrong with those.</summary>
    public static void Apply(VaultOptions options)
    {
        if (options.IsAddressSet)
        {
            return;
        }

        List<string> mistakes = [];
        ApplyAddress(options, mistakes);
        VaultSurroundings variables = options.Surroundings;
        options.Namespace ??= Checked(variables.Find("NAMESPACE"), VaultPath.IsNamespace, "must be a path, as in teams/shop", mistakes)?.Trim('/');
        options.TlsServerName ??= Checked(variables.Find("TLS_SERVER_NAME"), n => Uri.CheckHostName(n) != UriHostNameType.Unknown, "must be the name of a host, as in vault.example", mistakes);
        options.AuthoritiesPath = options.CertificateAuthorities.Count == 0 ? Authorities(variables)?.Value : null;
        options.ClientCertificate ??= ClientCertificate(variables, mistakes);
        if (variables.Find("SKIP_VERIFY") is { } skip && _true.Contains(skip.Value.Trim(), StringComparer.OrdinalIgnoreCase))
        {
            mistakes.Add($"{skip.Name} asks to skip the check of certificates, which is not possible: name the server's authority in {skip.Name.Replace("SKIP_VERIFY", "CACERT", StringComparison.Ordinal)} instead");
        }

        options.Trouble = mistakes.Count == 0 ? null : string.Join("; ", mistakes);
    }

    /// <summary>Says where each setting comes from.</summary>
    public static string Describe(VaultOptions options)
    {
        VaultSurroundings variables = options.Surroundings;
        bool isRead = !options.IsAddressSet || options.AddressVariable is not null;
        (string Setting, bool IsSet, VaultVariable? Variable)[] settings =
        [
            ("Address", options.IsAddressSet, Address(variables)),
            ("Namespace", options.Namespace is not null, variables.Find("NAMESPACE")),
            ("CertificateAuthorities", options.CertificateAuthorities.Count > 0, Authorities(variables)),
            ("ClientCertificate", options.ClientCertificate is not null, variables.Find("CLIENT_CERT")),
            ("TlsServerName", options.TlsServerName is not null, variables.Find("TLS_SERVER_NAME")),
        ];
        IEnumerable<string> origins = settings.Select(s => s.Setting + (s.IsSet && options.AddressVariable is null ? " from code" : isRead && s.Variable is { } variable ? " from " + variable.Name : " not set"));
        return $"VaultOptions: {string.Join(", ", origins)}, Login {LoginOrigin(options, isRead ? variables.Find("AGENT_ADDR") : null)}";
    }

    private static string LoginOrigin(VaultOptions options, VaultVariable? agent) => options.IsLoginSet ? "from code"
        : options.Surroundings.Find("TOKEN") is { } token ? "from " + token.Name
        : agent is null ? "from ~/.vault-token"
        : $"from ~/.vault-token, or none through {agent.Name}";

    private static void ApplyAddress(VaultOptions options, List<string> mistakes)
    {
        if (Address(options.Surroundings) is not { } variable)
        {
            mistakes.Add("there is no address: set Address, or the variable BAO_ADDR or VAULT_ADDR");
            return;
        }

        if (!Uri.TryCreate(variable.Value, UriKind.Absolute, out Uri? address) || VaultAddress.MistakeIn(address, options.AllowInsecureHttp) is not null)
        {
            mistakes.Add($"{variable.Name} {VaultAddress.MistakeIn(address ?? new Uri("/", UriKind.Relative), options.AllowInsecureHttp)}");
            return;
        }

        options.Address = address;
        options.AddressVariable = variable.Name;
        options.IsAgent = variable.Name.EndsWith("AGENT_ADDR", StringComparison.Ordinal);
    }

    private static VaultVariable? Address(VaultSurroundings variables) => variables.Find("AGENT_ADDR") ?? variables.Find("ADDR");

    // As the command lines have it, a file wins over a folder.
    private static VaultVariable? Authorities(VaultSurroundings variables) => variables.Find("CACERT") ?? variables.Find("CAPATH");

    private static VaultClientCertificate? ClientCertificate(VaultSurroundings variables, List<string> mistakes)
    {
        VaultVariable? certificate = variables.Find("CLIENT_CERT");
        VaultVariable? key = variables.Find("CLIENT_KEY");
        if (certificate is null != key is null)
        {
            mistakes.Add($"{(certificate ?? key)!.Name} is set alone: CLIENT_CERT and CLIENT_KEY belong together");
        }

        return certificate is not null && key is not null ? new VaultClientCertificate(certificate.Value, key.Value) : null;
    }

    private static string? Checked(VaultVariable? variable, Func<string, bool> isValid, string rule, List<string> mistakes)
    {
        if (variable is not null && !isValid(variable.Value))
        {
            mistakes.Add($"{variable.Name} {rule}");
            return null;
        }

        return variable?.Value;
    }
}
