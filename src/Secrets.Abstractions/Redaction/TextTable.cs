using System.Text;

namespace Secrets.Redaction;

/// <summary>Lays rows of cells out in columns.</summary>
internal static class TextTable
{
    // One name that somebody made very long must not widen every row.
    private const int MaxWidth = 80;

    public static string Of(IReadOnlyList<string[]> rows)
    {
        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(column => Math.Min(MaxWidth, rows.Max(row => row[column].Length)))];
        var table = new StringBuilder();
        foreach (string[] row in rows)
        {
            table.AppendLine(string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
        }

        return table.ToString().TrimEnd();
    }
}
