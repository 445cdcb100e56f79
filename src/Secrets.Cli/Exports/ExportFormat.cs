using Secrets.Cli.Values;

namespace Secrets.Cli.Exports;

/// <summary>One format that <c>export</c> writes.</summary>
internal sealed class ExportFormat
{
    private ExportFormat(string name, Func<IReadOnlyList<Leaf>, string, string> write)
    {
        Name = name;
        Write = write;
    }

    public static IReadOnlyList<ExportFormat> All { get; } =
    [
        OfVariables("dotenv", DotEnvExport.Write),
        new ExportFormat("json", (leaves, _) => JsonText.Of(leaves) + "\n"),
        new ExportFormat("toml", (leaves, _) => TomlText.Document(leaves, l => TomlText.Of(l.Value, l.Path.ToString()))),
        OfVariables("shell", ShellExport.Write),
        OfVariables("powershell", PowerShellExport.Write),
        OfVariables("docker", DockerExport.Write),
        OfVariables("github", GitHubExport.Write),
        OfVariables("systemd", SystemdExport.Write),
    ];

    public string Name { get; }

    /// <summary>Gets what turns leaves into text; the second argument stands before the names of variables.</summary>
    public Func<IReadOnlyList<Leaf>, string, string> Write { get; }

    private static ExportFormat OfVariables(string name, Func<Variable, string> writeOne) =>
        new(name, (leaves, prefix) => string.Concat(Variable.Of(leaves, prefix).Select(writeOne)));
}
