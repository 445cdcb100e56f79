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
            + "  environment  does not have it: DB__PASSWORD, DB_PASSWORD" + L
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
            "a" + L
            + "  vault  could not read it: vault:a" + L
            + "  toml   is blocked by the failure above: secrets.toml(1,1)" + L
            + "  a (vault vault:a) cannot be read: it failed",
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

    [Theory]
    [InlineData("database.pasword", "Did you mean database.password (toml:database/password)?")]
    [InlineData("databse.password", "Did you mean database.password (toml:database/password)?")]
    [InlineData("list.7", "list (toml toml:list) is an array of 2, counted from 0.")]
    [InlineData("zzzz", null)]
    [InlineData("database.password", null)]
    public void What_is_missing_has_a_hint(string path, string? hint)
    {
        using SecretsStore store = Chains.Of(new FakeSource("toml", "database.password = 1; list = [x, y]")).Build();

        Assert.Equal(hint, store.Explain(path).Hint);
        Assert.EndsWith(hint ?? "", store.Explain(path).ToString());
    }

    [Fact]
    public void A_leaf_in_an_array_is_supplied_by_whoever_supplies_the_array()
    {
        using SecretsStore store = Chains.Of(
            new BatchSource("high", _ => new SecretsBatch([new SecretEntry(new SecretPath("servers"), Servers("high", "a"))])),
            new BatchSource("low", _ => new SecretsBatch([new SecretEntry(new SecretPath("servers"), Servers("low", "b"))]))).Build();

        foreach (SecretExplanation explanation in new[] { store.Explain("servers.0.host"), store["servers"][0].AsSection().Explain("host"), store.Explain("servers.0") })
        {
            Assert.Equal("Supplied Shadowed", string.Join(' ', explanation.Candidates.Select(c => c.Outcome)));
        }

        Assert.Equal("servers.0.host", store["servers"][0].AsSection().Explain("Host").Path);
        Assert.Equal("Absent Absent", string.Join(' ', store.Explain("servers.0.port").Candidates.Select(c => c.Outcome)));

        static SecretValue Servers(string source, string host)
        {
            // Each element has a place of its own, as in a file.
            SecretOrigin At(string place) => new(source, place, version: null, default);
            return SecretValue.FromArray([SecretValue.FromSection([KeyValuePair.Create("host", SecretValue.FromText(host, At("3")))], At("2"))], At("1"));
        }
    }

    [Fact]
    public void What_cannot_be_read_says_why()
    {
        using SecretsStore store = Chains.Of(
            new FakeSource("vault", "a = !AccessDenied; c = 1"), new FakeSource("toml", "a = 1; c.d = 2", "secrets.toml")).Build();

        Assert.Equal("a (vault vault:a) cannot be read: it failed", store.Explain("a").Problem);
        Assert.Contains("it is a value in vault vault:c and a section in toml secrets.toml(2,1); rename one of them", store.Explain("c").Problem);
        Assert.Contains("it is a value in", store.Explain("c").ToString());
        Assert.Null(store.Explain("x").Problem);
    }

    [Fact]
    public async Task What_is_older_than_the_last_load_says_why()
    {
        var source = new LiveRemoteSource("aws", "a = 1; b = 2");
        var down = new LiveSource("memory", "m = 1");
        await using SecretsStore store = await Chains.Of(source, down).BuildAsync(TestContext.Current.CancellationToken);
        (source.Content, down.Content) = ("a = !AccessDenied", "!Unavailable");
        await Assert.ThrowsAnyAsync<Exception>(() => store.RefreshAsync(TestContext.Current.CancellationToken));

        Assert.Contains("supplies it: aws:a (the last value; now: AccessDenied: ", store.Explain("a").ToString());
        Assert.Contains("supplies it: aws:b (the last value; the last load did not find it)", store.Explain("b").ToString());
        Assert.Contains("supplies it: memory:m (the last value; the last load failed: Unavailable: ", store.Explain("m").ToString());
        Assert.StartsWith("AccessDenied", store.Explain("a").Candidates[0].Reason?["the last value; now: ".Length..]);
    }

    [Fact]
    public void A_failure_that_is_tolerated_says_why()
    {
        using SecretsStore store = new SecretsBuilder()
            .Add(FakeRemoteSource.Failing("azure", SecretsErrorCode.Unavailable), o => o.Tolerate(SecretsErrorCode.Unavailable))
            .Build();

        Assert.Equal("a" + L + "  azure  could not be read, which is tolerated (Unavailable: azure failed.)", store.Explain("a").ToString());
    }

    [Theory]
    [InlineData("api_key")]
    [InlineData("ApiKey")]
    [InlineData("API-KEY")]
    public void It_is_the_same_however_the_path_is_spelled(string asked)
    {
        using SecretsStore store = new SecretsBuilder().AddVariables("API_KEY=1").Add(new FakeSource("toml", "apiKey = 2")).Build();

        Assert.Equal("apiKey" + L + "  environment  supplies it: API_KEY" + L + "  toml         is shadowed: toml:apiKey", store.Explain(asked).ToString());
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
    [InlineData("DB_USER=1", "db", "Supplied Supplied")]
    [InlineData("DB_USER=1", "db.password", "Absent Supplied")]
    [InlineData("HOSTNAME=1", "host.name", "Absent Absent")]
    public void A_lookup_is_told_as_others_are(string variables, string path, string outcomes)
    {
        using SecretsStore store = new SecretsBuilder().AddVariables(variables).Add(new FakeSource("memory", "db.password = 2")).Build();

        Assert.Equal(outcomes, string.Join(' ', store.Explain(path).Candidates.Select(c => c.Outcome)));
    }
}
