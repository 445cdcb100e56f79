using Secrets.Merging;

namespace Secrets.EnvironmentVariables;

/// <summary>What is exported to the process environment, and what never is.</summary>
internal static class EnvironmentExport
{
    // Variables that load code into this process or its children, that redirect where it sends credentials, or that name the files of the next load:
    // a secrets file must not be able to set them. ld.so(8); ".NET environment variables"; "AWS service-specific endpoints".
    private static readonly string[] Refused =
    [
        "PATH", "LD_*", "DYLD_*", "DOTNET_*", "CORECLR_*", "COMPlus_*", "*_PROXY", "SSL_CERT_*", "AWS_ENDPOINT_URL*", "VAULT_ADDR", "AZURE_AUTHORITY_HOST", "SECRETS_FILES", "SECRETS_TOML",
        "AWS_CA_BUNDLE", "AWS_CONFIG_FILE", "BASH_ENV", "OPENSSL_CONF", "SSLKEYLOGFILE",
    ];

    public static void Publish(object owner, Snapshot snapshot, EnvironmentLedger ledger, WarningLog warnings)
    {
        HashSet<string> exporting = [.. snapshot.Sources.Where(s => s.IsExported).Select(s => s.Name)];
        if (exporting.Count == 0)
        {
            return;
        }

        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((string key, SecretValue value) in snapshot.Root.Entries)
        {
            if (value.Kind is not (SecretKind.String or SecretKind.Integer or SecretKind.Float) || !exporting.Contains(value.Origin.SourceName))
            {
                continue;
            }

            string text = value.Text!;
            if (Refusal(key, text) is { } why)
            {
                warnings.AddOnce(
                    SecretsWarningCode.NotExported,
                    $"{value.DisplayPath} ({value.Origin}) is not exported to the environment: {why}. Put it into a section, or set ExportToEnvironment to false.",
                    value.Origin.SourceName,
                    value.DisplayPath);
            }
            else
            {
                variables[key] = text;
            }
        }

        ledger.Export(owner, variables);
    }

    private static string? Refusal(string name, string text)
    {
        if (Array.Find(Refused, p => Matches(p, name)) is { } pattern)
        {
            return $"{pattern} steers the process";
        }

        if (name.Length == 0 || name.AsSpan().ContainsAny('=', '\0'))
        {
            return "the platform cannot hold the name";
        }

        return text.Contains('\0', StringComparison.Ordinal) ? "the platform cannot hold a NUL character" : null;
    }

    private static bool Matches(string pattern, string name) => pattern switch
    {
        ['*', .. string end] => name.EndsWith(end, StringComparison.OrdinalIgnoreCase),
        [.. string start, '*'] => name.StartsWith(start, StringComparison.OrdinalIgnoreCase),
        _ => string.Equals(name, pattern, StringComparison.OrdinalIgnoreCase),
    };
}
