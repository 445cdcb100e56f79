using System.Text;

namespace Secrets.Remote.Http;

public sealed class JsonAnswerTests
{
    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"t":1}""")]
    [InlineData("""{"t":null}""")]
    [InlineData("""{"t":["x"]}""")]
    [InlineData("""{"t":"\ud800"}""")]
    public void What_has_not_the_text_that_it_must_have_is_malformed(string json) => IsMalformed(json, e => JsonAnswer.Text(e, "t"));

    [Theory]
    [InlineData("""{"b":"not base64!"}""")]
    [InlineData("""{"b":1}""")]
    public void Bytes_are_base64(string json) => IsMalformed(json, e => JsonAnswer.BytesOrNull(e, "b"));

    [Theory]
    [InlineData("""{"d":"yesterday"}""")]
    [InlineData("""{"d":-1}""")]
    [InlineData("""{"d":1e300}""")]
    public void A_time_is_seconds_of_this_era(string json) => IsMalformed(json, e => JsonAnswer.TimeOrNull(e, "d"));

    [Theory]
    [InlineData("99999999999999999999")]
    [InlineData("x")]
    public void A_number_in_a_text_that_is_none_is_malformed(string text) =>
        IsMalformed($$"""{"n":"{{text}}"}""", e => long.Parse(JsonAnswer.Text(e, "n"), System.Globalization.CultureInfo.InvariantCulture));

    [Fact]
    public void A_member_that_comes_twice_where_each_counts_is_malformed() =>
        IsMalformed("""{"m":{"a":1,"a":2}}""", e => JsonAnswer.Member(e, "m")?.EnumerateObject().ToDictionary(m => m.Name, StringComparer.Ordinal));

    [Theory]
    [InlineData("""{"l":{}}""")]
    [InlineData("""{}""")]
    [InlineData("""{"l":[1]}""")]
    public void A_list_that_must_be_there_is_a_list(string json) => IsMalformed(json, e => JsonAnswer.List(e, "l", i => i.GetString()));

    [Fact]
    public void An_answer_nests_up_to_64_levels() =>
        IsMalformed($$"""{"a":{{new string('[', 64)}}{{new string(']', 64)}}}""", e => JsonAnswer.TextOrNull(e, "t"));

    [Fact]
    public void What_is_there_is_read()
    {
        byte[] json = Encoding.UTF8.GetBytes("""{"t":"x","b":"AAE=","d":1.5,"n":7,"l":["a"]}""");
        Assert.Equal("x", JsonAnswer.Read(json, e => JsonAnswer.Text(e, "t")));
        Assert.Equal([0, 1], JsonAnswer.Read(json, e => JsonAnswer.BytesOrNull(e, "b"))!);
        Assert.Equal(DateTimeOffset.UnixEpoch.AddSeconds(1.5), JsonAnswer.Read(json, e => JsonAnswer.TimeOrNull(e, "d")));
        Assert.Equal(7, JsonAnswer.Read(json, e => JsonAnswer.Number(e, "n")));
        Assert.Equal(["a"], JsonAnswer.Read(json, e => JsonAnswer.List(e, "l", i => i.GetString()!)));
    }

    [Fact]
    public void What_is_null_is_left_out() =>
        Assert.Equal("""{"a":"x"}""", Encoding.UTF8.GetString(JsonAnswer.Write(new System.Text.Json.Nodes.JsonObject { ["a"] = "x", ["b"] = null })));

    private static void IsMalformed<T>(string json, Func<System.Text.Json.JsonElement, T> read)
    {
        MalformedAnswerException failure = Assert.Throws<MalformedAnswerException>(() => JsonAnswer.Read(Encoding.UTF8.GetBytes(json), read));
        Assert.Null(failure.InnerException);
    }
}
