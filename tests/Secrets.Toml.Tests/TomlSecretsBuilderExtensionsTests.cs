namespace Secrets.Toml.Tests;

public sealed class TomlSecretsBuilderExtensionsTests : IDisposable
{
    private readonly Workspace _here = new();

    public void Dispose() => _here.Dispose();

    [Fact]
    public void AddToml_takes_the_files_that_are_found()
    {
        _here.WriteHome("a = 'home'\nb = 'home'");
        _here.WriteProject("a = 'project'");

        using SecretsStore secrets = _here.Builder().AddToml(_here.Here).Build();

        Assert.Equal("project", secrets.GetString("a"));
        Assert.Equal("home", secrets.GetString("b"));
    }

    [Fact]
    public void AddToml_takes_one_file_by_its_path()
    {
        _here.WriteProject("a = 'not asked'");
        string absolute = _here.Write("elsewhere/my.toml", "a = 'absolute'");
        _here.Write("home/project/my.toml", "a = 'relative'");

        using SecretsStore first = _here.Builder().AddToml(absolute, _here.Here).Build();
        using SecretsStore second = _here.Builder().AddToml("my.toml", _here.Here).Build();
        using SecretsStore third = _here.Builder().AddToml(absolute).Build();

        Assert.Equal("absolute", first.GetString("a"));
        Assert.Equal("relative", second.GetString("a"));
        Assert.Equal("absolute", third.GetString("a"));
    }

    [Fact]
    public void AddToml_takes_more_files_beside_the_one()
    {
        _here.Write("home/project/base.toml", "a = 'base'\nb = 'base'");
        _here.Write("home/project/more.toml", "b = 'more'");

        using SecretsStore secrets = _here.Builder().AddToml("base.toml", _here.With(o => o.Files.Add("more.toml"))).Build();

        Assert.Equal("base more", $"{secrets.GetString("a")} {secrets.GetString("b")}");
    }

    [Fact]
    public void AddToml_takes_options_and_copies_them()
    {
        _here.Write("home/project/my.toml", "a = 1");
        var options = new TomlOptions { Files = ["my.toml"], Name = "files", ExportToEnvironment = false };
        _here.Here(options);
        SecretsBuilder builder = _here.Builder().AddToml(options);
        options.Files.Clear();
        options.Name = "other";
        options.ExportToEnvironment = true;

        using SecretsStore secrets = builder.Build();

        Assert.Equal("files", secrets["a"].Origin.SourceName);
        Assert.Equal("", _here.Environment.ToString());
    }

    [Fact]
    public void AddTomlText_takes_a_document()
    {
        using SecretsStore secrets = _here.Builder().AddTomlText("[database]\npassword = 'x'").Build();

        Assert.Equal("x", secrets.GetString("database.password"));
        Assert.Equal("toml text(2,1)", secrets["database"]["password"].Origin.ToString());
    }

    [Fact]
    public void AddTomlFromEnvironment_takes_a_document_that_a_variable_holds()
    {
        _here.Environment["SECRETS_TOML"] = "a = 'default name'";
        _here.Environment["BOX"] = "a = 'box'";

        using SecretsStore first = _here.Builder().AddTomlFromEnvironment(configure: _here.Here).Build();
        using SecretsStore second = _here.Builder().AddTomlFromEnvironment("BOX", _here.With(o => o.Name = "box")).Build();

        Assert.Equal("default name", first.GetString("a"));
        Assert.Equal("toml SECRETS_TOML(1,1)", first["a"].Origin.ToString());
        Assert.Equal("box", second.GetString("a"));
        Assert.Equal("box BOX(1,1)", second["a"].Origin.ToString());
    }

    [Fact]
    public void One_chain_takes_them_all_and_the_first_wins()
    {
        _here.WriteProject("a = 'found'");
        _here.Write("home/project/my.toml", "a = 'listed'\nb = 'listed'");
        _here.Environment["SECRETS_TOML"] = "a = 'variable'\nb = 'variable'\nc = 'variable'";

        using SecretsStore secrets = _here.Builder()
            .AddToml(_here.Here)
            .AddToml("my.toml", _here.Here)
            .AddTomlFromEnvironment(configure: _here.Here)
            .AddTomlText("a = 'text'\nb = 'text'\nc = 'text'\nd = 'text'")
            .Build();

        Assert.Equal(["found", "listed", "variable", "text"], secrets.Values.Select(v => v.Reveal()));
        Assert.Equal(["toml", "toml#2", "toml#3", "toml#4"], secrets.Sources.Select(s => s.Name));
        Assert.Equal(["toml", "toml#2", "toml#3", "toml#4"], secrets.Values.Select(v => v.Origin.SourceName));
    }

    [Fact]
    public void Adding_does_no_input_or_output()
    {
        static T Refuse<T>() => throw new InvalidOperationException("read too early");
        Action<TomlOptions> refuse = o => o.Variable = _ => Refuse<string?>();

        Assert.NotNull(_here.Builder().AddToml().AddToml("absent.toml", refuse).AddToml(refuse).AddTomlFromEnvironment("X", refuse).AddTomlText("= no TOML"));
    }

    [Fact]
    public void A_missing_argument_is_refused_at_once()
    {
        SecretsBuilder builder = _here.Builder();

        Assert.Throws<ArgumentNullException>("builder", () => TomlSecretsBuilderExtensions.AddToml(null!));
        Assert.Throws<ArgumentNullException>("builder", () => TomlSecretsBuilderExtensions.AddToml(null!, "a.toml"));
        Assert.Throws<ArgumentNullException>("builder", () => TomlSecretsBuilderExtensions.AddToml(null!, _here.Here));
        Assert.Throws<ArgumentNullException>("builder", () => TomlSecretsBuilderExtensions.AddToml(null!, new TomlOptions()));
        Assert.Throws<ArgumentNullException>("builder", () => TomlSecretsBuilderExtensions.AddTomlText(null!, ""));
        Assert.Throws<ArgumentNullException>("builder", () => TomlSecretsBuilderExtensions.AddTomlFromEnvironment(null!));
        Assert.Throws<ArgumentNullException>("path", () => builder.AddToml((string)null!));
        Assert.Throws<ArgumentNullException>("options", () => builder.AddToml((TomlOptions)null!));
        Assert.Throws<ArgumentNullException>("configure", () => builder.AddToml((Action<TomlOptions>)null!));
        Assert.Throws<ArgumentNullException>("text", () => builder.AddTomlText(null!));
        Assert.Throws<ArgumentNullException>("variable", () => builder.AddTomlFromEnvironment(null!));
        Assert.Throws<ArgumentException>("variable", () => builder.AddTomlFromEnvironment(""));
    }

    [Fact]
    public void A_name_that_is_used_twice_and_a_builder_that_has_built_are_refused()
    {
        SecretsBuilder builder = _here.Builder().AddToml(_here.With(o => o.Name = "a"));

        Assert.Equal(
            SecretsErrorCode.InvalidConfiguration,
            Assert.Throws<SecretsSourceException>(() => builder.AddTomlText("", o => o.Name = "a")).Code);

        builder.Build().Dispose();

        Assert.Throws<InvalidOperationException>(() => builder.AddToml());
    }

    [Fact]
    public void Build_stays_on_the_calling_thread_whatever_its_context()
    {
        _here.WriteProject(string.Join('\n', Enumerable.Range(0, 50).Select(i => $"key_{i} = 'value {i}'")));
        var threads = new List<int>();
        SecretsBuilder builder = _here.Builder().AddToml(_here.With(o => o.Variable = _ =>
        {
            threads.Add(Environment.CurrentManagedThreadId);
            return null;
        })).AddEnvironment();
        var context = new RefusingContext();
        SynchronizationContext? before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(context);
        try
        {
            using SecretsStore secrets = builder.Build();

            Assert.Equal("value 49", secrets.GetString("key_49"));
            Assert.Equal(50, secrets.Count);
            Assert.Equal([Environment.CurrentManagedThreadId], threads.Distinct());
            Assert.Same(context, SynchronizationContext.Current);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    private sealed class RefusingContext : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state) => throw new InvalidOperationException("a blocked thread runs nothing");

        public override void Send(SendOrPostCallback d, object? state) => throw new InvalidOperationException("a blocked thread runs nothing");
    }
}
