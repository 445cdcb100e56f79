using System.Text;

namespace Secrets.Cli.Terminals;

/// <summary>Columns with two spaces between them; nothing is cut, and no line ends in blanks.</summary>
internal static class PlainTable
{
    public static string Format(IReadOnlyList<string> headings, IReadOnlyList<string[]> rows)
    {
        int[] widths = [.. headings.Select((heading, i) => rows.Select(r => r[i].Length).Append(heading.Length).Max())];
        var text = new StringBuilder();
        foreach (IReadOnlyList<string> row in rows.Prepend([.. headings]))
        {
            var line = new StringBuilder();
            for (int i = 0; i < row.Count; i++)
            {
                line.Append(row[i].PadRight(widths[i] + 2));
            }

            text.Append(line.ToString().TrimEnd()).Append('\n');
        }

        return text.ToString();
    }
}
