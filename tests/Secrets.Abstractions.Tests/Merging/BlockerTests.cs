using Secrets.Tests.Fakes;

namespace Secrets.Tests.Merging;

/// <summary>A section that a higher source supplies in part, with a failure at its place below.</summary>
public class BlockerTests
{
    private const string Variables = "DB_HOST=env";

    [Theory]
    // The higher source's own keys serve; a key that it lacks may be in the store that failed, so that is no absence.
    [InlineData("db.user", "high")]
    [InlineData("db.password", "!AccessDenied")]
    [InlineData("db.replica.password", "!AccessDenied")]
    [InlineData("db.pool.size", "high")]
    [InlineData("db.pool.max", "!AccessDenied")]
    // A variable above the failure answers.
    [InlineData("db.host", "env")]
    // Elsewhere nothing is blocked.
    [InlineData("other", "lowest")]
    [InlineData("nothing", "-")]
    public void What_a_section_lacks_is_the_failure_and_not_absence(string path, string expected)
    {
        using SecretsStore store = Build();

        Assert.Equal(expected, Chains.Read(store, path));
    }

    [Fact]
    public void A_missing_key_is_given_and_throws_the_failures_code_by_every_way_of_reading()
    {
        using SecretsStore store = Build();
        SecretsView db = store.Section("db");

        Assert.True(db.TryGetValue("password", out SecretValue? unreadable));
        Assert.Equal(SecretKind.Unreadable, unreadable.Kind);
        Action[] reads =
        [
            () => unreadable.Reveal(),
            () => db["password"].Reveal(),
            () => store["db"]["password"].Reveal(),
            () => store["db.password"].Reveal(),
            () => db.GetString("password", "fallback"),
            () => store.Get("db.password", "fallback"),
            () => store.Get<string>("db.password"),
            () => store.Section("db.password"),
        ];
        Assert.All(reads, read => Assert.Equal(SecretsErrorCode.AccessDenied, Assert.Throws<SecretsSourceException>(read).Code));
    }

    [Fact]
    public void What_takes_the_whole_section_gets_the_failure_rather_than_a_part()
    {
        using SecretsStore store = Build();
        Action[] reads =
        [
            () => store.RevealAll(),
            () => store.Section("db").RevealAll(),
            () => store.Get<Dictionary<string, object>>("db"),
        ];

        Assert.All(reads, read => Assert.Equal(SecretsErrorCode.AccessDenied, Assert.Throws<SecretsSourceException>(read).Code));
    }

    [Fact]
    public void Requiring_a_missing_key_fails_with_the_failures_code()
    {
        SecretsSourceException failure = Assert.Throws<SecretsSourceException>(
            Chains.Of(new FakeSource("high", "db.user = 1"), new FakeRemoteSource("aws", "db = !AccessDenied")).Require("db.user", "db.password").Build);

        Assert.Equal(SecretsErrorCode.AccessDenied, failure.Code);
        Assert.Contains("aws aws:db", failure.Message);
    }

    [Fact]
    public void The_highest_of_two_failures_counts()
    {
        using SecretsStore store = Chains.Of(
            new FakeSource("high", "db.pool.size = 1"), new FakeSource("middle", "db.pool = !Unavailable"), new FakeSource("low", "db = !AccessDenied; db2 = 1")).Build();

        Assert.Equal("!Unavailable", Chains.Read(store, "db.pool.max"));
        Assert.Equal("!AccessDenied", Chains.Read(store, "db.user"));
    }

    [Theory]
    // The failure takes the whole section's place: what is above it answers all the same.
    [InlineData("db.host", "env")]
    [InlineData("db.password", "!AccessDenied")]
    public void Above_a_failure_at_a_sections_place_a_lookup_answers_for_its_keys(string path, string expected)
    {
        using SecretsStore free = new SecretsBuilder().AddVariables(Variables).Add(new FakeSource("low", "db = !AccessDenied")).Build();
        using SecretsStore declared = new SecretsBuilder().AddVariables(Variables).Add(new FakeSource("low", "db = !AccessDenied")).Require("db.host").Build();

        Assert.Equal(expected, Chains.Read(free, path));
        Assert.Equal(expected, Chains.Read(declared, path));
    }

    [Fact]
    public void Below_a_failure_a_lookup_does_not_answer()
    {
        using SecretsStore store = new SecretsBuilder().Add(new FakeSource("high", "db = !AccessDenied")).AddVariables(Variables).Build();

        Assert.Equal("!AccessDenied", Chains.Read(store, "db.host"));
    }

    private static SecretsStore Build() => new SecretsBuilder()
        .AddVariables(Variables)
        .Add(new FakeSource("high", "db.user = high; db.pool.size = high"))
        .Add(new FakeSource("low", "db = !AccessDenied"))
        .Add(new FakeSource("lowest", "db.password = lowest; other = lowest"))
        .Build();
}
