using System.Text.RegularExpressions;

namespace Secrets.Toml.Reading;

/// <summary>The known faults of Tomlyn 2.10.2, and the two places where TOML leaves the choice to the reader. A test runs each minimal document.</summary>
internal static partial class TomlynFaults
{
    public static IReadOnlyList<TomlynFault> All { get; } =
    [
        // Faults, by the specification.
        new("reads an integer of 64 bits in base 16, 8 or 2 as a negative number", "a = 0xFFFFFFFFFFFFFFFF", "0[xob][0-9A-Fa-f_]{16,}", "0x1"),
        new("refuses a fraction of a second with more than seven digits", "a = 07:32:00.12345678", @"(?<=\.\d{7})\d+", ""),
        new("refuses a leap second", "a = 23:59:60", ":60", ":59"),
        new("refuses the year 0", "a = 0000-01-01", "0000-", "0001-"),
        new("takes underscores in dates and times", "a = 1_0:00:00", @"(?<=\d)_+(?=[\d_]*[:-])|(?<=[:-][\d_]*)_+", "::"),
        new("refuses U+FFFD in a comment", "#\uFFFD", "\uFFFD", "x"),
        new("throws ArgumentOutOfRangeException for an escape at the end of the document", "a = \"\\U", @"\\(?:[uUx][0-9a-fA-F]*)?\z", ""),
        new("joins lines in a string of one line, and at a bare carriage return", "a = \"\\\n\"", @"\\[ \t]*(?:\r\n?|\n)", "x"),
        new("drops what an array of tables holds when another table interrupts it", "[[a]]\n[b]\n[[a]]", RenameInterruptedArrays),
        new("takes a header with the name of a value, if the value's table has a header and three keys", "[t]\na = 1\nb = 2\nc = 3\n[t.a]", RenameTablesOfValues),

        // Choices, which TOML leaves to the reader.
        new("reads a float beyond the range of a double as infinity; this project refuses it", "a = 1e400", @"(?<=[eE][+-]?)[0-9_]{3,}", "1"),
        new("keeps CR LF in a string of several lines; this project reads LF, so that a file gives the same secret on every system", "a = '''\r\n\r\n'''", "\r\n", "\n"),
    ];

    /// <summary>Says whether the two readers disagree about a document for a reason that is not in the list.</summary>
    public static bool IsUnexplained(string document) => Disagree(document) && Disagree(All.Aggregate(document, (text, fault) => fault.Rewrite(text)));

    public static bool Disagree(string document) => TomlynJudge.Ours(document) != TomlynJudge.Tomlyn(document);

    /// <summary>Cuts out all that is not needed for the disagreement.</summary>
    public static string Minimize(string document)
    {
        for (int length = document.Length / 2; length > 0; length = length == 1 && TryCut(ref document, 1) ? 1 : length / 2)
        {
            TryCut(ref document, length);
        }

        return document;
    }

    private static bool TryCut(ref string document, int length)
    {
        bool isShorter = false;
        for (int i = 0; i + length <= document.Length;)
        {
            string shorter = document.Remove(i, length);
            bool isSame = IsUnexplained(shorter);
            document = isSame ? shorter : document;
            isShorter |= isSame;
            i += isSame ? 0 : length;
        }

        return isShorter;
    }

    // Where the headers of an array of tables, with those below it, do not stand together, all headers get names of their own.
    private static string RenameInterruptedArrays(string document)
    {
        List<string> names = [.. Header().Matches(document).Select(NameOf)];
        IEnumerable<string> arrays = Header().Matches(document).Where(h => h.Value.StartsWith("[[", StringComparison.Ordinal)).Select(NameOf);
        int next = 0;
        return arrays.Any(IsInterrupted) ? Header().Replace(document, m => Rename(m, $"header{++next}")) : document;

        bool IsInterrupted(string array) =>
            names.FindLastIndex(n => n.StartsWith(array, StringComparison.Ordinal)) - names.FindIndex(n => n.StartsWith(array, StringComparison.Ordinal)) >=
            names.Count(n => n.StartsWith(array, StringComparison.Ordinal));
    }

    private static string Rename(Match header, string name) => header.Value.StartsWith("[[", StringComparison.Ordinal) ? $"[[{name}]]" : $"[{name}]";

    // "a . 'b'" and "a.b" are one name; the point at the end keeps "a.bc" from being below "a.b".
    private static string NameOf(Match header) => string.Concat(header.Groups["key"].Captures.Select(c => c.Value.Trim('"', '\'') + "."));

    private static string RenameTablesOfValues(string document)
    {
        HashSet<string> keys = [.. Key().Matches(document).Select(m => m.Value.Trim('"', '\''))];
        int next = 0;
        return Header().Replace(document, m => m.Groups["key"].Captures.Any(c => keys.Contains(c.Value.Trim('"', '\''))) ? Rename(m, $"table{++next}") : m.Value);
    }

    [GeneratedRegex("""(?:\[\[?)[ \t]*(?<key>[A-Za-z0-9_-]+|"[^"\\\n]*"|'[^'\n]*')(?:[ \t]*\.[ \t]*(?<key>[A-Za-z0-9_-]+|"[^"\\\n]*"|'[^'\n]*'))*[ \t]*\]\]?""", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Header();

    [GeneratedRegex("""(?<=^[^=#\[\n]*)(?:[A-Za-z0-9_-]+|"[^"\\\n]*"|'[^'\n]*')(?=[ \t]*[.=])""", RegexOptions.Multiline, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Key();
}
