namespace Secrets.DotEnv.Tests;

public class DotEnvOptionsTests
{
    public static TheoryData<string, Action<DotEnvOptions>> Invalid => new()
    {
        { "MaxSize must be at least 1 byte", o => o.MaxSize = 0 },
        { "MaxSize must be at least 1 byte", o => o.MaxSize = int.MinValue },
        { "Files must hold paths that are not empty", o => o.Files = null! },
        { "Files must hold paths that are not empty", o => o.Files = ["a.env", ""] },
        { "Files must hold paths that are not empty", o => o.Files = [" "] },
        { "Files must hold paths that are not empty", o => o.Files.Add(null!) },
        { "Files must hold paths without a NUL character", o => o.Files = ["a\0b"] },
        { "ProjectDirectory must be a path, or null", o => o.ProjectDirectory = "" },
        { "ProjectDirectory must be a path, or null", o => o.ProjectDirectory = " " },
        { "ProjectDirectory must be a path, or null", o => o.ProjectDirectory = "a\0b" },
    };

    [Fact]
    public void Defaults_are_the_documented_ones()
    {
        var options = new DotEnvOptions();

        Assert.Empty(options.Files);
        Assert.Null(options.ProjectDirectory);
        Assert.False(options.SearchParents);
        Assert.False(options.AllowUnsetReferences);
        Assert.Equal(1024 * 1024, options.MaxSize);
        Assert.False(options.ExportToEnvironment);
        Assert.Null(options.Name);
        options.Validate("dotenv");
    }

    [Theory]
    [MemberData(nameof(Invalid))]
    public void What_cannot_work_is_refused_when_it_is_added(string rule, Action<DotEnvOptions> configure)
    {
        var options = new DotEnvOptions();
        configure(options);

        foreach (Func<SecretsBuilder> add in new Func<SecretsBuilder>[]
        {
            () => new SecretsBuilder().AddDotEnv(options),
            () => new SecretsBuilder().AddDotEnv(configure),
            () => new SecretsBuilder().AddDotEnv("a.env", configure),
        })
        {
            SecretsSourceException e = Assert.Throws<SecretsSourceException>(add);

            Assert.Equal(SecretsErrorCode.InvalidConfiguration, e.Code);
            Assert.Equal($"Invalid DotEnvOptions: {rule}.", e.Message);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(int.MaxValue)]
    public void The_ends_of_the_range_are_allowed(int maxSize) => new DotEnvOptions { MaxSize = maxSize }.Validate("dotenv");
}
