using System.Text.RegularExpressions;

namespace Secrets.Cli.Readers;

/// <summary>The rules of python-dotenv 1.2 (parser.py, variables.py) for one binding; a test checks it against cases that were run.</summary>
internal static partial class PythonDotEnv
{
    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture;

    /// <summary>Gives the value of the first binding, interpolated where no variable is set.</summary>
    public static string? Read(string text)
    {
        // A file is opened in text mode: every line end is a line feed.
        string value = text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
        value = value[(value.IndexOf('=', StringComparison.Ordinal) + 1)..].TrimStart(' ', '\t');
        if (SingleQuoted().Match(value) is { Success: true } single)
        {
            value = SingleEscapes().Replace(single.Groups["value"].Value, m => m.Value[1..]);
        }
        else if (DoubleQuoted().Match(value) is { Success: true } doubled)
        {
            value = DoubleEscapes().Replace(doubled.Groups["value"].Value, m => Unescape(m.Value[1]));
        }
        else
        {
            value = UnquotedComment().Replace(value.Split('\n')[0], "").TrimEnd();
        }

        return Reference().Replace(value, m => m.Groups["default"].Value);
    }

    private static string Unescape(char letter) => letter switch
    {
        'a' => "\a",
        'b' => "\b",
        'f' => "\f",
        'n' => "\n",
        'r' => "\r",
        't' => "\t",
        'v' => "\v",
        _ => letter.ToString(),
    };

    [GeneratedRegex(@"^'(?<value>(\\'|[^'])*)'", Options)]
    private static partial Regex SingleQuoted();

    [GeneratedRegex("^\"(?<value>(\\\\\"|[^\"])*)\"", Options)]
    private static partial Regex DoubleQuoted();

    [GeneratedRegex(@"\\[\\']", Options)]
    private static partial Regex SingleEscapes();

    [GeneratedRegex("""\\[\\'"abfnrtv]""", Options)]
    private static partial Regex DoubleEscapes();

    [GeneratedRegex(@"\s+#.*", Options)]
    private static partial Regex UnquotedComment();

    [GeneratedRegex(@"\$\{(?<name>[^\}:]*)(:-(?<default>[^\}]*))?\}", Options)]
    private static partial Regex Reference();
}
