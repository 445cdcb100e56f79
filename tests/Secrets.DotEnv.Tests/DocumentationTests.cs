using System.Text.RegularExpressions;
using Secrets.DotEnv.Reading;

namespace Secrets.DotEnv.Tests;

public partial class DocumentationTests
{
    /// <summary>Gets the rows of the table that begins with <c>| in the file |</c>.</summary>
    public static TheoryData<string, string> Rows()
    {
        var rows = new TheoryData<string, string>();
        foreach (string row in Repository.Read("docs/dotenv.md").ReplaceLineEndings("\n").Split('\n')
            .SkipWhile(l => !l.StartsWith("| in the file |", StringComparison.Ordinal)).Skip(2).TakeWhile(l => l.StartsWith('|')))
        {
            string[] cells = row.Split('|', StringSplitOptions.TrimEntries);
            rows.Add(Code(cells[1]) ?? throw new FormatException(row), Code(cells[2]) ?? cells[2]);
        }

        return rows;
    }

    [Fact]
    public void The_table_is_there() => Assert.InRange(Rows().Count, 30, 100);

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_row_of_the_table_is_true(string text, string expected)
    {
        Func<string, string?> variable = name => name == "HOST" ? "localhost" : null;
        if (Error().Match(expected) is { Success: true } error)
        {
            Assert.Equal(error.Groups["column"].Value, $"{DotEnvRead.Fails(text, variable).Column}");
        }
        else
        {
            Assert.Equal(expected == "*empty*" ? "" : expected, DotEnvRead.Read(text, variable).Single(a => a.Key == "A").Value);
        }
    }

    private static string? Code(string cell) => Span().Match(cell) is { Success: true } span ? span.Groups["code"].Value.Replace('⏎', '\n') : null;

    [GeneratedRegex("^(?:`(?<code>[^`]+)`|`` ?(?<code>.+?) ?``)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Span();

    [GeneratedRegex(@"^\*error at column (?<column>\d+)\*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Error();
}
