using System.Text;

namespace Secrets.Benchmarks;

internal static class Report
{
    public static string Of(IReadOnlyList<Row> rows)
    {
        string[][] cells = [["promise", "at most", "measured", "bytes", "met"], .. rows.Select(r => new[] { r.Promise, r.Limit, r.Measured, r.Bytes, r.IsMet ? "yes" : "NO" })];
        int[] widths = [.. Enumerable.Range(0, 5).Select(column => cells.Max(c => c[column].Length))];
        var text = new StringBuilder();
        foreach (string[] row in cells)
        {
            text.AppendLine("| " + string.Join(" | ", row.Select((cell, column) => cell.PadRight(widths[column]))) + " |");
            if (ReferenceEquals(row, cells[0]))
            {
                text.AppendLine("| " + string.Join(" | ", widths.Select(w => new string('-', w))) + " |");
            }
        }

        return text.ToString().TrimEnd();
    }
}
