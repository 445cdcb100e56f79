using System.Globalization;
using Secrets.Tests.Fakes;

namespace Secrets.DotEnv.Tests;

public sealed class DotEnvSourceTests : IDisposable
{
    private readonly Workspace _here = new();

    public void Dispose() => _here.Dispose();

    public static TheoryData<string, string, string, string> Duplicates => new()
    {
        { "A=1\nA=2", "A", "(2,1)", "(1,1)" },
        { "A=1\n\n  export a=2", "a", "(3,10)", "(1,1)" },
        { "API_KEY=1\nApiKey=2", "ApiKey", "(2,1)", "(1,1)" },
        { "API-KEY=1\nAPI_KEY=2", "API_KEY", "(2,1)", "(1,1)" },
        { "DB__USER=1\nDB__user=2", "DB.user", "(2,1)", "(1,1)" },
        { "DB__USER=1\ndb__PASSWORD=2", "db", "(2,1)", "(1,1)" },
        { "DB=1\nDB__USER=2", "DB", "(2,1)", "(1,1)" },
        { "DB__USER=1\nDB=2", "DB", "(2,1)", "(1,1)" },
    };

    public static TheoryData<string, string> Malformed => new()
    {
        { "(2,3): this quote is never closed", "A=1\nB=\"x\nC=2" },
        { "(2,2): expected \"=\" after the key", "A=1\nB\n" },
        { "(1,5): what this \"$\" refers to is set neither", "A=pa$word" },
        { "(1,3): what this \"$\" refers to is set neither", "A=$NOPE" },
        { "(1,3): the variable NOPE is set neither", "A=${NOPE}" },
        { "(1,4): expected text; the control character U+0000", "A=1\0" },
    };

    [Fact]
    public void Keys_nest_and_are_equal_under_the_chain_s_comparison()
    {
        _here.WriteEnv("DB_PASSWORD=p\nDATABASE__PASSWORD=q\nDATABASE__API_KEY=r");

        using SecretsStore secrets = _here.Build();

        Assert.Equal("p", secrets.GetString("db_password"));
        Assert.Equal("q", secrets.GetString("database.password"));
        Assert.Equal("r", secrets["database"]["apiKey"].Reveal());
        Assert.Equal(["DB_PASSWORD", "DATABASE"], secrets.Keys);
        Assert.Equal("dotenv .env(3,1)", secrets["database"]["api_key"].Origin.ToString());
    }

    [Fact]
    public void Later_files_refine_earlier_ones_key_by_key()
    {
        _here.WriteEnv("A=1\nB=1\nS__X=1\nS__Y=1");
        _here.Write("home/project/.env.local", "B=2\ns__x=2");

        using SecretsStore secrets = new SecretsBuilder().AddDotEnv(_here.With(o => o.Files = [".env", ".env.local", ".env.none"])).Build();

        Assert.Equal("1 2 2 1", string.Join(' ', new[] { "a", "b", "s.x", "s.y" }.Select(secrets.GetString)));
        Assert.Equal([".env", ".env.local", ".env.none (no file)"], Assert.Single(secrets.Sources).Places);
        Assert.Equal((SecretsSourceState.Loaded, 6, false), (secrets.Sources[0].State, secrets.Sources[0].Count, secrets.Sources[0].IsRemote));
        Assert.Contains(".env.local(1,1)", secrets.Explain("b").ToString());
        Assert.Contains("is shadowed: .env(2,1)", secrets.Explain("b").ToString());
    }

    [Fact]
    public void The_order_of_the_files_does_not_depend_on_that_of_the_sources()
    {
        _here.WriteEnv("A=1");
        _here.Write("home/project/.env.local", "A=2");

        using SecretsStore secrets = new SecretsBuilder()
            .AddDotEnv(_here.With(o => o.Files = [".env", ".env.local"]))
            .WithPrecedence(SecretsPrecedence.LastWins)
            .Build();

        Assert.Equal("2", secrets.GetString("a"));
    }

    [Fact]
    public void A_reference_does_not_reach_another_file()
    {
        _here.WriteEnv("V=1");
        _here.Write("home/project/.env.local", "A=$V");

        SecretsFormatException e = Assert.Throws<SecretsFormatException>(
            () => new SecretsBuilder().AddDotEnv(_here.With(o => o.Files = [".env", ".env.local"])).Build());

        Assert.StartsWith(".env.local(1,3): what this \"$\" refers to is set neither above in this file", e.Message);
    }

    [Fact]
    public void References_are_earlier_keys_then_variables()
    {
        _here.Variables["HOST"] = "variable";
        _here.Variables["PORT"] = "1";
        _here.WriteEnv("HOST=file\nURL=http://$HOST:${PORT}/");

        using SecretsStore secrets = _here.Build();

        Assert.Equal("http://file:1/", secrets.GetString("url"));
        Assert.Equal(["HOST", "URL"], secrets.Keys);
    }

    [Fact]
    public void Unset_references_are_empty_where_they_are_allowed()
    {
        _here.WriteEnv("A=[$NOPE]");

        using SecretsStore secrets = new SecretsBuilder().AddDotEnv(_here.With(o => o.AllowUnsetReferences = true)).Build();

        Assert.Equal("[]", secrets.GetString("a"));
    }

    [Fact]
    public void It_takes_its_place_among_other_sources()
    {
        _here.WriteEnv("A=file\nB=file\nS__X=file");
        var values = new Dictionary<string, object?> { ["b"] = "memory", ["c"] = "memory", ["s.x"] = "memory", ["s.y"] = "memory" };
        var variables = new Dictionary<string, string> { ["A"] = "variable", ["S__X"] = "variable" };

        using SecretsStore above = _here.Chain().AddInMemory(values).Build();
        using SecretsStore below = new SecretsBuilder().AddInMemory(values).AddDotEnv(_here.Here).Build();
        using SecretsStore pinned = _here.Chain().AddInMemory(values).Pin("b", to: "memory").Build();
        using SecretsStore variable = new SecretsBuilder().AddEnvironment(configure: o => o.Variables = variables).AddDotEnv(_here.Here).Build();

        Assert.Equal("file file memory file memory", Read(above, "a", "b", "c", "s.x", "s.y"));
        Assert.Equal("file memory memory memory memory", Read(below, "a", "b", "c", "s.x", "s.y"));
        Assert.Equal("file memory", Read(pinned, "a", "b"));
        Assert.Equal("variable file", Read(variable, "s.x", "b"));

        static string Read(SecretsStore secrets, params string[] paths) => string.Join(' ', paths.Select(secrets.GetString));
    }

    [Fact]
    public void Empty_missing_and_forbidden_are_three_results()
    {
        string file = _here.WriteEnv("EMPTY=\nQUOTED=''");
        using (SecretsStore secrets = _here.Build())
        {
            Assert.Equal("", secrets.GetString("empty"));
            Assert.Equal("", secrets.GetString("quoted", "fallback"));
            Assert.False(secrets.TryGetValue("missing", out _));
            Assert.Throws<SecretNotFoundException>(() => secrets.GetString("missing"));
        }

        SecretsSourceException e = Unix.Forbidden(file, () => Assert.Throws<SecretsSourceException>(_here.Build));

        Assert.Equal((SecretsErrorCode.AccessDenied, "dotenv"), (e.Code, e.SourceName));
        Assert.Null(e.InnerException);
    }

    [Fact]
    public void No_file_is_no_error_until_a_secret_is_read()
    {
        using SecretsStore secrets = _here.Chain().AddEnvironment(configure: o => o.Variables = new Dictionary<string, string>()).Build();

        Assert.False(secrets.TryGetValue("a", out _));
        Assert.Equal("fallback", secrets.GetString("a", "fallback"));
        Assert.Empty(secrets);
        Assert.Equal((SecretsSourceState.Missing, 0), (secrets.Sources[0].State, secrets.Sources[0].Count));
        SecretsFileNotFoundException e = Assert.Throws<SecretsFileNotFoundException>(() => secrets.GetString("a"));
        string place = Path.Combine(_here.Project, ".env");
        Assert.Equal([place], e.Places);
        Assert.Contains("dotenv: nothing at " + place, e.Message);
        Assert.Throws<SecretsFileNotFoundException>(() => _here.Chain().Require("a").Build());
    }

    [Fact]
    public void An_empty_file_is_a_store_that_is_there()
    {
        _here.WriteEnv("");

        using SecretsStore secrets = _here.Build();

        Assert.Equal(SecretsSourceState.Loaded, secrets.Sources[0].State);
        Assert.Throws<SecretNotFoundException>(() => secrets.GetString("a"));
    }

    [Theory]
    [MemberData(nameof(Duplicates))]
    public void Two_equal_keys_of_a_file_are_an_error_that_names_both_places(string text, string path, string second, string first)
    {
        _here.WriteEnv(text);

        SecretsFormatException e = Assert.Throws<SecretsFormatException>(_here.Build);

        Assert.StartsWith($".env{second}: {path} is the same key as the one at .env{first}", e.Message);
        Assert.Equal(second, $"({e.Line},{e.Column})");
    }

    [Fact]
    public void Ordinal_keys_differ_by_case()
    {
        _here.WriteEnv("A=1\na=2");
        SecretsBuilder ordinal = _here.Chain();
        ordinal.KeyComparison = KeyComparison.Ordinal;

        using SecretsStore secrets = ordinal.Build();

        Assert.Equal("1 2", $"{secrets.GetString("A")} {secrets.GetString("a")}");
    }

    [Fact]
    public void A_key_that_nests_too_deep_is_malformed()
    {
        _here.WriteEnv("A" + string.Concat(Enumerable.Repeat("__A", 300)) + "=1");

        SecretsSourceException e = Assert.Throws<SecretsSourceException>(_here.Build);

        Assert.Equal(SecretsErrorCode.InvalidFormat, e.Code);
        Assert.Contains(".env(1,1)", e.Message);
    }

    [Theory]
    [MemberData(nameof(Malformed))]
    public void A_mistake_is_where_an_editor_finds_it_and_nothing_stands_in_for_the_file(string expected, string text)
    {
        _here.WriteEnv(text);

        SecretsFormatException e = Assert.Throws<SecretsFormatException>(
            () => _here.Chain().AddInMemory(new Dictionary<string, object?> { ["a"] = 1 }).Build());

        Assert.StartsWith(".env" + expected, e.Message);
        Assert.Equal((SecretsErrorCode.InvalidFormat, ".env"), (e.Code, e.File));
        Assert.Null(e.InnerException);
        Assert.Empty(e.Data);
    }

    [Fact]
    public void Two_files_with_mistakes_are_both_named()
    {
        _here.WriteEnv("A");
        _here.Write("home/project/b.env", "B=1\nC='");

        SecretsSourceException e = Assert.Throws<SecretsSourceException>(
            () => new SecretsBuilder().AddDotEnv(_here.With(o => o.Files = [".env", "b.env"])).Build());

        Assert.Equal((SecretsErrorCode.InvalidFormat, "dotenv"), (e.Code, e.SourceName));
        Assert.Equal(
            "2 files cannot be read:\n.env(1,2): expected \"=\" after the key\nb.env(2,3): this quote is never closed",
            e.Message.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void A_file_that_is_larger_than_allowed_is_malformed()
    {
        _here.WriteEnv("A=0123456789");

        new SecretsBuilder().AddDotEnv(_here.With(o => o.MaxSize = 12)).Build().Dispose();
        SecretsFormatException e = Assert.Throws<SecretsFormatException>(() => new SecretsBuilder().AddDotEnv(_here.With(o => o.MaxSize = 11)).Build());

        Assert.Equal(".env: the file is larger than the 11 bytes that MaxSize allows", e.Message);
    }

    [Fact]
    public void A_directory_that_is_named_as_a_file_is_a_mistake_of_the_chain()
    {
        _here.Folder("home/project/folder");

        SecretsSourceException e = Assert.Throws<SecretsSourceException>(() => new SecretsBuilder().AddDotEnv("folder", _here.Here).Build());

        Assert.Equal((SecretsErrorCode.InvalidConfiguration, "dotenv"), (e.Code, e.SourceName));
    }

    [Fact]
    public async Task A_pipe_where_a_file_should_be_does_not_hang_the_program()
    {
        Unix.MakePipe(Path.Combine(_here.Project, ".env"));

        SecretsSourceException e = await Assert.ThrowsAsync<SecretsSourceException>(
            () => Task.Run(_here.Build, TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken));

        Assert.Equal(SecretsErrorCode.InvalidConfiguration, e.Code);
    }

    [Fact]
    public void A_file_that_others_can_read_is_a_warning()
    {
        Unix.SetMode(_here.WriteEnv("A=1"), UnixFileMode.UserRead | UnixFileMode.OtherRead);

        using SecretsStore secrets = _here.Build();

        SecretsWarning warning = Assert.Single(secrets.Warnings);
        Assert.Equal((SecretsWarningCode.Source, "dotenv"), (warning.Code, warning.SourceName));
        Assert.StartsWith(".env is open to other users of this machine", warning.Message);
    }

    [Fact]
    public async Task Files_are_found_and_read_by_each_load()
    {
        var options = new DotEnvOptions { Files = ["a.env", "b.env"] };
        _here.Here(options);
        var source = new DotEnvSource(options);

        SecretsBatch none = await source.LoadAsync(new SecretsRequest("dotenv"), CancellationToken.None);
        _here.Write("home/project/a.env", "A=$V");
        _here.Variables["V"] = "1";
        SecretsBatch one = await source.LoadAsync(new SecretsRequest("dotenv"), CancellationToken.None);
        _here.Write("home/project/b.env", "");
        _here.Variables["V"] = "2";
        SecretsBatch two = await source.LoadAsync(new SecretsRequest("dotenv"), CancellationToken.None);

        Assert.Equal((true, 2), (none.IsMissing, none.Places.Count));
        Assert.Equal((false, "1", null), (one.IsMissing, one.Entries[0].Value.Reveal(), one.Lower));
        Assert.Equal((false, 0, "2"), (two.IsMissing, two.Entries.Count, two.Lower!.Entries[0].Value.Reveal()));
    }

    [Fact]
    public async Task One_source_serves_many_loads_at_once()
    {
        _here.WriteEnv(string.Concat(Enumerable.Range(0, 200).Select(i => $"K{i}=\"\\x41 {i}\"\nR{i}=$K{i}\n")));
        var options = new DotEnvOptions();
        _here.Here(options);
        var source = new DotEnvSource(options);

        SecretsBatch[] batches = await Task.WhenAll(Enumerable.Range(0, 16).Select(
            _ => Task.Run(async () => await source.LoadAsync(new SecretsRequest("dotenv"), CancellationToken.None), TestContext.Current.CancellationToken)));

        Assert.All(batches, b => Assert.Equal("A 199", b.Entries[^1].Value.Reveal()));
    }

    [Fact]
    public async Task Cancellation_is_not_wrapped()
    {
        _here.WriteEnv("A=$V\nB=1");
        using var cancelled = new CancellationTokenSource();
        SecretsBuilder chain = new SecretsBuilder().AddDotEnv(_here.With(o => o.Variable = _ =>
        {
            cancelled.Cancel();
            return "v";
        }));

        OperationCanceledException e = await Assert.ThrowsAsync<OperationCanceledException>(() => chain.BuildAsync(cancelled.Token));

        Assert.Equal(cancelled.Token, e.CancellationToken);
    }

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("fa-IR")]
    [InlineData("de-DE")]
    public void A_culture_changes_nothing(string culture)
    {
        _here.WriteEnv("export TITLE__ID=1,5\nINI=\"\\x49\\u0131\"\nA=$INI");
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        try
        {
            using SecretsStore secrets = _here.Build();

            Assert.Equal("1,5", secrets.GetString("title.id"));
            Assert.Equal("Iı", secrets.GetString("a"));
            Assert.Equal(".env(2,1)", secrets["ini"].Origin.Location);
            _here.WriteEnv("\n\n\n\n\n\n\n\n\n\n           A");
            Assert.StartsWith(".env(11,13): ", Assert.Throws<SecretsFormatException>(_here.Build).Message);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
