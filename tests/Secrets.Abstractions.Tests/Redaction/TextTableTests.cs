using Secrets.Redaction;

namespace Secrets.Tests.Redaction;

public class TextTableTests
{
    [Fact]
    public void Columns_are_as_wide_as_their_widest_cell_and_lines_end_without_blanks() => Assert.Equal(
        string.Join(Environment.NewLine, "a    bb", "ccc  d", "e"),
        TextTable.Of([["a", "bb"], ["ccc", "d"], ["e", ""]]));

    [Fact]
    public void A_very_long_cell_widens_its_own_row_alone()
    {
        string table = TextTable.Of([[new string('x', 100_000), "1"], .. Enumerable.Range(0, 1_000).Select(i => new[] { "key", "2" })]);

        Assert.InRange(table.Length, 100_000, 200_000);
        Assert.EndsWith("key" + new string(' ', 79) + "2", table, StringComparison.Ordinal);
    }
}
