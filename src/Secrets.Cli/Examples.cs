namespace Secrets.Cli;

/// <summary>What the help of each command shows below its options.</summary>
internal static class Examples
{
    private static readonly Dictionary<string, string[]> OfCommands = new(StringComparer.Ordinal)
    {
        ["init"] = ["secrets init", "secrets init --env Development"],
        ["set"] =
        [
            "secrets set database.password",
            "openssl rand -hex 32 | secrets set session.key",
            "secrets set tls.key --from-file key.pem",
            "secrets set database.port --type integer --value 5432",
        ],
        ["unset"] = ["secrets unset database.password", "secrets unset database --global"],
        ["get"] = ["secrets get database.password", "secrets get database --json", "secrets get api_token --from aws:prod/shop"],
        ["list"] = ["secrets list", "secrets list --json --from dotenv:.env"],
        ["explain"] = ["secrets explain database.password"],
        ["check"] = ["secrets check --require api_token", "secrets check --template secrets.example.toml", "secrets check --install-hook"],
        ["run"] = ["secrets run -- dotnet run", "secrets run --only database --prefix SHOP_ -- ./server --verbose"],
        ["export"] =
        [
            "eval \"$(secrets export --format shell)\"",
            "docker run --env-file <(secrets export --format docker) shop",
            "secrets export --format systemd --output /etc/shop.env",
        ],
        ["template"] = ["secrets template --output secrets.example.toml"],
        ["diff"] = ["secrets diff toml:.secrets/secrets.toml aws:prod/shop"],
        ["import"] = ["secrets import .env", "secrets import appsettings.json --only ConnectionStrings --yes"],
        ["completions"] = ["eval \"$(secrets completions bash)\"", "secrets completions fish | source"],
    };

    /// <summary>Writes the examples of a command, or nothing where it has none.</summary>
    public static void Write(string command, TextWriter output)
    {
        if (OfCommands.TryGetValue(command, out string[]? examples))
        {
            output.WriteLine("Examples:");
            foreach (string example in examples)
            {
                output.WriteLine("  " + example);
            }

            output.WriteLine();
        }
    }
}
