using Secrets.Tests.Fakes;

namespace Secrets.Tests.Merging;

public class MergeRulesTests
{
    [Theory]
    // One has it, the other has not.
    [InlineData("a = 1", "", "a=1@high")]
    [InlineData("", "a = 1", "a=1@low")]
    // The higher wins, leaf by leaf, and sections unite.
    [InlineData("a = 1", "a = 2", "a=1@high")]
    [InlineData("a = 1", "b = 2", "a=1@high; b=2@low")]
    [InlineData("s.a = 1; s.b = 1", "s.b = 2; s.c = 2", "s.a=1@high; s.b=1@high; s.c=2@low")]
    [InlineData("s.t.a = 1", "s.t.b = 2; s.u.c = 2", "s.t.a=1@high; s.t.b=2@low; s.u.c=2@low")]
    [InlineData("s.a = 1", "t.a = 2", "s.a=1@high; t.a=2@low")]
    // Empty is a value, absent is not.
    [InlineData("a =", "a = 2", "a=@high")]
    [InlineData("s = {}", "s.a = 2", "s.a=2@low")]
    [InlineData("s = {}", "", "s={}")]
    // An array is one leaf.
    [InlineData("x = [1]", "x = [2, 3]", "x=[1]@high")]
    [InlineData("x = []", "x = [2, 3]", "x=[]@high")]
    [InlineData("x = [1]", "x = 2", "x=[1]@high")]
    [InlineData("x = 1", "x = [2]", "x=1@high")]
    // Keys are one whatever their spelling; the higher source's stays.
    [InlineData("api_key = 1", "ApiKey = 2", "api_key=1@high")]
    [InlineData("Data-Base.User = 1", "data_base.password = 2", "Data-Base.User=1@high; Data-Base.password=2@low")]
    // A leaf against a section is a mistake at that path alone.
    [InlineData("a = 1; b = 1", "a.x = 2; b = 2", "a=!InvalidConfiguration; b=1@high")]
    [InlineData("a.x = 1", "a = 2; c = 2", "a=!InvalidConfiguration; c=2@low")]
    [InlineData("a = [1]", "a.x = 2", "a=!InvalidConfiguration")]
    [InlineData("s.a = 1", "s.a.x = 2; s.b = 2", "s.a=!InvalidConfiguration; s.b=2@low")]
    [InlineData("a = 1", "a = {}", "a=!InvalidConfiguration")]
    // A failure is not absence: it blocks what is below it, and nothing above.
    [InlineData("a = !AccessDenied", "a = 2; b = 2", "a=!AccessDenied; b=2@low")]
    [InlineData("a = !Unavailable", "a.x = 2", "a=!Unavailable")]
    [InlineData("a = 1", "a = !AccessDenied", "a=1@high")]
    [InlineData("s.a = 1", "s = !AccessDenied", "s.a=1@high")]
    [InlineData("s.a = !AccessDenied; s.b = 1", "s.a = 2; s.c = 2", "s.a=!AccessDenied; s.b=1@high; s.c=2@low")]
    public void The_first_source_wins_each_leaf_and_sections_unite(string high, string low, string expected)
    {
        using SecretsStore firstWins = Chains.Of(new FakeSource("high", high), new FakeSource("low", low)).Build();
        using SecretsStore lastWins = Chains.Of(new FakeSource("low", low), new FakeSource("high", high)).WithPrecedence(SecretsPrecedence.LastWins).Build();

        Assert.Equal(expected, Chains.Show(firstWins));
        Assert.Equal(expected, Chains.Show(lastWins));
    }

    [Theory]
    [InlineData("s.a = 1", "s.b = 2; t.a = 2", "s.a=1@high; t.a=2@low")]
    [InlineData("s.t.a = 1", "s.b = 2", "s.t.a=1@high")]
    [InlineData("s = {}", "s.b = 2", "s={}")]
    [InlineData("S = {}", "s.b = 2", "S={}")]
    [InlineData("a = 1", "a = 2; b = 2", "a=1@high; b=2@low")]
    [InlineData("s.a = 1", "s = 2", "s=!InvalidConfiguration")]
    [InlineData("s = 1", "s.a = 2", "s=!InvalidConfiguration")]
    [InlineData("s = !AccessDenied", "s.a = 2", "s=!AccessDenied")]
    public void With_replacement_the_winners_section_is_the_whole_section(string high, string low, string expected)
    {
        using SecretsStore store = Chains.Of(new FakeSource("high", high), new FakeSource("low", low))
            .WithPrecedence(SecretsPrecedence.FirstWins, SectionMerge.Replace).Build();

        Assert.Equal(expected, Chains.Show(store));
    }

    [Fact]
    public void A_replaced_section_does_not_fall_back_to_a_failure_below_it()
    {
        using SecretsStore store = Chains.Of(new FakeSource("high", "s.a = 1"), new FakeSource("low", "s = !AccessDenied"))
            .WithPrecedence(SecretsPrecedence.FirstWins, SectionMerge.Replace).Build();

        Assert.Equal("1", Chains.Read(store, "s.a"));
        Assert.Equal("-", Chains.Read(store, "s.b"));
    }

    [Theory]
    [InlineData("database", "it is a value in toml .secrets/secrets.toml(1,1) and a section in aws aws:database/user")]
    [InlineData("database.user", "it is a value in toml .secrets/secrets.toml(1,1) and a section in aws aws:database/user")]
    public void A_conflict_names_both_origins_and_what_to_do_at_either_path(string path, string message)
    {
        using SecretsStore store = Chains.Of(
            new FakeSource("toml", "database = hunter2", ".secrets/secrets.toml"), new FakeRemoteSource("aws", "database.user = hunter3")).Build();

        SecretsSourceException conflict = Assert.Throws<SecretsSourceException>(() => store.GetString(path));

        Assert.Equal(SecretsErrorCode.InvalidConfiguration, conflict.Code);
        Assert.Contains(message, conflict.Message);
        Assert.Contains("rename one of them, or pin the path to one source", conflict.Message);
        Assert.DoesNotContain("hunter", conflict.ToString());
    }

    [Theory]
    [InlineData("database")]
    [InlineData("database.user")]
    public void A_conflict_fails_whoever_requires_either_path(string path)
    {
        SecretsBuilder builder = Chains.Of(new FakeSource("high", "database = 1"), new FakeSource("low", "database.user = 2")).Require(path);

        SecretsSourceException conflict = Assert.Throws<SecretsSourceException>(builder.Build);

        Assert.Equal(SecretsErrorCode.InvalidConfiguration, conflict.Code);
        Assert.Contains("high high:database", conflict.Message);
        Assert.Contains("low low:database/user", conflict.Message);
    }

    [Theory]
    // Variables answer for what others know, in their place in the order.
    [InlineData("DB_PASSWORD=env", "db.password = low", "db.password=env@environment")]
    [InlineData("DB_PASSWORD=env", "db.user = low", "db.user=low@low")]
    [InlineData("DB_PASSWORD=env", "db.password = !AccessDenied; db.user = low", "db.password=env@environment; db.user=low@low")]
    [InlineData("DB=env", "db.password = low", "db.password=low@low")]
    [InlineData("X_Y=env", "x_y = [1]", "x_y=env@environment")]
    public void A_lookup_takes_part_in_its_place_and_never_conflicts(string variables, string low, string expected)
    {
        using SecretsStore store = new SecretsBuilder().AddVariables(variables).Add(new FakeSource("low", low)).Build();

        Assert.Equal(expected, Chains.Show(store));
    }

    [Fact]
    public void Above_a_conflict_a_lookup_answers_for_its_path_alone()
    {
        SecretsBuilder builder = new SecretsBuilder().AddVariables("DB_USER=env").Add(new FakeSource("toml", "db = 1")).Add(new FakeSource("aws", "db.user = 2; db.port = 2"));
        using SecretsStore store = builder.Require("db.user").Build();

        Assert.Equal("env", Chains.Read(store, "db.user"));
        Assert.Equal("!InvalidConfiguration", Chains.Read(store, "db.port"));
        Assert.Equal("!InvalidConfiguration", Chains.Read(store, "db"));
    }

    [Theory]
    [InlineData("db.password = high", "db.password=high@high")]
    [InlineData("db.password = !AccessDenied", "db.password=!AccessDenied")]
    public void A_lower_lookup_does_not_answer_for_what_a_higher_source_has_or_could_not_read(string high, string expected)
    {
        using SecretsStore store = new SecretsBuilder().Add(new FakeSource("high", high)).AddVariables("DB_PASSWORD=env").Build();

        Assert.Equal(expected, Chains.Show(store));
    }

    [Fact]
    public void Three_sources_are_merged_in_their_order()
    {
        using SecretsStore store = Chains.Of(
            new FakeSource("one", "s.a = 1"), new FakeSource("two", "s.a = 2; s.b = 2"), new FakeSource("three", "s.a = 3; s.b = 3; s.c = 3")).Build();

        Assert.Equal("s.a=1@one; s.b=2@two; s.c=3@three", Chains.Show(store));
    }

    [Fact]
    public void Under_ordinal_comparison_two_spellings_are_two_keys()
    {
        SecretsBuilder builder = Chains.Of(new FakeSource("high", "api_key = 1"), new FakeSource("low", "api-key = 2; API_KEY = 3"));
        builder.KeyComparison = KeyComparison.Ordinal;
        using SecretsStore store = builder.Build();

        Assert.Equal("api_key=1@high; api-key=2@low; API_KEY=3@low", Chains.Show(store));
    }

    [Fact]
    public void A_batch_that_refines_another_is_merged_as_two_sources_are()
    {
        var source = new FakeSource("toml", request => new SecretsBatch(FakeContent.Read("s.a = project", request, "project.toml"))
        {
            Lower = new SecretsBatch(FakeContent.Read("s.a = global; s.b = global", request, "global.toml")),
        });
        using SecretsStore store = Chains.Of(source, new FakeSource("low", "s.b = low; s.c = low")).Build();

        Assert.Equal("s.a=project@toml; s.b=global@toml; s.c=low@low", Chains.Show(store));
        Assert.Equal("global.toml(2,1)", store["s"]["b"].Origin.Location);
    }

    [Fact]
    public void A_large_chain_is_merged_in_linear_time()
    {
        static FakeSource Large(string name) => new(name, request => new SecretsBatch(
            Enumerable.Range(0, 20_000).Select(i => new SecretEntry(new SecretPath($"s{i / 10}", $"k{i}"), SecretValue.FromText("x", request.Origin(name))))));

        using SecretsStore store = Chains.Of(Large("high"), Large("low")).Build();

        Assert.Equal(2_000, store.Count);
    }
}
