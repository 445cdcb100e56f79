using Secrets.Cli.Values;

namespace Secrets.Cli.Exports;

/// <summary>Lines of <c>EnvironmentFile=</c>: double quotes, in which a backslash removes itself before four characters and line breaks are kept (env-file.c).</summary>
internal static class SystemdExport
{
    public static string Write(Variable variable)
    {
        string value = variable.Value;
        foreach (string special in new[] { "\\", "\"", "`", "$" })
        {
            value = value.Replace(special, "\\" + special, StringComparison.Ordinal);
        }

        return $"{variable.Name}=\"{value}\"\n";
    }
}
