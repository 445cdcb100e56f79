using Secrets.Merging;

namespace Secrets.Tests.Merging;

public class NearMissTests
{
    [Theory]
    // Letters too many, too few, wrong, swapped, in another case.
    [InlineData("trello.api_tokens", "trello.api_token, trello.api_key", "trello.api_token")]
    [InlineData("trello.api_toke", "trello.api_token, trello.api_key", "trello.api_token")]
    [InlineData("trello.apt_token", "trello.api_token, trello.api_key", "trello.api_token")]
    [InlineData("trello.api_tokne", "trello.api_token, trello.api_key", "trello.api_token")]
    [InlineData("TRELLO.API_TOKENX", "trello.api_token, trello.api_key", "trello.api_token")]
    [InlineData("pasword", "user, password", "password")]
    [InlineData("data_base.password", "database.password, db.user", "database.password")]
    [InlineData("ab", "ba, xyz", "ba")]
    // The nearest of several, and the first of equals.
    [InlineData("key3", "key1, key2", "key1")]
    [InlineData("keys", "key12, key", "key")]
    // Nothing near.
    [InlineData("token", "user, password", null)]
    [InlineData("database.port", "database.user", null)]
    [InlineData("database.host", "database.port", null)]
    [InlineData("production.database.host", "production.database.user, production.database.hosts", "production.database.hosts")]
    [InlineData("a", "zzzz", null)]
    [InlineData("a", "", null)]
    public void The_nearest_known_path_is_what_was_meant(string path, string known, string? expected) =>
        Assert.Equal(expected, NearMiss.Of(path, Known(known.Split(", ", StringSplitOptions.RemoveEmptyEntries)))?.Origin.Location);

    [Fact]
    public void All_known_paths_are_compared()
    {
        string[] paths = [.. Enumerable.Range(0, 20_000).Select(i => $"section_{i % 50}.tokem_{i}"), "section_1.token"];

        Assert.Equal("section_1.token", NearMiss.Of("section_1.tokne", Known(paths))?.Origin.Location);
        Assert.Equal("section_1.token", NearMiss.Of("section_1.tokne", Known(paths.Reverse()))?.Origin.Location);
    }

    // The wrong one would mislead: where comparing all would take too long, none is named.
    [Fact]
    public void Where_not_all_can_be_compared_none_is_named()
    {
        string long_ = string.Concat(Enumerable.Range(0, 98).Select(i => (char)('a' + (i % 7))));
        IEnumerable<string> paths = Enumerable.Range(0, 100_000).Select(i => $"x{long_}yyy{i:D6}").Append($"y{long_}000");

        Assert.Null(NearMiss.Of($"z{long_}000", Known(paths)));
    }

    [Fact]
    public void A_huge_key_is_not_compared() =>
        Assert.Null(NearMiss.Of(new string('a', 100_000), Known([new string('a', 99_999)])));

    [Fact]
    public void Many_long_paths_are_compared_in_bounded_time() =>
        Assert.Null(NearMiss.Of(new string('a', 200), Known(Enumerable.Range(0, 10_000).Select(i => $"{i:D6}" + new string('b', 194)))));

    private static Dictionary<string, SecretValue> Known(IEnumerable<string> paths) =>
        paths.ToDictionary(p => p, p => SecretValue.FromText("x", new SecretOrigin("s", p, null, default)));
}
