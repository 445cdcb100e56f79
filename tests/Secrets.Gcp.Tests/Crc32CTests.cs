using System.Text;

namespace Secrets.Gcp.Tests;

public sealed class Crc32CTests
{
    // The check value of CRC-32C, and the examples of RFC 3720, appendix B.4.
    [Theory]
    [InlineData("", 0u)]
    [InlineData("123456789", 0xE3069283u)]
    public void The_checksum_of_a_text(string text, uint expected) => Assert.Equal(expected, Crc32C.Of(Encoding.UTF8.GetBytes(text)));

    [Theory]
    [InlineData(0x00, 0x8A9136AAu)]
    [InlineData(0xFF, 0x62A8AB43u)]
    public void The_checksum_of_thirty_two_bytes(byte value, uint expected) => Assert.Equal(expected, Crc32C.Of(Enumerable.Repeat(value, 32).ToArray()));
}
