namespace Secrets.DotEnv.Tests;

public sealed class DotEnvSecretsBuilderExtensionsTests : IDisposable
{
    private readonly Workspace _here = new();

    public void Dispose() => _here.Dispose();

    [Fact]
    public void AddDotEnv_takes_the_file_of_the_current_directory()
    {
        _here.WriteEnv("A=1");

        using SecretsStore secrets = new SecretsBuilder().AddDotEnv(_here.Here).Build();

        Assert.Equal("1", secrets.GetString("a"));
    }

    [Fact]
    public void AddDotEnv_takes_one_file_by_its_path()
    {
        _here.WriteEnv("A=not asked");
        string absolute = _here.Write("elsewhere/my.env", "A=absolute");
        _here.Write("home/project/my.env", "A=relative");

        using SecretsStore first = new SecretsBuilder().AddDotEnv(absolute, _here.Here).Build();
        using SecretsStore second = new SecretsBuilder().AddDotEnv("my.env", _here.Here).Build();
        using SecretsStore third = new SecretsBuilder().AddDotEnv(absolute).Build();

        Assert.Equal("absolute relative absolute", $"{first.GetString("a")} {second.GetString("a")} {third.GetString("a")}");
    }

    [Fact]
    public void AddDotEnv_takes_more_files_beside_the_one()
    {
        _here.Write("home/project/base.env", "A=base\nB=base");
        _here.Write("home/project/more.env", "B=more");

        using SecretsStore secrets = new SecretsBuilder().AddDotEnv("base.env", _here.With(o => o.Files.Add("more.env"))).Build();

        Assert.Equal("base more", $"{secrets.GetString("a")} {secrets.GetString("b")}");
    }

    [Fact]
    public void AddDotEnv_takes_options_and_copies_them()
    {
        _here.Write("home/project/my.env", "A=$NOPE");
        var options = new DotEnvOptions { Files = ["my.env"], Name = "files", AllowUnsetReferences = true };
        _here.Here(options);
        SecretsBuilder builder = new SecretsBuilder().AddDotEnv(options);
        options.Files.Clear();
        options.Name = "other";
        options.AllowUnsetReferences = false;
        options.MaxSize = 1;

        using SecretsStore secrets = builder.Build();

        Assert.Equal("files", secrets["a"].Origin.SourceName);
    }

    [Fact]
    public void One_chain_takes_several_and_the_first_wins()
    {
        _here.WriteEnv("A=1");
        _here.Write("home/project/my.env", "A=2\nB=2");

        using SecretsStore secrets = new SecretsBuilder().AddDotEnv(_here.Here).AddDotEnv("my.env", _here.Here).Build();

        Assert.Equal(["dotenv .env(1,1)", "dotenv#2 my.env(2,1)"], secrets.Values.Select(v => v.Origin.ToString()));
    }

    [Fact]
    public void Adding_does_no_input_or_output()
    {
        static T Refuse<T>() => throw new InvalidOperationException("read too early");
        Action<DotEnvOptions> refuse = o => o.Variable = _ => Refuse<string?>();

        Assert.NotNull(new SecretsBuilder().AddDotEnv().AddDotEnv("absent.env", refuse).AddDotEnv(refuse));
    }

    [Fact]
    public void A_missing_argument_is_refused_at_once()
    {
        var builder = new SecretsBuilder();

        Assert.Throws<ArgumentNullException>("builder", () => DotEnvSecretsBuilderExtensions.AddDotEnv(null!));
        Assert.Throws<ArgumentNullException>("builder", () => DotEnvSecretsBuilderExtensions.AddDotEnv(null!, "a.env"));
        Assert.Throws<ArgumentNullException>("builder", () => DotEnvSecretsBuilderExtensions.AddDotEnv(null!, _here.Here));
        Assert.Throws<ArgumentNullException>("builder", () => DotEnvSecretsBuilderExtensions.AddDotEnv(null!, new DotEnvOptions()));
        Assert.Throws<ArgumentNullException>("path", () => builder.AddDotEnv((string)null!));
        Assert.Throws<ArgumentNullException>("options", () => builder.AddDotEnv((DotEnvOptions)null!));
        Assert.Throws<ArgumentNullException>("configure", () => builder.AddDotEnv((Action<DotEnvOptions>)null!));
    }

    [Fact]
    public void A_name_that_is_used_twice_and_a_builder_that_has_built_are_refused()
    {
        SecretsBuilder builder = new SecretsBuilder().AddDotEnv(_here.With(o => o.Name = "a"));

        Assert.Equal(
            SecretsErrorCode.InvalidConfiguration,
            Assert.Throws<SecretsSourceException>(() => builder.AddDotEnv(_here.With(o => o.Name = "a"))).Code);

        builder.Build().Dispose();

        Assert.Throws<InvalidOperationException>(() => builder.AddDotEnv());
    }

    [Fact]
    public void A_miss_says_which_line_to_write()
    {
        Assert.EndsWith(
            $"To add database.password, write DATABASE__PASSWORD=… into {Path.Combine(_here.Project, ".env")}.",
            Assert.Throws<SecretsFileNotFoundException>(() => _here.Chain().Require("database.password").Build()).Message);
        _here.WriteEnv("X=1");
        Assert.EndsWith(
            "To add database.password, write DATABASE__PASSWORD=… into .env.",
            Assert.Throws<SecretNotFoundException>(() => _here.Chain().Require("database.password").Build()).Message);
    }
}
