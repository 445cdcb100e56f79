using Secrets.Cli.Values;

namespace Secrets.Cli.Exports;

/// <summary>
/// A <c>.env</c> file in the part of the syntax that readers agree on: bare words, then single quotes, which all take literally, then double quotes with
/// the escapes of python-dotenv and DotNetEnv. What one of them would change is refused.
/// </summary>
internal static class DotEnvExport
{
    public static string Write(Variable variable) => $"{variable.Name}={Quote(variable)}\n";

    private static string Quote(Variable variable)
    {
        string value = variable.Value;
        if (value.Contains("${", StringComparison.Ordinal))
        {
            throw Refusal.Of(variable, "dotenv", "has \"${\", which some readers replace even in single quotes");
        }

        if (value.Any(c => char.IsControl(c) && c is not ('\t' or '\n' or '\r')))
        {
            throw Refusal.Of(variable, "dotenv", "has a control character, which some readers refuse");
        }

        if (value.Length > 0 && value.All(c => char.IsAsciiLetterOrDigit(c) || "_-./:@%+,".Contains(c, StringComparison.Ordinal)))
        {
            return value;
        }

        // python-dotenv has escapes for a backslash and a quote in single quotes, others have none.
        if (!value.AsSpan().ContainsAny('\'', '\r') && !value.Contains("\\\\", StringComparison.Ordinal) && !value.EndsWith('\\'))
        {
            return "'" + value + "'";
        }

        return value.Contains('$', StringComparison.Ordinal)
            ? throw Refusal.Of(variable, "dotenv", "needs double quotes and has a \"$\", which readers replace or escape differently there")
            : "\"" + value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\r", "\\r", StringComparison.Ordinal) + "\"";
    }
}
