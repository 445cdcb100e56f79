using Secrets.Tests.Fakes;

namespace Secrets.Tests.Merging;

public class LayerBuilderTests
{
    private const string File = "secrets.toml";

    [Theory]
    [InlineData("api_key = 1; b = 1; ApiKey = 2", "secrets.toml(3,1): ApiKey is the same key as the one at secrets.toml(1,1) (case, \"_\" and \"-\" make no difference); remove one of them.")]
    [InlineData("a = 1; a = 2", "secrets.toml(2,1): a is the same key as the one at secrets.toml(1,1) (the spelling is the same); remove one of them.")]
    [InlineData("s.api_key = 1; s.api-key = 2", "secrets.toml(2,1): s.api-key is the same key as the one at secrets.toml(1,1)")]
    [InlineData("data_base.user = 1; Data-Base.password = 2", "secrets.toml(2,1): Data-Base is the same key as the one at secrets.toml(1,1)")]
    [InlineData("a = 1; A.x = 2", "secrets.toml(2,1): A is the same key as the one at secrets.toml(1,1)")]
    [InlineData("a.x = 1; A = 2", "secrets.toml(2,1): A is the same key as the one at secrets.toml(1,1)")]
    public void Two_equal_keys_of_a_file_are_an_error_that_names_both_places(string content, string message)
    {
        SecretsFormatException mistake = Assert.Throws<SecretsFormatException>(Chains.Of(new FakeSource("toml", content, File)).Build);

        Assert.StartsWith(message, mistake.Message);
        Assert.Equal(File, mistake.File);
        Assert.True(mistake.Line > 0);
    }

    [Fact]
    public void Every_pair_of_a_file_is_named_at_once()
    {
        SecretsFormatException mistake = Assert.Throws<SecretsFormatException>(
            Chains.Of(new FakeSource("toml", "a_b = 1; s.c = 1; AB = 2; S.c = 2", File)).Build);

        Assert.Equal(3, mistake.Line);
        string[] lines = mistake.Message.Split(Environment.NewLine);
        Assert.Equal(2, lines.Length);
        Assert.StartsWith("secrets.toml(3,1): AB is the same key as the one at secrets.toml(1,1)", lines[0]);
        Assert.StartsWith("secrets.toml(4,1): S is the same key as the one at secrets.toml(2,1)", lines[1]);
    }

    [Fact]
    public void Of_very_many_pairs_ten_are_named()
    {
        string content = string.Join("; ", Enumerable.Range(0, 2012).Select(i => $"a = {i}"));
        SecretsFormatException mistake = Assert.Throws<SecretsFormatException>(Chains.Of(new FakeSource("toml", content, File)).Build);

        string[] lines = mistake.Message.Split(Environment.NewLine);
        Assert.Equal((11, "and 2,001 more."), (lines.Length, lines[^1]));
    }

    [Theory]
    [InlineData("api_key = 1; b = 1; ApiKey = 2", "api_key=!InvalidFormat; b=1@vault", "vault:api_key and vault:ApiKey are one key here (case, \"_\" and \"-\" make no difference)")]
    [InlineData("s.a = 1; s.A = 2; s.b = 1", "s.a=!InvalidFormat; s.b=1@vault", "vault:s/a and vault:s/A are one key here")]
    [InlineData("S.a = 1; s.a = 2; s.b = 1", "S.a=!InvalidFormat; S.b=1@vault", "vault:S/a and vault:s/a are one key here (case, \"_\" and \"-\" make no difference)")]
    [InlineData("a = 1; a = 2", "a=!InvalidFormat", "vault:a and vault:a are one key here (the spelling is the same)")]
    [InlineData("a = 1; a.x = 2; b = 1", "a=!InvalidFormat; b=1@vault", "vault:a and vault:a/x are one key here (one is a value, the other a section)")]
    [InlineData("a.x = 1; a = 2; b = 1", "a=!InvalidFormat; b=1@vault", "vault:a/x and vault:a are one key here (one is a value, the other a section)")]
    [InlineData("a = 1; A = 2; a_ = 3", "a=!InvalidFormat", "vault:a, vault:A and vault:a_ are one key here (case, \"_\" and \"-\" make no difference); keep one of them, and remove the others.")]
    [InlineData("a = 1; A = 2; a.x = 3", "a=!InvalidFormat", "vault:a, vault:A and vault:a/x are one key here")]
    [InlineData("a=1;A=1;a_=1;a__=1;a-=1;A-=1;A_=1;_a=1;-a=1;_A=1;-A=1;a--=1", "a=!InvalidFormat", "vault:_A and 2 more are one key here")]
    public void Two_equal_keys_of_a_store_make_that_path_unreadable_and_the_rest_loads(string content, string expected, string message)
    {
        using SecretsStore store = Chains.Of(new FakeSource("vault", content)).Build();

        Assert.Equal(expected, Chains.Show(store));
        string path = expected[..expected.IndexOf('=')];
        Assert.Contains(message, Assert.Throws<SecretsSourceException>(() => store.GetString(path)).Message);
    }

    [Fact]
    public void Sections_that_a_store_spells_in_two_ways_are_one()
    {
        using SecretsStore store = Chains.Of(new FakeSource("vault", "data_base.user = 1; data-base.password = 2")).Build();

        Assert.Equal("data_base.user=1@vault; data_base.password=2@vault", Chains.Show(store));
    }

    [Fact]
    public void Under_ordinal_comparison_only_the_same_spelling_is_one_key()
    {
        SecretsBuilder builder = Chains.Of(new FakeSource("toml", "a_b = 1; a-b = 2; AB = 3", File));
        builder.KeyComparison = KeyComparison.Ordinal;
        using SecretsStore store = builder.Build();

        Assert.Equal("a_b=1@toml; a-b=2@toml; AB=3@toml", Chains.Show(store));
    }

    [Fact]
    public void Two_equal_keys_in_a_table_of_an_array_of_a_file_are_an_error_that_names_both_places()
    {
        var source = new FakeSource("toml", r => ArrayOfTables((key, line) => r.Origin(File, line, 3)));

        SecretsFormatException mistake = Assert.Throws<SecretsFormatException>(Chains.Of(source).Build);

        Assert.StartsWith("secrets.toml(2,3): servers.0.ApiKey is the same key as the one at secrets.toml(1,3)", mistake.Message);
    }

    [Fact]
    public void Two_equal_keys_in_a_table_of_an_array_of_a_store_make_that_path_unreadable_and_the_rest_loads()
    {
        using SecretsStore store = Chains.Of(new FakeSource("vault", r => ArrayOfTables((key, _) => r.Origin("vault:" + key)))).Build();

        Assert.Equal("h", store.GetString("servers.0.host"));
        Assert.Equal("t", store.GetString("servers.0.deep.0.token"));
        SecretsSourceException failure = Assert.Throws<SecretsSourceException>(() => store.GetString("servers.0.api_key"));
        Assert.Equal(SecretsErrorCode.InvalidFormat, failure.Code);
        Assert.Contains("vault:api_key and vault:ApiKey are one key here", failure.Message);
        Assert.Equal(SecretsErrorCode.InvalidFormat, Assert.Throws<SecretsSourceException>(() => store.RevealAll()).Code);
    }

    [Theory]
    [InlineData(0, "The source bad gave an entry without a path at there.")]
    [InlineData(257, "The value at there is nested deeper than the 256 levels that are allowed. Nest it less deeply.")]
    [InlineData(100_000, "The value at there is nested deeper than the 256 levels that are allowed. Nest it less deeply.")]
    public void A_path_that_no_reader_makes_is_the_sources_mistake(int depth, string message)
    {
        var source = new FakeSource("bad", r => new SecretsBatch([new SecretEntry(new SecretPath(Enumerable.Repeat("a", depth)), SecretValue.FromText("x", r.Origin("there")))]));

        SecretsSourceException mistake = Assert.Throws<SecretsSourceException>(Chains.Of(source).Build);

        Assert.Equal(SecretsErrorCode.InvalidFormat, mistake.Code);
        Assert.Equal(message, mistake.Message);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_value_without_end_is_an_error_and_no_stack_overflow(bool isArray)
    {
        var source = new FakeSource("bad", r =>
        {
            SecretValue value = SecretValue.FromText("x", r.Origin("there"));
            for (int i = 0; i < 100_000; i++)
            {
                value = isArray ? SecretValue.FromArray([value], value.Origin) : SecretValue.FromSection([KeyValuePair.Create("a", value)], value.Origin);
            }

            return new SecretsBatch([new SecretEntry(new SecretPath("a"), value)]);
        });

        Assert.Equal(SecretsErrorCode.InvalidFormat, Assert.Throws<SecretsSourceException>(Chains.Of(source).Build).Code);
    }

    [Fact]
    public void A_section_of_another_store_can_be_passed_on()
    {
        using SecretsStore other = Stores.Of(("db.user", "u"), ("db.deep.list", new[] { Stores.Section(("a", 1)) }));
        using SecretsStore store = Stores.OfValues(
            ("mine", other["db"]), ("mine.own", Stores.Text(SecretKind.String, "o")), ("list", SecretValue.FromArray([other["db"]], Stores.Origin)));

        Assert.Equal("u", store.GetString("mine.user"));
        Assert.Equal("o", store.GetString("mine.own"));
        Assert.Equal("1", store.GetString("mine.deep.list.0.a"));
        Assert.Equal("u", store.GetString("list.0.user"));
        Assert.Contains("mine.deep.list.0.b", Assert.Throws<SecretNotFoundException>(() => store.GetString("mine.deep.list.0.b")).Message);
    }

    [Fact]
    public void A_secret_is_its_sources_whatever_name_its_origin_bears()
    {
        var block = new FakeEnvironmentBlock();
        using SecretsStore store = Engine.Builder(TimeProvider.System, block)
            .Add(new BatchSource("toml", r => new SecretsBatch([new SecretEntry(new SecretPath("MINE"), SecretValue.FromText("1", r.Origin("f", 1, 1)))])), o => o.ExportToEnvironment = true)
            .Add(new BatchSource("vault", _ => new SecretsBatch(
            [
                new SecretEntry(new SecretPath("OTHER"), SecretValue.FromText("2", new SecretOrigin("toml", "f", 7, 3, DateTimeOffset.UnixEpoch))),
                new SecretEntry(new SecretPath("s"), SecretValue.FromSection([KeyValuePair.Create("a", SecretValue.FromText("3", new SecretOrigin("toml", "v", "1", default)))], Stores.Origin)),
            ])))
            .Build();

        Assert.Equal("vault f(7,3)", store["OTHER"].Origin.ToString());
        Assert.Equal("vault v version 1", store["s"]["a"].Origin.ToString());
        Assert.Equal("vault here", store["s"].Origin.ToString());
        Assert.Equal("1", block.Get("MINE"));
        Assert.Null(block.Get("OTHER"));
    }

    [Fact]
    public void What_another_store_could_not_read_of_a_section_does_not_become_absence()
    {
        using SecretsStore other = Chains.Of(
            new BatchSource("high", r => new SecretsBatch([new SecretEntry(new SecretPath("db", "user"), SecretValue.FromText("u", r.Origin("h")))])),
            new BatchSource("low", r => new SecretsBatch([new SecretEntry(new SecretPath("db"), Stores.Unreadable())]))).Build();

        SecretsSourceException failure = Assert.Throws<SecretsSourceException>(() => Stores.OfValues(("mine", other["db"])));

        Assert.Equal(SecretsErrorCode.AccessDenied, failure.Code);
    }

    [Fact]
    public void A_section_given_whole_and_one_given_by_its_leaves_are_the_same()
    {
        var source = new FakeSource("memory", r => new SecretsBatch(
        [
            new SecretEntry(new SecretPath("s"), SecretValue.FromSection([KeyValuePair.Create("a", SecretValue.FromText("1", r.Origin("x")))], r.Origin("x"))),
            new SecretEntry(new SecretPath("s", "b"), SecretValue.FromText("2", r.Origin("x"))),
        ]));
        using SecretsStore store = Chains.Of(source).Build();

        Assert.Equal("s.a=1@memory; s.b=2@memory", Chains.Show(store));
    }

    private static SecretsBatch ArrayOfTables(Func<string, int, SecretOrigin> origin)
    {
        SecretOrigin at = origin("servers", 1);
        SecretValue deep = SecretValue.FromArray([SecretValue.FromSection([KeyValuePair.Create("token", SecretValue.FromText("t", at))], at)], at);
        SecretValue table = SecretValue.FromSection(
            [
                KeyValuePair.Create("api_key", SecretValue.FromText("k", origin("api_key", 1))),
                KeyValuePair.Create("ApiKey", SecretValue.FromText("K", origin("ApiKey", 2))),
                KeyValuePair.Create("host", SecretValue.FromText("h", origin("host", 3))),
                KeyValuePair.Create("deep", deep),
            ],
            at);
        return new SecretsBatch([new SecretEntry(new SecretPath("servers"), SecretValue.FromArray([table, SecretValue.FromText("plain", at)], at))]);
    }
}
