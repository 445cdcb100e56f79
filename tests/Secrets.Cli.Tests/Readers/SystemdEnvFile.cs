using System.Text;

namespace Secrets.Cli.Readers;

/// <summary>The rules of <c>EnvironmentFile=</c>: systemd, src/basic/env-file.c, for assignments.</summary>
internal static class SystemdEnvFile
{
    private const string NeedEscape = "\"\\`$";

    public static Dictionary<string, string> Read(string text)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        int at = 0;
        while (at < text.Length)
        {
            if (char.IsWhiteSpace(text[at]))
            {
                at++;
                continue;
            }

            if (text[at] is '#' or ';')
            {
                at = (text.IndexOf('\n', at) + text.Length + 1) % (text.Length + 1);
                continue;
            }

            int equals = text.IndexOf('=', at);
            string key = text[at..equals];
            at = equals + 1;
            variables[key] = Value(text, ref at);
        }

        return variables;
    }

    private static string Value(string text, ref int at)
    {
        var value = new StringBuilder();
        char quote = '\0';
        int kept = 0;
        for (; at < text.Length; at++)
        {
            char c = text[at];
            if (quote == '\0' && c is '\n' or '\r')
            {
                break;
            }

            if (quote == '\0' && c is '"' or '\'')
            {
                quote = c;
            }
            else if (c == quote)
            {
                quote = '\0';
                kept = value.Length;
            }
            else if (c == '\\' && quote != '\'')
            {
                at++;
                if (quote == '"' && !NeedEscape.Contains(text[at], StringComparison.Ordinal) && text[at] != '\n')
                {
                    value.Append('\\');
                }

                value.Append(text[at] == '\n' ? "" : text[at]);
                kept = value.Length;
            }
            else
            {
                value.Append(c);
                kept = quote != '\0' || !char.IsWhiteSpace(c) ? value.Length : kept;
            }
        }

        value.Length = kept;
        return value.ToString();
    }
}
