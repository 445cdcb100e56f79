using System.Text;

namespace Secrets.Tests;

public class SecretsFileContentTests
{
    [Fact]
    public void Text_comes_without_a_byte_order_mark_and_with_its_own_line_ends() =>
        Assert.Equal("a\r\nñ\n", Content([.. Encoding.UTF8.Preamble, .. "a\r\nñ\n"u8]).ReadText());

    [Fact]
    public void Utf16_is_refused_by_name()
    {
        SecretsFormatException e = Assert.Throws<SecretsFormatException>(() => Content([.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes("a = 1")]).ReadText());
        Assert.Contains("UTF-16 (little-endian)", e.Message, StringComparison.Ordinal);
        Assert.StartsWith("a.conf", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_bytes_are_refused_without_being_quoted()
    {
        SecretsFormatException e = Assert.Throws<SecretsFormatException>(() => Content([.. "hunter2"u8, 0xFF]).ReadText());
        Assert.Contains("not valid UTF-8", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Its_text_is_the_name_of_the_file() => Assert.Equal("a.conf", Content("hunter2"u8.ToArray()).ToString());

    [Fact]
    public void Its_bytes_are_not_serialized() => Assert.Equal("""{"File":"a.conf"}""", System.Text.Json.JsonSerializer.Serialize(Content("hunter2"u8.ToArray())));

    private static SecretsFileContent Content(byte[] bytes) => new("a.conf", bytes);
}
