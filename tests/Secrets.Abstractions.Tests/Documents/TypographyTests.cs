using System.Text;
using Secrets.Documents;

namespace Secrets.Tests.Documents;

public class TypographyTests
{
    [Theory]
    [InlineData("\u201C", true, false)]
    [InlineData("\u201D", true, false)]
    [InlineData("\u2018", true, false)]
    [InlineData("\u2019", true, false)]
    [InlineData("\u201E", true, false)]
    [InlineData("\u00AB", true, false)]
    [InlineData("\uFF02", true, false)]
    [InlineData("\u00A0", false, true)]
    [InlineData("\u3000", false, true)]
    [InlineData(" ", false, false)]
    [InlineData("\"", false, false)]
    [InlineData("'", false, false)]
    [InlineData("a", false, false)]
    [InlineData("😀", false, false)]
    [InlineData("", false, false)]
    public void Quotes_and_spaces_of_word_processors_are_known(string text, bool isQuote, bool isSpace)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);

        Assert.Equal((isQuote, isQuote, isSpace), (Typography.IsQuoteNext(utf8), Typography.IsQuoteLast(utf8), Typography.IsWideSpaceNext(utf8)));
        Assert.Equal(isQuote, text.Length == 1 && Typography.IsQuote(text[0]));
    }
}
