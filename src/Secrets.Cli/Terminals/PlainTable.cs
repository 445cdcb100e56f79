using System.Text;

namespace Secrets.Cli.Terminals;

/// <summary>Columns with two spaces between them; nothing is cut, and no line ends in blanks.</summary>
internal static class PlainTable
{
    /// <summary>Gives how wide the rows are.</summary>
    public static int WidthOf(IReadOnlyList<string> headings, IReadOnlyList<string[]> rows) => Widths(headings, rows).Sum(width => width + 2);

    public static string Format(IReadOnlyList<string> headings, IReadOnlyList<string[]> rows)
    {
        int[] widths = Widths(headings, rows);
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

    private static int[] Widths(IReadOnlyList<string> headings, IReadOnlyList<string[]> rows)
    {
        var widths = new int[headings.Count];
        for (int i = 0; i < widths.Length; i++)
        {
            widths[i] = headings[i].Length;
            foreach (string[] row in rows)
            {
                widths[i] = Math.Max(widths[i], row[i].Length);
            }
        }

        return widths;
    }
}
