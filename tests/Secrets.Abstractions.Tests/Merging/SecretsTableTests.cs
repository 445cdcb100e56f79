using Secrets.Tests.Fakes;

namespace Secrets.Tests.Merging;

public class SecretsTableTests
{
    [Fact]
    public void A_view_is_described_by_path_kind_and_origin_and_no_value()
    {
        using SecretsStore store = new SecretsBuilder()
            .AddInMemory(new Dictionary<string, object?>
            {
                ["token"] = "s3cret",
                ["db.port"] = 5432,
                ["db.'odd key'"] = true,
                ["list"] = new[] { "s3cret" },
                ["empty"] = Stores.Section(),
            })
            .Add(new BatchSource(("denied", Stores.Unreadable())))
            .AddVariables("TOKEN=s3cret; OTHER=s3cret")
            .Build();

        string expected = string.Join(
            Environment.NewLine,
            "path          kind        origin",
            "token         String      memory token",
            "db.port       Integer     memory db.port",
            "db.\"odd key\"  Boolean     memory db.\"odd key\"",
            "list          Array       memory list",
            "empty         Section     memory empty",
            "denied        Unreadable  test here");
        Assert.Equal(expected, store.Describe());
        Assert.Equal(expected, store.ToString());
        Assert.Equal(expected, $"{store.Current}");
        Assert.Equal(
            string.Join(Environment.NewLine, "path          kind     origin", "db.port       Integer  memory db.port", "db.\"odd key\"  Boolean  memory db.\"odd key\""),
            store.Section("db").ToString());
        Assert.Equal("There are no secrets here.", store.Section("empty").Describe());
    }

    [Fact]
    public void A_failure_that_stands_for_the_rest_of_a_section_is_shown()
    {
        using SecretsStore store = Chains.Of(
            new BatchSource("high", r => new SecretsBatch([new SecretEntry(new SecretPath("db", "user"), SecretValue.FromText("u", r.Origin("h")))])),
            new BatchSource("low", r => new SecretsBatch([new SecretEntry(new SecretPath("db"), Stores.Unreadable())]))).Build();

        Assert.EndsWith("db.*     Unreadable  low here", store.Describe(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_with_a_line_break_forges_no_line()
    {
        var origin = new SecretOrigin("store", "a\ntoken  String  toml secrets.toml(1,1)", "1\n2", DateTimeOffset.UnixEpoch);
        using SecretsStore store = Stores.OfValues(("\"a\\nb\"", SecretValue.FromText("x", origin)));

        Assert.Equal(2, store.Describe().ReplaceLineEndings("\n").Split('\n').Length);
        Assert.Equal(1 + 1, store.Explain("\"a\\nb\"").ToString().ReplaceLineEndings("\n").Split('\n').Length);
    }
}
