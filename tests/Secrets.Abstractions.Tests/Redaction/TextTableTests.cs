using Secrets.Redaction;

namespace Secrets.Tests.Redaction;

public class TextTableTests
{
    [Fact]
    public void Columns_are_as_wide_as_their_widest_cell_and_lines_end_without_blanks() => Assert.Equal(
        string.Join(Environment.NewLine, "a    bb", "ccc  d", "e"),
        TextTable.Of([["a", "bb"], ["ccc", "d"], ["e", ""]]));
}
