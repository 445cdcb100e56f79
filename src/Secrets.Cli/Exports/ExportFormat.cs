using Secrets.Cli.Values;

namespace Secrets.Cli.Exports;

/// <summary>One format that <c>export</c> writes.</summary>
internal sealed class ExportFormat
{
    private ExportFormat(string name, string reader, Func<IReadOnlyList<Leaf>, string, string> write)
    {
        Name = name;
        Reader = reader;
        Write = write;
    }

    public static IReadOnlyList<ExportFormat> All { get; } =
    [
        OfVariables("dotenv", "dotenv readers", DotEnvExport.Write),
        new ExportFormat("json", "JSON readers", (leaves, _) => JsonText.Of(leaves) + "\n"),
        new ExportFormat("toml", "TOML readers", (leaves, _) => TomlText.Document(leaves, l => TomlText.Of(l.Value, l.Path.ToString()))),
        OfVariables("shell", "eval in bash, dash and other POSIX shells", ShellExport.Write),
        OfVariables("powershell", "Invoke-Expression in PowerShell", PowerShellExport.Write),
        OfVariables("docker", "docker run --env-file", DockerExport.Write),
        OfVariables("github", "the file that GITHUB_ENV names in GitHub Actions", GitHubExport.Write),
        OfVariables("systemd", "EnvironmentFile= of systemd", SystemdExport.Write),
    ];

    public string Name { get; }

    /// <summary>Gets what reads it.</summary>
    public string Reader { get; }

    /// <summary>Gets what turns leaves into text; the second argument stands before the names of variables.</summary>
    public Func<IReadOnlyList<Leaf>, string, string> Write { get; }

    private static ExportFormat OfVariables(string name, string reader, Func<Variable, string> writeOne) =>
        new(name, reader, (leaves, prefix) => string.Concat(Variable.Of(leaves, prefix).Select(writeOne)));
}
