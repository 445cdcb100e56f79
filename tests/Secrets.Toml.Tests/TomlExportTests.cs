using System.Globalization;

namespace Secrets.Toml.Tests;

public sealed class TomlExportTests : IDisposable
{
    private readonly Workspace _here = new();

    public void Dispose() => _here.Dispose();

    public static TheoryData<string, string> Refused => new()
    {
        { "PATH", "PATH can load code or redirect traffic, files or credentials" },
        { "path", "PATH can load code or redirect traffic, files or credentials" },
        { "LD_PRELOAD", "LD_* can load code or redirect traffic, files or credentials" },
        { "DYLD_INSERT_LIBRARIES", "DYLD_* can load code or redirect traffic, files or credentials" },
        { "DOTNET_STARTUP_HOOKS", "DOTNET_* can load code or redirect traffic, files or credentials" },
        { "CORECLR_PROFILER", "CORECLR_* can load code or redirect traffic, files or credentials" },
        { "COMPlus_EnableDiagnostics", "COMPlus_* can load code or redirect traffic, files or credentials" },
        { "HTTP_PROXY", "*_PROXY can load code or redirect traffic, files or credentials" },
        { "https_proxy", "*_PROXY can load code or redirect traffic, files or credentials" },
        { "SSL_CERT_FILE", "SSL_CERT_* can load code or redirect traffic, files or credentials" },
        { "AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL* can load code or redirect traffic, files or credentials" },
        { "AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL* can load code or redirect traffic, files or credentials" },
        { "VAULT_ADDR", "VAULT_ADDR can load code or redirect traffic, files or credentials" },
        { "AZURE_AUTHORITY_HOST", "AZURE_AUTHORITY_HOST can load code or redirect traffic, files or credentials" },
        { "''", "the platform cannot hold the name" },
        { "'a=b'", "the platform cannot hold the name" },
        { "\"a\\u0000b\"", "the platform cannot hold the name" },
    };

    [Fact]
    public void Strings_integers_and_floats_at_the_root_are_exported_as_the_view_gives_them()
    {
        _here.WriteHome("from_home = 'h'\nboth = 'home'");
        _here.WriteProject("""
            both = 'project'
            text = "x y"
            empty = ""
            integer = 0x1F
            float = 1.50
            infinite = -inf
            "odd key" = 'o'
            lines = "a\nb=c"
            boolean = true
            date = 1979-05-27
            time = 07:32:00
            moment = 1979-05-27T07:32:00Z
            local = 1979-05-27T07:32:00
            array = ['a']
            dotted.key = 'no'
            [section]
            key = 'no'
            """);

        using SecretsStore secrets = _here.Build();

        Assert.Equal(
            "both=project empty= float=1.5 from_home=h infinite=-inf integer=31 lines=a\nb=c odd key=o text=x y",
            _here.Environment.ToString());
        Assert.All(_here.Environment.Read(), v => Assert.Equal(v.Value, secrets.Current[v.Key].Reveal()));
        Assert.Empty(secrets.Warnings);
    }

    [Fact]
    public void Only_what_TOML_won_is_exported()
    {
        _here.WriteProject("a = 'toml'\nb_b = 'toml'\nc = 'toml'\nd = 'toml'");
        _here.Environment["B_B"] = "variable";

        using SecretsStore secrets = _here.Builder()
            .AddInMemory(new Dictionary<string, object?> { ["a"] = "memory" })
            .AddEnvironment()
            .AddToml(_here.Here)
            .AddInMemory(new Dictionary<string, object?> { ["d"] = "memory", ["e"] = "memory" })
            .Pin("c", "memory")
            .Build();

        Assert.Equal("memory variable toml", $"{secrets.GetString("a")} {secrets.GetString("b_b")} {secrets.GetString("d")}");
        Assert.Equal("B_B=variable d=toml", _here.Environment.ToString());
    }

    [Fact]
    public void Disposal_puts_the_originals_back()
    {
        _here.WriteProject("a = 'toml'\nb = 'toml'\nc = 'toml'");
        _here.Environment["a"] = "original";
        _here.Environment["z"] = "untouched";

        using (SecretsStore secrets = _here.Build())
        {
            Assert.Equal("a=toml b=toml c=toml z=untouched", _here.Environment.ToString());
            _here.Environment["c"] = "somebody else's";
        }

        Assert.Equal("a=original c=somebody else's z=untouched", _here.Environment.ToString());
    }

    [Fact]
    public async Task Asynchronous_disposal_does_too()
    {
        _here.WriteProject("a = 'toml'");

        await using (SecretsStore secrets = await _here.Chain().BuildAsync(TestContext.Current.CancellationToken))
        {
            Assert.Equal("a=toml", _here.Environment.ToString());
        }

        Assert.Equal("", _here.Environment.ToString());
    }

    [Fact]
    public void After_disposal_reads_go_on()
    {
        _here.WriteProject("a = 'toml'");
        SecretsStore secrets = _here.Build();
        secrets.Dispose();
        secrets.Dispose();

        Assert.Equal("toml", secrets.GetString("a"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Two_stores_take_back_their_own(bool firstLeavesFirst)
    {
        _here.Environment["a"] = "original";
        _here.WriteProject("a = 'first'\nonly_first = '1'");
        SecretsStore first = _here.Build();
        _here.WriteProject("a = 'second'\nonly_second = '2'");
        SecretsStore second = _here.Build();

        Assert.Equal("a=second only_first=1 only_second=2", _here.Environment.ToString());
        Assert.Equal("first second", $"{first.GetString("a")} {second.GetString("a")}");

        (firstLeavesFirst ? first : second).Dispose();

        Assert.Equal(firstLeavesFirst ? "a=second only_second=2" : "a=first only_first=1", _here.Environment.ToString());

        (firstLeavesFirst ? second : first).Dispose();

        Assert.Equal("a=original", _here.Environment.ToString());
    }

    // The environment is a source too: what the library put there must not come back as an answer of somebody else.
    [Fact]
    public void What_was_exported_is_not_read_back()
    {
        _here.WriteProject("a_b = 'toml'");
        using SecretsStore first = _here.Build();
        _here.WriteProject("");

        using SecretsStore second = _here.Build();

        Assert.False(second.ContainsKey("a_b"));
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_loads_code_or_redirects_or_cannot_be_held_is_a_warning(string key, string why)
    {
        _here.WriteProject($"ok = 1\n{key} = 'never shown'");

        using SecretsStore secrets = _here.Build();

        Assert.Equal("ok=1", _here.Environment.ToString());
        SecretsWarning warning = Assert.Single(secrets.Warnings);
        Assert.Equal((SecretsWarningCode.NotExported, "toml"), (warning.Code, warning.SourceName));
        Assert.Contains($"(toml {Workspace.ProjectFile}(2,1)) is not exported to the environment: {why}.", warning.Message);
        Assert.DoesNotContain("never shown", warning.Message);
        Assert.Equal("never shown", secrets.Values.Last().Reveal());
    }

    [Fact]
    public void A_value_that_no_variable_holds_is_a_warning()
    {
        _here.WriteProject("a = \"x\\u0000y\"");

        using SecretsStore secrets = _here.Build();

        Assert.Equal("", _here.Environment.ToString());
        Assert.Contains("cannot hold a NUL character", Assert.Single(secrets.Warnings).Message);
        Assert.Equal("x\0y", secrets.GetString("a"));
    }

    [Fact]
    public void Sections_of_those_names_are_no_warning()
    {
        _here.WriteProject("[path]\na = 1\n[http_proxy]\nb = 2\n[vault_addr]");

        using SecretsStore secrets = _here.Build();

        Assert.Empty(secrets.Warnings);
    }

    [Fact]
    public void ExportToEnvironment_turns_it_off()
    {
        _here.WriteProject("a = 1\nPATH = 'x'");

        using SecretsStore secrets = _here.Builder().AddToml(_here.With(o => o.ExportToEnvironment = false)).Build();

        Assert.Equal("", _here.Environment.ToString());
        Assert.Empty(secrets.Warnings);
    }

    [Fact]
    public void Every_TOML_source_exports()
    {
        _here.WriteProject("a = 'file'");
        _here.Environment["BOX"] = "b = 'box'";

        using SecretsStore secrets = _here.Builder()
            .AddToml(_here.Here)
            .AddTomlFromEnvironment("BOX", _here.Here)
            .AddTomlText("a = 'shadowed'\nc = 'text'")
            .AddTomlText("d = 'kept'", o => o.ExportToEnvironment = false)
            .Build();

        Assert.Equal("BOX=b = 'box' a=file b=box c=text", _here.Environment.ToString());
    }

    [Fact]
    public void A_build_that_fails_exports_nothing()
    {
        _here.WriteProject("a = 1");

        Assert.Throws<SecretNotFoundException>(() => _here.Chain().Require("b").Build());
        Assert.Equal("", _here.Environment.ToString());
    }

    [Fact]
    public void Numbers_are_exported_alike_in_every_culture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
        try
        {
            _here.WriteProject("f = 1_234.5\ni = 1_234\nn = -1");

            using SecretsStore secrets = _here.Build();

            Assert.Equal("f=1234.5 i=1234 n=-1", _here.Environment.ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
