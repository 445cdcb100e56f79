using Secrets.Tests.Fakes;

namespace Secrets.Tests;

public class SecretExplanationTests
{
    private static readonly string L = Environment.NewLine;

    [Theory]
    // path, what high, middle and low have, and what becomes of each
    [InlineData("a", "a = 1", "a = 2", "", "Supplied Shadowed Absent")]
    [InlineData("a", "", "a = 2", "a = 3", "Absent Supplied Shadowed")]
    [InlineData("a", "", "", "", "Absent Absent Absent")]
    [InlineData("s", "s.a = 1", "s.b = 2", "", "Supplied Supplied Absent")]
    [InlineData("s.a", "s.b = 1", "s.a = 2", "s.a = 3", "Absent Supplied Shadowed")]
    [InlineData("S.A", "s.b = 1", "s.a = 2", "s.a = 3", "Absent Supplied Shadowed")]
    [InlineData("list.0", "list = [x]", "list = [y]", "", "Supplied Shadowed Absent")]
    // A failure blocks what is below it.
    [InlineData("a", "", "a = !AccessDenied", "a = 3", "Absent Unreadable Blocked")]
    [InlineData("a", "a = 1", "a = !AccessDenied", "a = 3", "Supplied Unreadable Shadowed")]
    [InlineData("s.a", "s.b = 1", "s = !AccessDenied", "s.a = 3", "Absent Unreadable Blocked")]
    [InlineData("s", "s.b = 1", "s = !AccessDenied", "s.a = 3", "Supplied Unreadable Blocked")]
    // A leaf against a section.
    [InlineData("s", "s = 1", "s.a = 2", "", "Conflicting Conflicting Absent")]
    [InlineData("s.a", "s = 1", "s.a = 2", "", "Conflicting Conflicting Absent")]
    [InlineData("s.a", "s = 1", "", "", "Conflicting Absent Absent")]
    public void Each_source_is_told_by_what_it_has_to_do_with_the_path(string path, string high, string middle, string low, string outcomes)
    {
        using SecretsStore store = Chains.Of(new FakeSource("high", high), new FakeSource("middle", middle), new FakeSource("low", low)).Build();

        Assert.Equal(outcomes, string.Join(' ', store.Explain(path).Candidates.Select(c => c.Outcome)));
    }

    [Fact]
    public void It_is_a_line_for_each_source_and_never_a_value()
    {
        using SecretsStore store = new SecretsBuilder()
            .AddVariables("")
            .Add(new FakeSource("toml", "x = 1; db.password = hunter2", "secrets.toml"))
            .Add(new FakeSource("memory", "db.password = hunter3"))
            .Add(new FakeSource("pinned", "db.password = hunter4"))
            .Add(new FakeRemoteSource("aws"))
            .Pin("other", "pinned")
            .Require("db.password")
            .Build();

        SecretExplanation explanation = store.Explain("db.password");

        Assert.Equal(
            "db.password" + L
            + "  environment  does not have it: db.password, DB__PASSWORD, db__password, DB_PASSWORD, db_password" + L
            + "  toml         supplies it: secrets.toml(2,1)" + L
            + "  memory       is shadowed: memory:db/password" + L
            + "  pinned       is shadowed: pinned:db/password" + L
            + "  aws          was not asked for it",
            explanation.ToString());
        Assert.Equal("secrets.toml(2,1)", explanation.Origin?.Location);
        Assert.Equal("db.password", explanation.Path);
    }

    [Fact]
    public void Who_could_not_read_it_and_who_is_blocked_is_told_in_words()
    {
        using SecretsStore store = Chains.Of(new FakeSource("vault", "a = !AccessDenied"), new FakeSource("toml", "a = 1", "secrets.toml")).Build();

        Assert.Equal(
            "a" + L + "  vault  has it and cannot read it: vault:a" + L + "  toml   is blocked by the failure above: secrets.toml(1,1)",
            store.Explain("a").ToString());
    }

    // The source has it all the same: whether it has is not known.
    [Theory]
    [InlineData("database.password", "Supplied NotAsked")]
    [InlineData("trello.api_key", "Absent Supplied")]
    [InlineData("database", "Supplied NotAsked")]
    [InlineData("other", "Absent NotAsked")]
    public void A_remote_source_that_was_loaded_was_not_asked_for_everything(string path, string outcomes)
    {
        using SecretsStore store = Chains.Of(new FakeSource("toml", "database.password = 1"), new FakeRemoteSource("aws", "database.password = 2; trello.api_key = 3; other = 4"))
            .Require("database.password", "trello.api_key").Build();
        Assert.Equal(outcomes, string.Join(' ', store.Explain(path).Candidates.Select(c => c.Outcome)));
    }

    [Fact]
    public void A_pin_is_told()
    {
        using SecretsStore store = Chains.Of(new FakeSource("toml", "a = 1"), new FakeSource("aws", "a = 2")).Pin("a", "aws").Build();

        Assert.Equal("a" + L + "  toml  is kept out by a pin" + L + "  aws   supplies it: aws:a", store.Explain("a").ToString());
    }

    [Fact]
    public void A_replaced_section_is_shadowed()
    {
        using SecretsStore store = Chains.Of(new FakeSource("high", "s.a = 1"), new FakeSource("low", "s.b = 2"))
            .WithPrecedence(SecretsPrecedence.FirstWins, SectionMerge.Replace).Build();

        Assert.Equal("Supplied Shadowed", string.Join(' ', store.Explain("s").Candidates.Select(c => c.Outcome)));
        Assert.Equal("Absent Shadowed", string.Join(' ', store.Explain("s.b").Candidates.Select(c => c.Outcome)));
    }

    [Fact]
    public void A_key_of_the_very_name_is_told_too()
    {
        using SecretsStore store = Chains.Of(new FakeSource("memory", "a.b = 1; \"a.b\" = 2")).Build();

        SecretExplanation explanation = store.Explain("a.b");

        Assert.Equal("memory:a/b", explanation.Origin?.Location);
        Assert.Equal("memory:a.b", explanation.ExactKey?.Location);
        Assert.EndsWith("The indexer finds another secret first, the key of this very name: memory memory:a.b", explanation.ToString());
    }

    [Fact]
    public void Within_a_section_with_a_failure_there_is_no_key_of_the_very_name()
    {
        using SecretsStore store = Chains.Of(new FakeSource("high", "s.a.b = 1"), new FakeSource("low", "s = !AccessDenied")).Build();

        Assert.Null(store.Section("s").Explain("a.b").ExactKey);
    }

    [Fact]
    public void A_section_explains_by_the_full_path()
    {
        using SecretsStore store = Chains.Of(new FakeSource("memory", "s.t.a = 1")).Build();

        Assert.Equal("s.t.a", store.Section("s").Explain("t.a").Path);
        Assert.Equal("memory: Supplied", Assert.Single(store.Section("s").Explain("t.a").Candidates).ToString());
    }

    [Theory]
    [InlineData("DB_PASSWORD=1", "a", "Absent Absent")]
    [InlineData("DB_PASSWORD=1", "db.password", "Supplied Shadowed")]
    [InlineData("DB_USER=1", "db", "Absent Supplied")]
    public void A_lookup_is_told_as_others_are(string variables, string path, string outcomes)
    {
        using SecretsStore store = new SecretsBuilder().AddVariables(variables).Add(new FakeSource("memory", "db.password = 2")).Build();

        Assert.Equal(outcomes, string.Join(' ', store.Explain(path).Candidates.Select(c => c.Outcome)));
    }
}
