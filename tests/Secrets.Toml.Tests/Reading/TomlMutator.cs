using System.Text;

namespace Secrets.Toml.Reading;

/// <summary>Makes mutants of documents: small edits of the kind that people and programs make by mistake. The same seed gives the same mutants.</summary>
internal sealed class TomlMutator(int seed, IReadOnlyList<string> documents)
{
    // The grammar's own tokens, and texts at the limits of its values.
    private static readonly string[] Tokens =
    [
        "[", "]", "[[", "]]", "{", "}", "=", ",", ".", "#", "\"", "'", "\"\"\"", "'''", "\\", "\n", "\r\n", "\r", " ", "\t", "\0", "\u007f", "é", "\ud83d\ude00",
        "_", "+", "-", ":", "T", "Z", "e", "E", "x", "0", "1", "9", "0x", "0o", "0b", "inf", "nan", "true", "false", "a", "b", "a.b", "a = 1\n", "[a]\n", "[[a]]\n", "[a.b]\n",
        "{a = 1}", "{a.b = 1}", "[1, 2]", "''", "\\u00e9", "\\U0001F600", "\\uD800", "\\e", "\\x41", "\\\n", "1979-05-27", "07:32:00", "07:32", "1979-05-27T07:32:00Z",
        "1979-05-27 07:32:00.5-08:00", "2000-02-30", "0000-01-01", "9999-12-31", "23:59:60", "24:00:00", ".123456789", "9223372036854775807", "-9223372036854775808",
        "0x7FFFFFFFFFFFFFFF", "0xFFFFFFFFFFFFFFFF", "1e308", "1e400", "-0.0", "1_000", "\uFEFF",
    ];

    private readonly Random _random = new(seed);

    /// <summary>Gives one more mutant, with one to four edits.</summary>
    public string Next()
    {
        var text = new StringBuilder(Any(documents));
        for (int edits = _random.Next(1, 5); edits > 0; edits--)
        {
            Edit(text);
        }

        // An edit may have cut a surrogate pair in two.
        return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text.ToString()));
    }

    private void Edit(StringBuilder text)
    {
        int at = _random.Next(text.Length + 1);
        int length = Math.Min(_random.Next(1, 6), text.Length - at);
        switch (_random.Next(7))
        {
            case 0:
                text.Remove(at, length);
                break;
            case 1:
                text.Insert(at, Any(Tokens));
                break;
            case 2:
                text.Remove(at, length).Insert(at, Any(Tokens));
                break;
            case 3:
                text.Insert(at, text.ToString(at, length));
                break;
            case 4:
                EditLines(text, lines => lines.Insert(_random.Next(lines.Count + 1), Any(lines)));
                break;
            case 5:
                EditLines(text, lines => lines.Insert(_random.Next(lines.Count + 1), Any(Any(documents).Split('\n'))));
                break;
            default:
                ReplaceValue(text);
                break;
        }
    }

    private static void EditLines(StringBuilder text, Action<List<string>> edit)
    {
        List<string> lines = [.. text.ToString().Split('\n')];
        edit(lines);
        text.Clear().AppendJoin('\n', lines);
    }

    private void ReplaceValue(StringBuilder text) => EditLines(text, lines =>
    {
        int i = _random.Next(lines.Count);
        int equals = lines[i].IndexOf('=');
        lines[i] = equals < 0 ? lines[i] : lines[i][..(equals + 1)] + Any(Tokens);
    });

    private T Any<T>(IReadOnlyList<T> items) => items[_random.Next(items.Count)];
}
