using Secrets.Keys;

namespace Secrets.Tests.Keys;

public class PathTextTests
{
    [Theory]
    [InlineData("a.b-c_1", true)]
    [InlineData("", true)]
    [InlineData("a..b", true)]
    [InlineData("a. b", false)]
    [InlineData("'a'", false)]
    [InlineData("é", false)]
    public void A_plain_text_needs_no_parser(string text, bool isPlain) => Assert.Equal(isPlain, PathText.IsPlain(text));

    [Theory]
    [InlineData("key", "key")]
    [InlineData("a.b", "\"a.b\"")]
    [InlineData("", "\"\"")]
    public void A_segment_stands_in_quotes_where_it_is_not_bare(string segment, string text) => Assert.Equal(text, PathText.FormatSegment(segment));

    [Theory]
    [InlineData("a.b", "\"a.b\"")]
    [InlineData("\"odd.key\".x", "\"\\\"odd.key\\\".x\"")]
    [InlineData("\"a\\\\b\"", "\"\\\"a\\\\\\\\b\\\"\"")]
    public void A_literal_is_what_a_program_would_write(string path, string literal) => Assert.Equal(literal, PathText.Literal(path));

    [Fact]
    public void A_split_tells_the_problem_or_none()
    {
        Assert.Equal(["a", "b"], PathText.Split("a.b", out string problem)!);
        Assert.Equal("", problem);
        Assert.Null(PathText.Split("a.", out problem));
        Assert.NotEqual("", problem);
    }

    [Fact]
    public void A_path_without_end_is_split_in_linear_time()
    {
        string text = string.Join('.', Enumerable.Repeat("a", 200_000));
        Assert.Equal(200_000, PathText.Split(text, out _)!.Length);
    }
}
