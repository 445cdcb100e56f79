using Secrets.Keys;
using Secrets.Merging;
using Secrets.Tests.Fakes;

namespace Secrets.Tests.Merging;

public class PinsTests
{
    [Theory]
    [InlineData("db=aws", "db", "aws", true)]
    [InlineData("db=aws", "db", "toml", false)]
    [InlineData("db=aws", "db.user", "toml", false)]
    [InlineData("db=aws", "DB.User", "toml", false)]
    [InlineData("db=aws", "dbx", "toml", true)]
    [InlineData("db=aws", "other", "toml", true)]
    // The deepest pin counts, wherever it stands in the list.
    [InlineData("db=aws, db.user=toml", "db.user", "toml", true)]
    [InlineData("db.user=toml, db=aws", "db.user", "toml", true)]
    [InlineData("db=aws, db.user=toml", "db.user", "aws", false)]
    [InlineData("db=aws, db.user=toml", "db.password", "toml", false)]
    // Of two pins of one path the later counts.
    [InlineData("db=aws, DB=toml", "db", "toml", true)]
    [InlineData("", "db", "toml", true)]
    // A source's name is exact.
    [InlineData("db=aws", "db", "AWS", false)]
    public void The_deepest_pin_at_or_above_a_path_says_who_may_supply_it(string pins, string path, string source, bool allows) =>
        Assert.Equal(allows, Of(pins).Allows(SecretPath.Parse(path), source));

    [Theory]
    [InlineData("db.user", "db", "toml", true)]
    [InlineData("db.user", "db", "aws", false)]
    [InlineData("db.user", "db.user", "toml", false)]
    [InlineData("db.user", "other", "toml", false)]
    public void A_deeper_pin_lets_its_target_be_looked_into(string pinned, string path, string source, bool allows) =>
        Assert.Equal(allows, Of($"db=aws, {pinned}=toml").AllowsBelow(SecretPath.Parse(path), source));

    [Theory]
    [InlineData("db=aws, db.user=toml, api=aws", "db", "db.user", "toml", false)]
    [InlineData("db=aws, db.user=toml, api=aws", "db", "db.user", "override", true)]
    [InlineData("db=aws, db.user=toml, api=aws", "db.user", "db.password", "aws", true)]
    [InlineData("db=aws, db.user=toml, api=aws", "db.user", "DB.USER", "override", true)]
    [InlineData("db=aws, db.user=toml, api=aws", "db", "api", "aws", true)]
    public void Another_pin_goes_over_those_at_or_below_it(string pins, string pinned, string path, string source, bool allows) =>
        Assert.Equal(allows, Of(pins).With([SecretPath.Parse(pinned)], "override").Allows(SecretPath.Parse(path), source));

    [Theory]
    [InlineData("db = 1", "db = 2", "db=aws", "db=2@aws")]
    [InlineData("db = 1", "", "db=aws", "")]
    [InlineData("db.a = 1; db.b = 1; x = 1", "db.b = 2; db.c = 2; x = 2", "db=aws", "db.b=2@aws; db.c=2@aws; x=1@toml")]
    [InlineData("db.a = 1; db.b = 1", "db.a = 2; db.b = 2", "db.b=aws", "db.a=1@toml; db.b=2@aws")]
    [InlineData("db.a = 1; db.b = 1", "db.a = 2; db.b = 2; db.c = 2", "db=aws, db.a=toml", "db.a=1@toml; db.b=2@aws; db.c=2@aws")]
    [InlineData("Db.Pass-Word = 1", "db.password = 2", "DB.PASSWORD=aws", "Db.password=2@aws")]
    // A pin settles a conflict, and a failure elsewhere does not count.
    [InlineData("db = 1", "db.a = 2", "db=aws", "db.a=2@aws")]
    [InlineData("db = !AccessDenied", "db = 2", "db=aws", "db=2@aws")]
    [InlineData("db.a = 1", "db.a = !AccessDenied", "db.a=aws", "db.a=!AccessDenied")]
    public void Only_the_target_supplies_a_pinned_path(string toml, string aws, string pins, string expected)
    {
        using SecretsStore store = Pin(Chains.Of(new FakeSource("toml", toml), new FakeSource("aws", aws)), pins).Build();

        Assert.Equal(expected, Chains.Show(store));
    }

    [Theory]
    [InlineData("db=toml", "DB_PASSWORD=env", "toml")]
    [InlineData("db=environment", "DB_PASSWORD=env", "env")]
    [InlineData("db=environment", "", "-")]
    [InlineData("db.user=toml", "DB_PASSWORD=env", "env")]
    public void Lookups_obey_pins(string pins, string variables, string expected)
    {
        using SecretsStore store = Pin(new SecretsBuilder().AddVariables(variables).Add(new FakeSource("toml", "db.password = toml")), pins).Build();

        Assert.Equal(expected, Chains.Read(store, "db.password"));
    }

    [Fact]
    public void A_miss_says_that_a_pin_kept_a_source_out()
    {
        using SecretsStore store = Chains.Of(new FakeSource("toml", "db.password = 1"), new FakeSource("aws", "")).Pin("db", to: "aws").Build();

        SecretNotFoundException miss = Assert.Throws<SecretNotFoundException>(() => store["db.password"]);

        Assert.Contains("toml: kept out by a pin", miss.Message);
    }

    // The indexer finds a key of this very name before the path.
    [Fact]
    public void No_key_with_a_dot_in_a_local_file_stands_in_for_a_pinned_secret()
    {
        using SecretsStore store = Chains.Of(new FakeSource("toml", "\"database.password\"=evil; \"other.key\"=1"), new FakeRemoteSource("aws", "database.password=good"))
            .Pin("database", "aws").Require("database.password").Build();
        Assert.Equal(("good", "good", "1"), (store.GetString("database.password"), store["database.password"].Reveal(), store["other.key"].Reveal()));
    }

    [Fact]
    public void What_is_pinned_below_a_required_section_is_asked_of_its_target_though_the_section_is_there()
    {
        using SecretsStore store = Chains.Of(new FakeSource("toml", "db.user=1"), new FakeRemoteSource("aws", "db.password=2")).Pin("db.password", "aws").Require("db").Build();
        Assert.Equal(("1", "2"), (store.GetString("db.user"), store.GetString("db.password")));
    }

    [Fact]
    public async Task A_fresh_read_asks_no_source_that_a_pin_keeps_out()
    {
        var clock = new ManualTimeProvider();
        var aws = new LiveRemoteSource("aws", "x=1");
        await using SecretsStore store = Engine.Builder(clock).Add(aws).Add(new LiveRemoteSource("vault", "db.password=1")).Pin("db", "vault").Build();
        aws.Content = "!Unavailable";
        clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal("1", (await store.GetFreshAsync("db.password", TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken)).Reveal());
    }

    // Each leaf of a chain is looked up for each source, so that a look at every pin would take quadratic time.
    [Fact]
    public void The_work_of_a_look_up_does_not_grow_with_the_number_of_pins()
    {
        var keys = new CountingComparer();
        var pins = new Pins([.. Enumerable.Range(0, 2_000).Select(i => new Pin(new SecretPath("section", "key" + i), "vault"))], keys);
        keys.Count = 0;

        Assert.True(pins.Allows(new SecretPath("section", "key1999", "leaf"), "vault"));
        Assert.False(pins.Allows(new SecretPath("section", "key7"), "toml"));
        Assert.True(pins.Allows(new SecretPath("section", "other"), "toml"));
        Assert.True(pins.AllowsBelow(new SecretPath("section"), "vault"));
        Assert.False(pins.AllowsBelow(new SecretPath("section", "key7"), "vault"));
        Assert.InRange(keys.Count, 1, 50);
    }

    private static SecretsBuilder Pin(SecretsBuilder builder, string pins)
    {
        foreach (Pin pin in Parse(pins))
        {
            builder.Pin(pin.Path.ToString(), pin.Source);
        }

        return builder;
    }

    private static Pins Of(string pins) => new([.. Parse(pins)], KeyEquivalence.For(KeyComparison.Equivalent));

    private static IEnumerable<Pin> Parse(string pins) =>
        pins.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(p => p.Split('=')).Select(p => new Pin(SecretPath.Parse(p[0]), p[1]));

    private sealed class CountingComparer : IEqualityComparer<string>
    {
        public int Count { get; set; }

        public bool Equals(string? x, string? y)
        {
            Count++;
            return string.Equals(x, y, StringComparison.Ordinal);
        }

        public int GetHashCode(string obj)
        {
            Count++;
            return obj.GetHashCode(StringComparison.Ordinal);
        }
    }
}
