using System.Text;
using System.Text.Json;
using Secrets.Remote.Http;

namespace Secrets.Gcp.Tests;

/// <summary>What "ProtoJSON Format" of the Protocol Buffers documentation says that a reader takes.</summary>
public sealed class ProtobufJsonTests
{
    [Theory]
    [InlineData("""{"nextPageToken":"a"}""", "a")]
    [InlineData("""{"next_page_token":"a"}""", "a")]
    [InlineData("""{"nextPageToken":null,"next_page_token":"a"}""", "a")]
    [InlineData("""{"nextPageToken":"a","next_page_token":"b"}""", "a")]
    [InlineData("""{"next_page_token":null}""", "")]
    [InlineData("{}", "")]
    public void A_member_has_two_names(string json, string expected) => Assert.Equal(expected, Read(json, j => ProtobufJson.Text(j, "nextPageToken")));

    [Theory]
    [InlineData("""{"dataCrc32c":"3808858755"}""", 3808858755L)]
    [InlineData("""{"data_crc32c":3808858755}""", 3808858755L)]
    [InlineData("""{"dataCrc32c":1e3}""", 1000L)]
    [InlineData("""{"dataCrc32c":"7.0"}""", 7L)]
    [InlineData("""{"dataCrc32c":"-1"}""", -1L)]
    [InlineData("{}", null)]
    public void An_integer_is_a_text_or_a_number(string json, long? expected) => Assert.Equal(expected, Read(json, j => ProtobufJson.Integer64(j, "dataCrc32c")));

    [Theory]
    [InlineData("""{"n":"x"}""")]
    [InlineData("""{"n":1.5}""")]
    [InlineData("""{"n":"9223372036854775808"}""")]
    [InlineData("""{"n":true}""")]
    public void What_is_no_integer_is_malformed(string json) => Assert.Throws<MalformedAnswerException>(() => Read(json, j => ProtobufJson.Integer64(j, "n")));

    [Theory]
    [InlineData("""{"state":"ENABLED"}""", "ENABLED")]
    [InlineData("""{"state":1}""", "ENABLED")]
    [InlineData("""{"state":0}""", "NONE")]
    [InlineData("{}", "NONE")]
    [InlineData("""{"state":2}""", null)]
    [InlineData("""{"state":-1}""", null)]
    [InlineData("""{"state":"LATER"}""", null)]
    public void An_enumeration_is_a_name_or_a_number(string json, string? expected) =>
        Assert.Equal(expected, Read(json, j => ProtobufJson.Enumeration(j, "state", "NONE", "ENABLED")));

    [Theory]
    [InlineData("-_8=")]
    [InlineData("-_8")]
    [InlineData("+/8=")]
    [InlineData("+/8")]
    public void Bytes_have_either_alphabet_and_may_lack_padding(string text) =>
        Assert.Equal([0xFB, 0xFF], Read($$"""{"data":"{{text}}"}""", j => ProtobufJson.Bytes(j, "data")));

    [Fact]
    public void Bytes_that_are_left_out_are_none() => Assert.Empty(Read("{}", j => ProtobufJson.Bytes(j, "data")));

    [Theory]
    [InlineData("""{"data":"*"}""")]
    [InlineData("""{"data":"a"}""")]
    [InlineData("""{"data":1}""")]
    public void What_is_no_base64_is_malformed(string json) => Assert.Throws<MalformedAnswerException>(() => Read(json, j => ProtobufJson.Bytes(j, "data")));

    private static T Read<T>(string json, Func<JsonElement, T> read) => JsonAnswer.Read(Encoding.UTF8.GetBytes(json), read);
}
