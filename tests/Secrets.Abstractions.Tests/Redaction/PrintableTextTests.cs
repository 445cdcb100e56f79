using System.Globalization;
using System.Text;
using Secrets.Redaction;

namespace Secrets.Tests.Redaction;

public class PrintableTextTests
{
    [Fact]
    public void A_text_that_can_be_seen_is_the_same_object()
    {
        string text = "arn:aws:1/größe – 😀 \"'\\";

        Assert.Same(text, PrintableText.Of(text));
        Assert.Same("", PrintableText.Of(""));
    }

    [Fact]
    public void No_character_that_ends_a_line_or_hides_remains()
    {
        for (int code = 0; code <= char.MaxValue; code++)
        {
            string printable = PrintableText.Of("a" + (char)code + "b");
            Assert.All(printable, c => Assert.False(
                char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
                    or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate,
                $"U+{code:X4}"));
            Assert.Single(printable.ReplaceLineEndings("\n").Split('\n'));
        }
    }

    [Fact]
    public void A_surrogate_without_its_partner_and_the_replacement_character_differ()
    {
        Assert.Equal("\\uD800", PrintableText.Of("\ud800"));
        Assert.Equal("\ufffd", PrintableText.Of("\ufffd"));
        Assert.Equal("😀", PrintableText.Of("😀"));
    }

    [Theory]
    [InlineData(false, "say \"hi\" \\o/\\n")]
    [InlineData(true, "say \\\"hi\\\" \\\\o/\\n")]
    public void Within_quotes_quote_and_backslash_are_escaped_too(bool isQuoted, string expected) =>
        Assert.Equal(expected, PrintableText.Append(new StringBuilder(), "say \"hi\" \\o/\n", isQuoted).ToString());
}
