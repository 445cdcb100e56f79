using System.Text;

namespace Secrets.DotEnv.Reading;

public class DotEnvHintsTests
{
    private const string Quote = "this value begins with a typographic quote, as word processors write it: use \" or ', or put the value into single quotes";
    private const string Unseen = "this is a character that cannot be seen: remove it";
    private const string Pem = "a value of several lines, such as a private key, stands in quotes";
    private const string Prompt = "this looks like a line of a command prompt: leave out the word before the key, and write KEY=value";

    /// <summary>A file in which C4n4ry stands for a value, where its mistake is, and how the message ends.</summary>
    public static TheoryData<string, int, int, string> Files => new()
    {
        { "A=\u201CC4n4ry\u201D", 1, 3, Quote },
        { "A= \u2018C4n4ry\u2019", 1, 4, Quote },
        { "\u201CA\u201D=C4n4ry", 1, 1, "a key has no quotes: write KEY=value" },
        { "\"A\"=C4n4ry", 1, 1, "a key has no quotes: write KEY=value" },
        { "{\n\"A\": \"C4n4ry\"}", 1, 1, "this looks like JSON, where a .env file has a line KEY=value for each key" },
        { "A=1\n[C4n4ry]\nB=2", 2, 1, "a .env file has no sections: write SECTION__KEY=value, or read a TOML file with AddToml" },
        { "; C4n4ry", 1, 1, "a comment begins with #" },
        { "// C4n4ry", 1, 1, "a comment begins with #" },
        { "$env:A = \"C4n4ry\"", 1, 1, "this looks like a line of PowerShell: write KEY=value" },
        { "---\nA: C4n4ry", 1, 1, "this looks like YAML: write KEY=value" },
        { "A: C4n4ry", 1, 2, "this looks like YAML: write KEY=value" },
        { "A=1\nset B=C4n4ry", 2, 5, Prompt },
        { "setx B C4n4ry", 1, 6, Prompt },
        { "A='C4n4ry\u2019\nB=1", 1, 3, "its line ends with a typographic quote, as word processors write it: use \" or '" },
        { "\u00A0A=C4n4ry", 1, 1, "this is not a plain space: replace it" },
        { "A\u00A0=C4n4ry", 1, 2, "this is not a plain space: replace it" },
        { "\u200BA=C4n4ry", 1, 1, Unseen },
        { "A=1\n\uFEFFB=C4n4ry", 2, 1, Unseen },
        { "A=-----BEGIN KEY-----\nC4n4ry+/\n-----END KEY-----", 2, 7, Pem },
        { "A=-----BEGIN KEY-----\nC4n4ry==\n-----END KEY-----", 3, 1, Pem },
        { "A=-----BEGIN KEY-----\n+C4n4ry\n-----END KEY-----", 2, 1, Pem },
        { "-----BEGIN KEY-----\nC4n4ry", 1, 1, Pem },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void A_usual_slip_has_a_hint_of_its_own_that_quotes_nothing(string file, int line, int column, string hint)
    {
        SecretsFormatException e = DotEnvRead.Fails(file);

        Assert.Equal((line, column), (e.Line, e.Column));
        Assert.EndsWith(hint, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("C4n4ry", e.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("A='\u201Cx\u201D'", "\u201Cx\u201D")]
    [InlineData("A=\"\u201Cx\u201D\"", "\u201Cx\u201D")]
    [InlineData("A=x\u201D", "x\u201D")]
    [InlineData("set=1\nA=2", "2")]
    public void What_looks_alike_is_read(string file, string value) => Assert.Equal(value, DotEnvRead.Read(file).Last(a => a.Key == "A").Value);

    [Theory]
    [InlineData("utf-16", "UTF-16 (little-endian)")]
    [InlineData("utf-16BE", "UTF-16 (big-endian)")]
    [InlineData("utf-32", "UTF-32 (little-endian)")]
    public void Another_encoding_is_named_with_and_without_a_mark(string encoding, string name)
    {
        var encoder = Encoding.GetEncoding(encoding);
        byte[] content = encoder.GetBytes("A=C4n4ry\r\n");
        foreach (byte[] file in new[] { content, [.. encoder.GetPreamble(), .. content] })
        {
            SecretsFormatException e = Assert.Throws<SecretsFormatException>(() => DotEnvText.Decode(file, "a.env"));

            Assert.StartsWith($"a.env(1,1): this is {name}, and UTF-8 is expected", e.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("C4n4ry", e.ToString(), StringComparison.Ordinal);
        }
    }
}
