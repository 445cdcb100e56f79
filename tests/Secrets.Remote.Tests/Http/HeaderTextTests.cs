using Secrets.Remote.Http;

namespace Secrets.Remote.Tests.Http;

public sealed class HeaderTextTests
{
    [Theory]
    [InlineData("hvs.CAES-_~!+/=", true)]
    [InlineData("", false)]
    [InlineData("a b", false)]
    [InlineData("a\n", false)]
    [InlineData("tökén", false)]
    [InlineData("a\u007f", false)]
    public void A_header_holds_one_line_of_visible_ASCII(string text, bool isValid) => Assert.Equal(isValid, HeaderText.IsValid(text));
}
