using Secrets.Toml.Directories;

namespace Secrets.Toml.Tests.Directories;

public class FileTextTests
{
    private static readonly SecretOrigin Origin = new("directory", "a", version: null, default);

    [Theory]
    [InlineData("", "")]
    [InlineData("x", "x")]
    [InlineData("x\n", "x")]
    [InlineData("x\r\n", "x")]
    [InlineData("x\n\n", "x\n")]
    [InlineData("x\r\n\r\n", "x\r\n")]
    [InlineData("x\n\r\n", "x\n")]
    [InlineData("x\r", "x\r")]
    [InlineData("x\n\r", "x\n\r")]
    [InlineData("\n", "")]
    [InlineData("\r\n", "")]
    [InlineData("\nx", "\nx")]
    [InlineData("a\nb\n", "a\nb")]
    [InlineData(" x \t\n", " x \t")]
    [InlineData("x\u2028", "x\u2028")]
    [InlineData("\uFEFFx\n", "x")]
    [InlineData("\uFEFF", "")]
    [InlineData("\uFEFF\uFEFFx", "\uFEFFx")]
    [InlineData("x\uFEFF", "x\uFEFF")]
    [InlineData("a\0b", "a\0b")]
    [InlineData("pässwörd 🔑", "pässwörd 🔑")]
    public void Text_is_kept_but_for_a_byte_order_mark_and_one_line_break_at_the_end(string content, string secret)
    {
        SecretValue value = FileText.ToValue(System.Text.Encoding.UTF8.GetBytes(content), Origin);

        Assert.Equal(SecretKind.String, value.Kind);
        Assert.Equal(secret, value.Reveal());
        Assert.Same(Origin, value.Origin);
    }

    public static TheoryData<byte[]> Binary =>
    [
        new byte[] { 0xFF },
        new byte[] { 0x80, (byte)'\n' },
        new byte[] { (byte)'x', 0xC3 },
        new byte[] { 0xC3, (byte)'\r', (byte)'\n' },
        new byte[] { 0xED, 0xA0, 0x80 },
        new byte[] { 0xC0, 0x80 },
        new byte[] { 0xFF, 0xFE, (byte)'x', 0, (byte)'\n', 0 },
        new byte[] { 0xEF, 0xBB, 0xBF, 0xFF, (byte)'\n' },
    ];

    [Theory]
    [MemberData(nameof(Binary))]
    public void What_is_not_UTF_8_is_kept_to_the_byte(byte[] content)
    {
        SecretValue value = FileText.ToValue(content, Origin);

        Assert.Equal(SecretKind.Bytes, value.Kind);
        Assert.Equal(content, value.RevealBytes());
        Assert.Same(Origin, value.Origin);
    }
}
