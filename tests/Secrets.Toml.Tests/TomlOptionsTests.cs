using Secrets.Toml.Reading;

namespace Secrets.Toml.Tests;

public class TomlOptionsTests
{
    public static TheoryData<string, Action<TomlOptions>> Invalid => new()
    {
        { "MaxDepth must be from 1 to 128", o => o.MaxDepth = 0 },
        { "MaxDepth must be from 1 to 128", o => o.MaxDepth = -1 },
        { "MaxDepth must be from 1 to 128", o => o.MaxDepth = 129 },
        { "MaxSize must be at least 1 byte", o => o.MaxSize = 0 },
        { "MaxSize must be at least 1 byte", o => o.MaxSize = int.MinValue },
        { "Version must be Toml10 or Toml11", o => o.Version = (TomlVersion)2 },
        { "Version must be Toml10 or Toml11", o => o.Version = (TomlVersion)(-1) },
        { "Files must hold paths that are not empty", o => o.Files = null! },
        { "Files must hold paths that are not empty", o => o.Files = ["a.toml", ""] },
        { "Files must hold paths that are not empty", o => o.Files = [" "] },
        { "Files must hold paths that are not empty", o => o.Files.Add(null!) },
        { "Files must hold paths without a NUL character", o => o.Files = ["a\0b"] },
        { "ProjectDirectory must be a path, or null", o => o.ProjectDirectory = "" },
        { "ProjectDirectory must be a path, or null", o => o.ProjectDirectory = " " },
        { "ProjectDirectory must be a path, or null", o => o.ProjectDirectory = "a\0b" },
        { "EnvironmentName must be a text that a file name can have, such as Development", o => o.EnvironmentName = "../x" },
        { "EnvironmentName must be a text that a file name can have, such as Development", o => o.EnvironmentName = "a:b" },
        { "HomeDirectory must be a path, null for the user's own, or empty for none", o => o.HomeDirectory = "a\0b" },
    };

    [Fact]
    public void Defaults_are_the_documented_ones()
    {
        var options = new TomlOptions();

        Assert.Empty(options.Files);
        Assert.Equal(TomlVersion.Toml11, options.Version);
        Assert.Null(options.ProjectDirectory);
        Assert.Null(options.HomeDirectory);
        Assert.Equal(128, options.MaxDepth);
        Assert.Equal(16 * 1024 * 1024, options.MaxSize);
        Assert.True(options.ExportToEnvironment);
        Assert.Null(options.Name);
        options.Validate("toml");
    }

    [Theory]
    [MemberData(nameof(Invalid))]
    public void What_cannot_work_is_refused_when_it_is_added(string rule, Action<TomlOptions> configure)
    {
        var options = new TomlOptions();
        configure(options);

        foreach (Func<SecretsBuilder> add in new Func<SecretsBuilder>[]
        {
            () => new SecretsBuilder().AddToml(options),
            () => new SecretsBuilder().AddToml(configure),
            () => new SecretsBuilder().AddTomlText("", configure),
            () => new SecretsBuilder().AddTomlFromEnvironment("SECRETS_TOML", configure),
        })
        {
            SecretsSourceException e = Assert.Throws<SecretsSourceException>(add);

            Assert.Equal(SecretsErrorCode.InvalidConfiguration, e.Code);
            Assert.Equal($"Invalid TomlOptions: {rule}.", e.Message);
        }
    }

    [Fact]
    public void Every_mistake_is_told_at_once()
    {
        SecretsSourceException e = Assert.Throws<SecretsSourceException>(() => new SecretsBuilder().AddToml(o => (o.MaxDepth, o.MaxSize, o.PollInterval, o.Files) = (0, 0, TimeSpan.Zero, [""])));
        Assert.Equal(
            "Invalid TomlOptions: MaxDepth must be from 1 to 128; PollInterval must be greater than zero and at most one day; MaxSize must be at least 1 byte; Files must hold paths that are not empty.", e.Message);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(128, int.MaxValue)]
    public void The_ends_of_each_range_are_allowed(int maxDepth, int maxSize) => new TomlOptions { MaxDepth = maxDepth, MaxSize = maxSize }.Validate("toml");

    [Fact]
    public void The_reader_is_told_what_was_set_then()
    {
        var options = new TomlOptions { Version = TomlVersion.Toml10, MaxDepth = 7, MaxSize = 8 };
        Func<string, TomlReaderOptions> reading = options.Reading();
        (options.Version, options.MaxDepth, options.MaxSize) = (TomlVersion.Toml11, 9, 9);

        TomlReaderOptions told = reading("a.toml");

        Assert.Equal((TomlVersion.Toml10, 7, 8, "a.toml"), (told.Version, told.MaxDepth, told.MaxSize, told.File));
    }
}
