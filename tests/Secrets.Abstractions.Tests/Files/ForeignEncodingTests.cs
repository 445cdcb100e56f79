using System.Text;
using Secrets.Files;

namespace Secrets.Tests.Files;

public class ForeignEncodingTests
{
    public static TheoryData<string, string> Encodings => new()
    {
        { "utf-16", "UTF-16 (little-endian)" },
        { "utf-16BE", "UTF-16 (big-endian)" },
        { "utf-32", "UTF-32 (little-endian)" },
        { "utf-32BE", "UTF-32 (big-endian)" },
    };

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Text_is_recognized_with_and_without_a_mark(string encoding, string name)
    {
        var encoder = Encoding.GetEncoding(encoding);
        foreach (string text in new[] { "a", "a = 'x'\r\n", "pässwörd = \"Zürich €\"\n", "# ключ\npassword = 1" })
        {
            byte[] content = encoder.GetBytes(text);
            byte[] marked = [.. encoder.GetPreamble(), .. content];
            string expected = $"this is {name}, and UTF-8 is expected; save it as UTF-8 (\">\" of Windows PowerShell writes UTF-16: use Set-Content -Encoding utf8)";

            Assert.Equal((expected, expected), (FindInDocument(content), FindInDocument(marked)));
            Assert.Equal((expected, expected), (ForeignEncoding.FindInSecret(content), ForeignEncoding.FindInSecret(marked)));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("a = 1")]
    [InlineData("ab")]
    [InlineData("pässwörd 🔑")]
    [InlineData("a\0b")]
    [InlineData("A=1\0")]
    [InlineData("\0")]
    public void UTF_8_is_not(string text)
    {
        byte[] content = Encoding.UTF8.GetBytes(text);

        Assert.Null(FindInDocument(content));
        Assert.Null(ForeignEncoding.FindInSecret(content));
    }

    public static TheoryData<byte[]> Binary =>
    [
        new byte[] { 0xFF, 0xFE },
        new byte[] { 0xFF, 0xFE, 0x1B, 0x8E, 0x90, 0xA1, 0x2C, 0xF1 },
        new byte[] { 1, 0, 2, 0, 3, 0 },
        new byte[] { 0x30, 0x82, 0x01, 0x0A, 0x02, 0x82, 0x01, 0x01, 0x00, 0xC3 },
        new byte[] { 0, 0, 0, 0, 0, 0, 0, 0 },
        new byte[] { (byte)'a', 0, (byte)'b' },
    ];

    [Theory]
    [MemberData(nameof(Binary))]
    public void A_key_of_bytes_is_no_text_even_where_it_begins_with_a_mark(byte[] content) => Assert.Null(ForeignEncoding.FindInSecret(content));

    [Fact]
    public void A_document_with_a_mark_is_named_whatever_follows() =>
        Assert.Contains("UTF-16 (little-endian)", FindInDocument([0xFF, 0xFE, 0x1B]), StringComparison.Ordinal);

    // 30,000 keys of random bytes: none is refused by chance. The seed is fixed.
    [Fact]
    public void Random_keys_are_not_text()
    {
        var random = new Random(1);
        byte[] key = new byte[32];
        for (int i = 0; i < 30_000; i++)
        {
            random.NextBytes(key);
            (key[0], key[1]) = (0xFF, 0xFE);
            Assert.Null(ForeignEncoding.FindInSecret(key));
        }
    }

    [Theory]
    [InlineData("", "A=1\n", "B=2\r\n", "", 2, 1)]
    [InlineData("\uFEFF", "A=1", "B=2", "", 1, 4)]
    [InlineData("", "# pässwörd\nA=ä", "B=2\r\nC=ключ\r\n", "D=4\n", 2, 4)]
    [InlineData("", "A=1\r\n\r\n", "\r\nB=2", "", 3, 1)]
    public void A_part_that_was_appended_is_named_with_its_place(string mark, string before, string appended, string after, int line, int column)
    {
        byte[] content = [.. Encoding.UTF8.GetBytes(mark + before), .. Encoding.Unicode.GetBytes(appended), .. Encoding.UTF8.GetBytes(after)];
        SecretsFormatException? failure = Find(content);

        Assert.Equal(
            $"f({line},{column}): this part is UTF-16 (little-endian), and UTF-8 is expected; save the whole file as UTF-8 (\">>\" of Windows PowerShell appends UTF-16: use Add-Content -Encoding utf8)",
            failure?.Message);
    }

    private static string? FindInDocument(byte[] content) => Find(content)?.Problem;

    private static SecretsFormatException? Find(byte[] content) => ForeignEncoding.FindInDocument(content, System.Text.Unicode.Utf8.IsValid(content), "f");
}
