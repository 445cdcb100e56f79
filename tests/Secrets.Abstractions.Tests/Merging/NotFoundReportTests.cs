using Secrets.Tests.Fakes;

namespace Secrets.Tests.Merging;

public class NotFoundReportTests
{
    private static readonly string L = Environment.NewLine;

    [Fact]
    public void A_miss_says_where_each_source_looked_and_what_was_meant()
    {
        using SecretsStore store = new SecretsBuilder()
            .AddVariables("")
            .Add(new FakeSource("toml", "x = 1; trello.api_token = hunter2", ".secrets/secrets.toml"))
            .Add(new FakeRemoteSource("aws"))
            .Build();

        SecretNotFoundException miss = Assert.Throws<SecretNotFoundException>(() => store.GetString("trello.api_tokn"));

        Assert.Equal(
            "trello.api_tokn was not found. Did you mean trello.api_token (.secrets/secrets.toml(2,1))?" + L
            + "Looked in:" + L
            + "  environment: TRELLO__API_TOKN, TRELLO_API_TOKN" + L
            + "  toml: .secrets/secrets.toml" + L
            + "  aws: aws:*",
            miss.Message);
        Assert.Equal(["trello.api_tokn"], miss.Paths);
    }

    [Fact]
    public void One_exception_lists_everything_that_is_missing()
    {
        SecretsBuilder builder = new SecretsBuilder()
            .Add(new FakeSource("toml", "db.user = 1; apikey = 1", "secrets.toml"))
            .Add(new FakeRemoteSource("vault"))
            .Require("db.usr", "zzz.yyyy", "db.user", "api_keys");

        SecretNotFoundException miss = Assert.Throws<SecretNotFoundException>(builder.Build);

        Assert.Equal(["db.usr", "zzz.yyyy", "api_keys"], miss.Paths);
        Assert.Equal(
            "3 secrets were not found:" + L
            + "  db.usr. Did you mean db.user (secrets.toml(1,1))?" + L
            + "  zzz.yyyy" + L
            + "  api_keys. Did you mean apikey (secrets.toml(2,1))?" + L
            + "Looked in:" + L
            + "  toml: secrets.toml" + L
            + "  vault: vault:*" + L
            + "A store that is asked by name cannot look for other spellings: [SecretName(\"…\")] on the member, or Require(\"…\"), gives the one that it has.",
            miss.Message);
    }

    [Fact]
    public void Ten_places_are_named_and_the_rest_is_counted()
    {
        using SecretsStore store = new SecretsBuilder().Add(new ManyPlaces(3_000)).Build();

        string message = Assert.Throws<SecretNotFoundException>(() => store.GetString("no")).Message, explanation = store.Explain("no").ToString();

        Assert.Contains("many: place0; place1; place2; place3; place4; place5; place6; place7; place8; place9; and 2,990 more", message);
        Assert.Contains("does not have it: place0, place1, place2, place3, place4, place5, place6, place7, place8, place9, and 2,990 more", explanation);
    }

    private sealed class ManyPlaces(int count) : ISecretsSource
    {
        public string Name => "many";

        public ValueTask<SecretsBatch> LoadAsync(SecretsRequest request, CancellationToken cancellationToken) =>
            ValueTask.FromResult(new SecretsBatch([]) { Places = [.. Enumerable.Range(0, count).Select(i => $"place{i}")] });
    }

    // A path may come from a request: what a miss costs grows with its length, and no faster.
    [Fact]
    public void A_path_without_end_is_missed_at_a_bounded_cost()
    {
        using SecretsStore store = Stores.Of(("a", 1), ("b.c", 1));
        string path = "b." + string.Join('.', Enumerable.Repeat("a", 20_000));
        Assert.Throws<SecretNotFoundException>(() => store.GetString("b.a"));

        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<SecretNotFoundException>(() => store.GetString(path));
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.True(allocated < 64_000_000, $"{allocated} bytes");
    }

    [Theory]
    [InlineData("x = 1", "x.y", "x.y was not found. x (memory memory:x) is a value of kind String, not a section.")]
    [InlineData("x = [1, 2]", "x.2", "x.2 was not found. x (memory memory:x) is an array of 2, counted from 0.")]
    [InlineData("x = [1, 2]", "x.5.host", "x.5.host was not found. x (memory memory:x) is an array of 2, counted from 0.")]
    [InlineData("s.t.x = 1", "s.t.x.y.z", "s.t.x.y.z was not found. s.t.x (memory memory:s/t/x) is a value of kind String, not a section.")]
    [InlineData("", "x", "x was not found.\nLooked in:\n  memory: everything it has")]
    public void A_hint_says_what_stands_in_the_way(string content, string path, string message)
    {
        using SecretsStore store = Chains.Of(new FakeSource("memory", content)).Build();

        SecretNotFoundException miss = Assert.Throws<SecretNotFoundException>(() => store.GetString(path));

        Assert.StartsWith(message, miss.Message.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void A_miss_in_a_table_of_an_array_says_as_much_as_any_other()
    {
        using SecretsStore store = Stores.Of(("servers", new object[] { Stores.Section(("host", "secret"), ("port", 1)), Stores.Section(("host", "secret")) }));

        foreach (Action read in new Action[]
        {
            () => store.GetString("servers.0.hots"),
            () => _ = store["servers"][0]["hots"],
            () => store["servers"][0].AsSection().GetString("hots"),
            () => _ = store["servers"].AsList()[0].AsSection()["hots"],
        })
        {
            SecretNotFoundException miss = Assert.Throws<SecretNotFoundException>(read);

            Assert.Equal(["servers.0.hots"], miss.Paths);
            Assert.Contains("servers.0.hots was not found. Did you mean servers.0.host (", miss.Message);
            Assert.Contains("Looked in:" + L + "  memory: ", miss.Message);
            Assert.DoesNotContain("secret", miss.Message);
        }

        Assert.Contains("Did you mean servers.0.host", store.Explain("servers.0.hots").ToString());
        Assert.Contains("Did you mean servers.0.host", store["servers"][0].AsSection().Explain("hots").Hint);
    }

    [Fact]
    public void A_note_of_the_source_ends_what_is_said_about_a_value_in_the_way()
    {
        SecretOrigin origin = new("directory", "database/password", version: null, default) { Note = "A folder with one file is one value." };
        using SecretsStore store = Stores.OfValues(("database", SecretValue.FromText("secret", origin)));

        Assert.Contains("not a section. A folder with one file is one value.", Assert.Throws<SecretNotFoundException>(() => store.GetString("database.password")).Message);
        Assert.Contains("A folder with one file is one value.", store.Explain("database.password").Hint);
        Assert.EndsWith("A folder with one file is one value.", Assert.Throws<SecretsFormatException>(() => store.Section("database")).Message);
    }

    [Fact]
    public void A_source_that_was_not_asked_says_what_to_add()
    {
        using SecretsStore store = Chains.Of(new FakeSource("toml", "a = 1"), new FakeRemoteSource("aws", "b = 2")).Require("a").Build();

        SecretNotFoundException miss = Assert.Throws<SecretNotFoundException>(() => store.GetString("b.c"));

        Assert.Contains("aws: not asked, since it is asked for required paths alone; add Require(\"b.c\")", miss.Message);
    }

    [Fact]
    public void A_source_that_was_asked_for_other_paths_says_so()
    {
        using SecretsStore store = Chains.Of(new FakeRemoteSource("aws", "a = 1; b = 2")).Require("a").Build();

        SecretNotFoundException miss = Assert.Throws<SecretNotFoundException>(() => store.GetString("b"));

        Assert.Contains("asked for required paths alone; add Require(\"b\")", miss.Message);
    }

    [Fact]
    public void What_is_required_already_is_not_advised_to_be()
    {
        SecretsBuilder builder = Chains.Of(new FakeSource("toml", "db = 1"), new FakeRemoteSource("aws", "db.password = 2")).Require("db.password");

        SecretNotFoundException miss = Assert.Throws<SecretNotFoundException>(builder.Build);

        Assert.Contains("db (toml toml:db) is a value of kind String, not a section.", miss.Message);
        Assert.Contains("a higher source has something in the way", miss.Message);
        Assert.DoesNotContain("add Require", miss.Message);
    }

    [Fact]
    public void Without_a_source_it_says_to_add_one()
    {
        using SecretsStore store = new SecretsBuilder().Build();

        Assert.Contains("The chain has no source; add one, as in AddToml().", Assert.Throws<SecretNotFoundException>(() => store["a"]).Message);
    }

    [Theory]
    [InlineData(false, false, true)]
    [InlineData(true, false, true)]
    [InlineData(false, true, false)]
    public void Where_files_are_the_only_source_and_there_is_none_that_is_what_is_missing(bool withEnvironment, bool withStore, bool isFileMissing)
    {
        var builder = new SecretsBuilder();
        if (withEnvironment)
        {
            builder.AddVariables("");
        }

        builder.Add(FakeSource.Missing("toml", ".secrets/secrets.toml", "/home/x/.secrets/secrets.toml"));
        if (withStore)
        {
            builder.Add(new FakeSource("memory", "b = 1"));
        }

        using SecretsStore store = builder.Build();

        Exception miss = Assert.ThrowsAny<Exception>(() => store["a"]);

        Assert.Contains("toml: nothing at .secrets/secrets.toml, /home/x/.secrets/secrets.toml", miss.Message);
        Assert.Equal(SecretsErrorCode.NotFound, Assert.IsType<ISecretsError>(miss, exactMatch: false).Code);
        Assert.Equal(isFileMissing, miss is SecretsFileNotFoundException);
        Assert.Equal(!isFileMissing, miss is SecretNotFoundException);
        if (miss is SecretsFileNotFoundException file)
        {
            Assert.Equal([".secrets/secrets.toml", "/home/x/.secrets/secrets.toml"], file.Places);
            Assert.Equal(["a"], file.Paths);
        }

        Assert.False(store.TryGetValue("a", out _));
    }

    [Fact]
    public void A_failed_build_of_thousands_is_told_in_bounded_time()
    {
        string[] paths = [.. Enumerable.Range(0, 1_000).Select(i => $"section_{i % 50}.a_rather_long_key_{i}")];
        var source = new FakeSource("memory", string.Join(';', Enumerable.Range(0, 5_000).Select(i => $"section_{i % 50}.another_long_key_{i} = x")));

        SecretNotFoundException miss = Assert.Throws<SecretNotFoundException>(Chains.Of(source, new FakeRemoteSource("aws")).Require(paths).Build);

        Assert.Equal(1_000, miss.Paths.Count);
    }
}
