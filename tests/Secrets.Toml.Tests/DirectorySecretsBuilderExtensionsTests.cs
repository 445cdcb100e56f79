using Secrets.Tests.Fakes;

namespace Secrets.Toml.Tests;

public sealed class DirectorySecretsBuilderExtensionsTests : IDisposable
{
    private readonly TempDirectory _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void AddDirectory_takes_a_directory_by_its_path()
    {
        string file = _temp.Write("a/token", "x");
        string relative = Path.GetRelativePath(Environment.CurrentDirectory, _temp["a"]);

        using SecretsStore first = new SecretsBuilder().AddDirectory(_temp["a"]).Build();
        using SecretsStore second = new SecretsBuilder().AddDirectory(relative).Build();
        using SecretsStore third = new SecretsBuilder().AddDirectory(_temp["a"] + Path.DirectorySeparatorChar).Build();

        Assert.All([first, second, third], s => Assert.Equal("x", s.GetString("token")));
        Assert.Equal("directory " + file, first["token"].Origin.ToString());
        Assert.Equal("directory " + Path.Combine(relative, "token"), second["token"].Origin.ToString());
        Assert.Equal("directory " + file, third["token"].Origin.ToString());
    }

    [Fact]
    public void A_relative_path_counts_from_the_builder_s_project_directory_and_stays_where_it_was()
    {
        string file = _temp.Write("work/secrets/token", "x");
        using SecretsStore first = new SecretsBuilder { ProjectDirectory = _temp["work"] }.AddDirectory("secrets").Build();
        Assert.Equal(("x", "directory " + file), (first.GetString("token"), first["token"].Origin.ToString()));

        string current = _temp["work"];
        SecretsBuilder builder = new SecretsBuilder().AddDirectory("secrets", o => o.CurrentDirectory = () => current);
        current = _temp.Path;
        using SecretsStore second = builder.Build();
        Assert.Equal(("x", "directory " + Path.Combine("secrets", "token")), (second.GetString("token"), second["token"].Origin.ToString()));
    }

    [Fact]
    public void A_second_directory_has_a_name_of_its_own_and_the_first_wins()
    {
        _temp.Write("a/x", "a");
        _temp.Write("b/x", "b");
        _temp.Write("b/y", "b");

        using SecretsStore secrets = new SecretsBuilder()
            .AddDirectory(_temp["a"]).AddDirectory(_temp["b"]).AddDirectory(_temp["c"], o => o.Name = "mine").Build();

        Assert.Equal("a b", $"{secrets.GetString("x")} {secrets.GetString("y")}");
        Assert.Equal(["directory", "directory#2", "mine"], secrets.Sources.Select(s => s.Name));
        Assert.Equal("directory#2", secrets["y"].Origin.SourceName);
    }

    [Fact]
    public void Options_are_copied()
    {
        _temp.Write("a/x", "12");
        DirectoryOptions? kept = null;
        SecretsBuilder builder = new SecretsBuilder().AddDirectory(_temp["a"], o => kept = o);
        kept!.MaxSize = 1;

        using SecretsStore secrets = builder.Build();

        Assert.Equal("12", secrets.GetString("x"));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("a\0b")]
    public void A_path_that_is_none_is_refused_at_once(string path)
    {
        SecretsSourceException e = Assert.Throws<SecretsSourceException>(() => new SecretsBuilder().AddDirectory(path));

        Assert.Equal((SecretsErrorCode.InvalidConfiguration, "directory"), (e.Code, e.SourceName));
    }

    [Fact]
    public void A_missing_argument_is_refused_at_once()
    {
        Assert.Throws<ArgumentNullException>("builder", () => DirectorySecretsBuilderExtensions.AddDirectory(null!, "a"));
        Assert.Throws<ArgumentNullException>("path", () => new SecretsBuilder().AddDirectory(null!));
    }
}
