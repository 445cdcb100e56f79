using Secrets.Tests.Fakes;

namespace Secrets.Toml.Tests;

public sealed class TomlSourceTests : IDisposable
{
    private readonly Workspace _here = new();

    public void Dispose() => _here.Dispose();

    [Fact]
    public void A_key_is_taken_from_the_file_that_refines_the_others()
    {
        _here.Write("home/.streamlit/secrets.toml", "a = 'hs'\nb = 'hs'\nc = 'hs'\nd = 'hs'\n[s]\na = 'hs'\nb = 'hs'\nc = 'hs'\nd = 'hs'");
        _here.WriteHome("a = 'hh'\nb = 'hh'\nc = 'hh'\n[s]\na = 'hh'\nb = 'hh'\nc = 'hh'");
        _here.Write("home/project/.streamlit/secrets.toml", "a = 'ps'\nb = 'ps'\n[s]\na = 'ps'\nb = 'ps'");
        _here.WriteProject("a = 'pp'\n[s]\na = 'pp'");

        using SecretsStore secrets = _here.Build();

        foreach (string prefix in new[] { "", "s." })
        {
            Assert.Equal("pp ps hh hs", string.Join(' ', "abcd".Select(k => secrets.GetString(prefix + k))));
        }

        Assert.Equal($"toml {_here.HomeFile}(3,1)", secrets["c"].Origin.ToString());
    }

    [Fact]
    public void An_array_of_the_project_replaces_that_of_home()
    {
        _here.WriteHome("a = [1, 2, 3]\n[[t]]\nx = 1\n[[t]]\nx = 2");
        _here.WriteProject("a = [4]\n[[t]]\ny = 3");

        using SecretsStore secrets = _here.Build();

        Assert.Equal("4", Assert.Single(secrets["a"].AsList()).Reveal());
        Assert.Equal(["y"], Assert.Single(secrets["t"].AsList()).AsSection().Keys);
    }

    [Fact]
    public void Spellings_of_two_files_are_one_key()
    {
        _here.WriteHome("api_key = 'home'\n[data_base]\nuser_name = 'home'\nport = 1");
        _here.WriteProject("API-KEY = 'project'\n[dataBase]\nuserName = 'project'");

        using SecretsStore secrets = _here.Build();

        Assert.Equal(["API-KEY", "dataBase"], secrets.Keys);
        Assert.Equal("project project 1", $"{secrets.GetString("api_key")} {secrets.GetString("database.user_name")} {secrets.GetString("data_base.port")}");
    }

    [Fact]
    public void SectionMerge_Replace_replaces_whole_sections_between_files()
    {
        _here.WriteHome("a = 1\n[s]\nx = 'home'\ny = 'home'\n[other]\nz = 'home'");
        _here.WriteProject("[s]\nx = 'project'");

        using SecretsStore secrets = _here.Chain().WithPrecedence(SecretsPrecedence.FirstWins, SectionMerge.Replace).Build();

        Assert.Equal(["x"], secrets.Section("s").Keys);
        Assert.Equal("project home 1", $"{secrets.GetString("s.x")} {secrets.GetString("other.z")} {secrets.GetString("a")}");
    }

    [Fact]
    public void The_order_of_the_files_does_not_depend_on_that_of_the_sources()
    {
        _here.WriteHome("a = 'home'");
        _here.WriteProject("a = 'project'");

        using SecretsStore secrets = _here.Chain().WithPrecedence(SecretsPrecedence.LastWins).Build();

        Assert.Equal("project", secrets.GetString("a"));
    }

    [Theory]
    [InlineData("x = 1", "[x]\ny = 2")]
    [InlineData("[x]\ny = 2", "x = 1")]
    [InlineData("x = [{y = 1}]", "x.y = 2")]
    public void A_leaf_in_one_file_against_a_section_in_another_fails_whoever_reads(string project, string home)
    {
        _here.WriteHome(home);
        _here.WriteProject("a = 1");
        _here.WriteProject(project);

        using SecretsStore secrets = _here.Build();

        Assert.True(secrets.TryGetValue("x", out SecretValue? x));
        Assert.Equal(SecretKind.Unreadable, x.Kind);
        foreach (Func<object?> read in new Func<object?>[]
        {
            () => secrets.GetString("x"),
            () => secrets.GetString("x.y"),
            () => secrets.GetString("x", "fallback"),
            () => secrets["x"]["y"],
            () => secrets.Section("x"),
            () => secrets.RevealAll(),
        })
        {
            SecretsSourceException e = Assert.Throws<SecretsSourceException>(read);
            Assert.Equal((SecretsErrorCode.InvalidConfiguration, "toml"), (e.Code, e.SourceName));
            Assert.Contains($"{Workspace.ProjectFile}(1,1)", e.Message);
            Assert.Contains($"{_here.HomeFile}(1,1)", e.Message);
        }

        Assert.Throws<SecretsSourceException>(() => _here.Chain().Require("x.y").Build());
        using SecretsStore unconcerned = _here.Chain().Require().Build();
    }

    [Fact]
    public void Listed_files_are_read_instead_and_later_ones_refine_earlier_ones()
    {
        _here.WriteProject("a = 'not asked'\nb = 'not asked'\nc = 'not asked'\nd = 'not asked'");
        _here.Write("home/project/one.toml", "a = 'one'\nb = 'one'\nc = 'one'");
        _here.Write("home/two.toml", "b = 'two'\nc = 'two'");
        _here.Write("three.toml", "c = 'three'");
        string[] files = ["one.toml", "~/two.toml", Path.Combine(_here.Root, "three.toml"), "absent.toml"];

        using SecretsStore byOption = _here.Builder().AddToml(_here.With(o => o.Files = files)).Build();
        _here.Environment["SECRETS_FILES"] = string.Join(Path.PathSeparator, files);
        using SecretsStore byVariable = _here.Builder().AddToml(_here.Here).Build();

        foreach (SecretsStore secrets in new[] { byOption, byVariable })
        {
            Assert.Equal("one two three", string.Join(' ', "abc".Select(k => secrets.GetString(k.ToString()))));
            Assert.False(secrets.ContainsKey("d"));
            Assert.Equal([.. files[..3], "absent.toml (no file)"], Assert.Single(secrets.Sources).Places);
        }
    }

    [Fact]
    public void A_directory_may_be_listed_among_files_and_refines_and_is_refined()
    {
        _here.Write("home/project/one.toml", "a = 'one'\nb = 'one'\nc = 'one'\n[section]\nx = 'one'\ny = 'one'\nz = 'one'");
        _here.Write("home/project/mounted/b", "mounted\n");
        _here.Write("home/project/mounted/c", "mounted\n");
        _here.Write("home/project/mounted/section/y", "mounted");
        _here.Write("home/project/mounted/section/z", "mounted");
        _here.Write("home/two.toml", "c = 'two'\nsection.z = 'two'");
        string[] files = ["one.toml", "mounted", "~/two.toml", "absent"];

        using SecretsStore byOption = _here.Builder().AddToml(_here.With(o => o.Files = files)).Build();
        _here.Environment["SECRETS_FILES"] = string.Join(Path.PathSeparator, files);
        using SecretsStore byVariable = _here.Builder().AddToml(_here.Here).Build();

        foreach (SecretsStore secrets in new[] { byOption, byVariable })
        {
            string[] paths = ["a", "b", "c", "section.x", "section.y", "section.z"];
            Assert.Equal("one mounted two one mounted two", string.Join(' ', paths.Select(secrets.GetString)));
            Assert.Equal("toml " + Path.Combine("mounted", "section", "y"), secrets["section"]["y"].Origin.ToString());
            Assert.Equal([.. files[..3], "absent (no file)"], Assert.Single(secrets.Sources).Places);
        }
    }

    [Fact]
    public void A_directory_that_is_listed_is_read_as_one_that_is_added()
    {
        _here.Write("home/project/mounted/db_password", "x");
        _here.Write("home/project/mounted/secrets.toml", "a = 1");
        _here.Write("home/project/mounted/two/api_key", "x");
        _here.Write("home/project/mounted/two/api-key", "x");
        string large = _here.Write("home/project/mounted/large", new byte[1024 * 1024 + 1]);

        using SecretsStore secrets = _here.Builder().AddToml("mounted", _here.Here).Build();

        Assert.Equal("x", _here.Environment["db_password"]);
        Assert.EndsWith("have it read as TOML.", Assert.Single(secrets.Warnings, w => w.Code == SecretsWarningCode.Source).Message);
        Assert.Equal(SecretKind.Unreadable, secrets["large"].Kind);
        Assert.Equal((SecretKind.Unreadable, 2), (secrets["two"]["apiKey"].Kind, secrets.Section("two").Count + secrets.Sources.Count));

        File.Delete(large);
        Assert.Throws<SecretsSourceException>(() => _here.Builder().AddToml("mounted", _here.Here).Require("two.api_key").Build());
    }

    [Fact]
    public void No_file_anywhere_is_no_error_until_a_secret_is_read()
    {
        using SecretsStore secrets = _here.Build();

        Assert.False(secrets.TryGetValue("a", out _));
        Assert.False(secrets.ContainsKey("a.b"));
        Assert.Null(secrets.GetString("a", null));
        Assert.Equal("fallback", secrets.GetString("a.b", "fallback"));
        Assert.Equal(7, secrets.Get("a", 7));
        Assert.Empty(secrets);
        Assert.Empty(secrets.Warnings);
        Assert.Equal(["Missing", "Loaded"], secrets.Sources.Select(s => s.State.ToString()));
    }

    [Fact]
    public void A_read_without_any_file_names_every_place()
    {
        using SecretsStore secrets = _here.Build();
        string[] places =
        [
            Path.Combine(_here.Home, ".streamlit", "secrets.toml"),
            _here.HomeFile,
            Path.Combine(_here.Project, ".streamlit", "secrets.toml"),
            Path.Combine(_here.Project, Workspace.ProjectFile),
        ];

        foreach (Func<object?> read in new Func<object?>[]
        {
            () => secrets["db_password"],
            () => secrets.GetString("db_password"),
            () => secrets.Section("db_password"),
            () => secrets.Get<string>("db_password"),
            () => _here.Chain().Require("db_password").Build(),
        })
        {
            SecretsFileNotFoundException e = Assert.Throws<SecretsFileNotFoundException>(read);
            Assert.Equal(SecretsErrorCode.NotFound, e.Code);
            Assert.Equal(["db_password"], e.Paths);
            Assert.Equal(places, e.Places);
            Assert.Contains("toml: nothing at " + string.Join(", ", places), e.Message);
            Assert.Contains("environment: DB_PASSWORD", e.Message);
        }

        Assert.Equal(places, secrets.Sources[0].Places);
    }

    [Fact]
    public void Without_any_file_the_environment_still_answers()
    {
        using SecretsStore secrets = _here.Builder()
            .AddToml(_here.Here)
            .AddEnvironment(configure: o => o.Variables = new Dictionary<string, string> { ["DB_PASSWORD"] = "x" })
            .Build();

        Assert.Equal("x", secrets.GetString("db_password"));
    }

    [Fact]
    public void With_another_source_a_missing_secret_is_one_that_is_nowhere_and_the_places_are_mentioned()
    {
        using SecretsStore secrets = _here.Chain().AddInMemory(new Dictionary<string, object?> { ["a"] = 1 }).Build();

        SecretNotFoundException e = Assert.Throws<SecretNotFoundException>(() => secrets.GetString("b"));

        Assert.Contains(_here.HomeFile, e.Message);
        Assert.Contains(Workspace.ProjectFile, e.Message);
        Assert.Equal("1", secrets.GetString("a"));
    }

    [Fact]
    public void Two_missing_toml_sources_are_both_named()
    {
        using SecretsStore secrets = _here.Builder().AddToml("a.toml", _here.Here).AddTomlFromEnvironment("BOX", _here.Here).Build();

        Assert.Equal([Path.Combine(_here.Project, "a.toml"), "BOX"], Assert.Throws<SecretsFileNotFoundException>(() => secrets["x"]).Places);
    }

    [Fact]
    public void A_file_that_lacks_the_key_is_named_with_the_nearest_key()
    {
        _here.WriteProject("[trello]\napi_token = 'x'");
        using SecretsStore secrets = _here.Build();

        SecretNotFoundException e = Assert.Throws<SecretNotFoundException>(() => secrets.GetString("trello.api_tokn"));

        Assert.Contains($"Did you mean trello.api_token ({Workspace.ProjectFile}(2,1))?", e.Message);
        Assert.Contains($"{_here.HomeFile} (no file)", e.Message);
    }

    [Fact]
    public void Places_tell_what_was_read_and_what_was_not_there()
    {
        _here.WriteHome("a = 1");
        _here.WriteProject("a = 1\n[b]\nc = [1, 2]");

        using SecretsStore secrets = _here.Build();

        Assert.Equal(
            [
                _here.HomeFile,
                Workspace.ProjectFile,
                Path.Combine(_here.Home, ".streamlit", "secrets.toml") + " (no file)",
                Path.Combine(".streamlit", "secrets.toml") + " (no file)",
            ],
            secrets.Sources[0].Places);
        Assert.Equal((SecretsSourceState.Loaded, 3, false), (secrets.Sources[0].State, secrets.Sources[0].Count, secrets.Sources[0].IsRemote));
    }

    [Fact]
    public async Task Files_are_found_and_read_by_each_load()
    {
        var options = new TomlOptions();
        _here.Here(options);
        var source = new TomlSource(options);

        SecretsBatch none = await source.LoadAsync(new SecretsRequest("toml"), CancellationToken.None);
        _here.WriteHome("a = 1");
        SecretsBatch one = await source.LoadAsync(new SecretsRequest("toml"), CancellationToken.None);
        _here.WriteProject("");
        SecretsBatch two = await source.LoadAsync(new SecretsRequest("toml"), CancellationToken.None);

        Assert.Equal((true, 4), (none.IsMissing, none.Places.Count));
        Assert.Equal((false, 1, null), (one.IsMissing, one.Entries.Count, one.Lower));
        Assert.Equal((false, 0, 1), (two.IsMissing, two.Entries.Count, two.Lower!.Entries.Count));
    }

    [Fact]
    public async Task Cancellation_is_not_wrapped()
    {
        _here.WriteProject("a = 1");
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        OperationCanceledException e = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _here.Chain().BuildAsync(cancelled.Token));

        Assert.Equal(cancelled.Token, e.CancellationToken);
    }

    [Fact]
    public void Sections_with_the_names_of_variables_that_every_process_has_stay_sections()
    {
        _here.WriteProject("[user]\nname = 'u'\n[home]\na.b = 1\n[path]\ntemp = 't'\n[mail]\nhost = 'm'\n[http_proxy]\nhost = 'p'\nport = 1");
        var variables = new Dictionary<string, string>
        {
            ["USER"] = "1", ["HOME"] = "2", ["PATH"] = "3", ["MAIL"] = "4", ["HTTP_PROXY"] = "5", ["http_proxy"] = "6", ["user"] = "7",
        };

        using SecretsStore below = _here.Builder().AddToml(_here.Here).AddEnvironment(configure: o => o.Variables = variables).Build();
        using SecretsStore above = _here.Builder().AddEnvironment(configure: o => o.Variables = variables).AddToml(_here.Here).Build();

        foreach (SecretsStore secrets in new[] { below, above })
        {
            Assert.Equal(["user", "home", "path", "mail", "http_proxy"], secrets.Keys);
            Assert.All(secrets.Values, v => Assert.Equal(SecretKind.Section, v.Kind));
            string[] leaves = ["user.name", "home.a.b", "path.temp", "mail.host", "http_proxy.host", "http_proxy.port"];
            Assert.Equal("u 1 t m p 1", string.Join(' ', leaves.Select(secrets.GetString)));
            Assert.Empty(secrets.Warnings);
        }
    }

    [Fact]
    public void A_variable_refines_one_leaf_of_a_section_if_the_environment_is_higher()
    {
        _here.WriteProject("[http_proxy]\nhost = 'toml'\nport = 1");
        var variables = new Dictionary<string, string> { ["HTTP_PROXY"] = "no", ["HTTP_PROXY__HOST"] = "variable" };

        using SecretsStore secrets = _here.Builder().AddEnvironment(configure: o => o.Variables = variables).AddToml(_here.Here).Build();

        Assert.Equal("variable 1", $"{secrets.GetString("http_proxy.host")} {secrets.GetString("http_proxy.port")}");
    }

    [Fact]
    public void Explain_tells_which_file_supplies_and_which_is_shadowed()
    {
        _here.WriteHome("[a]\nb = 'x'");
        _here.WriteProject("a.b = 'y'");
        using SecretsStore secrets = _here.Build();

        string text = secrets.Explain("a.b").ToString();

        Assert.Matches($@"toml +supplies it: {System.Text.RegularExpressions.Regex.Escape(Workspace.ProjectFile)}\(1,1\)", text);
        Assert.Matches($@"toml +is shadowed: {System.Text.RegularExpressions.Regex.Escape(_here.HomeFile)}\(2,1\)", text);
    }
}
