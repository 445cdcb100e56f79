using System.Text;
using System.Text.RegularExpressions;

namespace Secrets.Toml.Reading;

public partial class TomlLeakTests
{
    private const string Canary = "hunter2Canary";

    [Theory]
    [InlineData("CANARY")]
    [InlineData("CANARY CANARY = 1")]
    [InlineData("CANARY = CANARY")]
    [InlineData("CANARY = 'x'\nCANARY = 'CANARY'")]
    [InlineData("CANARY.CANARY = 1\n[CANARY.CANARY]")]
    [InlineData("[CANARY]\n[CANARY]")]
    [InlineData("[CANARY]\n[[CANARY]]")]
    [InlineData("[[CANARY]\n")]
    [InlineData("CANARY = {CANARY = 1}\nCANARY.x = 1")]
    [InlineData("[CANARY.b]\n[CANARY]\nb.c = 1")]
    [InlineData("a = 'CANARY")]
    [InlineData("a = \"CANARY\\q\"")]
    [InlineData("a = \"CANARY\\uZZZZ\"")]
    [InlineData("a = \"CANARY\\uD800\"")]
    [InlineData("a = \"CANARY\u0001\"")]
    [InlineData("a = \"\"\"CANARY\n")]
    [InlineData("a = 'x' CANARY")]
    [InlineData("a = 1CANARY")]
    [InlineData("a = 1979-99-CANARY")]
    [InlineData("a = ['CANARY' 'CANARY']")]
    [InlineData("a = {b = 'CANARY' CANARY = 1}")]
    [InlineData("# CANARY\0CANARY")]
    [InlineData("# CANARY\rCANARY")]
    [InlineData("'CANARY\n")]
    public void No_message_quotes_a_key_or_a_value(string toml)
    {
        SecretsFormatException e = TomlText.Fails(toml.Replace("CANARY", Canary));
        Assert.DoesNotContain(Canary, e.ToString());
        Assert.Empty(e.Data);
        Assert.Null(e.InnerException);
    }

    [Fact]
    public void No_message_quotes_bytes_that_are_not_UTF_8()
    {
        byte[] toml = [.. "a = '"u8, .. Encoding.UTF8.GetBytes(Canary), 0xFF];
        Assert.DoesNotContain(Canary, Assert.Throws<SecretsFormatException>(() => TomlText.Read(toml)).ToString());
    }

    // A message that quotes its document would also make the messages as many as the documents.
    [Fact]
    public void The_messages_of_the_official_suite_hold_nothing_of_its_documents()
    {
        byte[] pair = Encoding.UTF8.GetBytes($"\n{Canary} = '{Canary}'\n");
        HashSet<string> messages = [];
        foreach (string document in TomlSuite.Documents("files-toml-1.1.0", "invalid"))
        {
            byte[] toml = [.. pair, .. TomlSuite.Read(document), .. pair];
            SecretsFormatException e = Assert.Throws<SecretsFormatException>(() => TomlText.Read(toml));
            Assert.DoesNotContain(Canary, e.ToString());
            messages.Add(Positions.Replace(e.Message, "(0,0)"));
        }

        Assert.InRange(messages.Count, 10, 60);
    }

    [GeneratedRegex(@"\(\d+,\d+\)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Positions { get; }
}
