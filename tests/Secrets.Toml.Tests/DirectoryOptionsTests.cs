namespace Secrets.Toml.Tests;

public class DirectoryOptionsTests
{
    public static TheoryData<string, Action<DirectoryOptions>> Invalid => new()
    {
        { "MaxSize must be at least 1 byte", o => o.MaxSize = 0 },
        { "MaxSize must be at least 1 byte", o => o.MaxSize = int.MinValue },
        { "MaxFiles must be at least 1", o => o.MaxFiles = 0 },
        { "MaxFiles must be at least 1", o => o.MaxFiles = -1 },
    };

    [Fact]
    public void Defaults_are_the_documented_ones()
    {
        var options = new DirectoryOptions();

        Assert.Equal(1024 * 1024, options.MaxSize);
        Assert.Equal(1000, options.MaxFiles);
        Assert.True(options.NestKeys);
        Assert.False(options.ExportToEnvironment);
        Assert.Null(options.Name);
        options.Validate();
    }

    [Theory]
    [MemberData(nameof(Invalid))]
    public void What_cannot_work_is_refused_when_it_is_added(string rule, Action<DirectoryOptions> configure)
    {
        SecretsSourceException e = Assert.Throws<SecretsSourceException>(() => new SecretsBuilder().AddDirectory("a", configure));

        Assert.Equal((SecretsErrorCode.InvalidConfiguration, "directory"), (e.Code, e.SourceName));
        Assert.Equal($"Invalid DirectoryOptions: {rule}.", e.Message);
    }

    [Fact]
    public void The_ends_of_each_range_are_allowed()
    {
        new DirectoryOptions { MaxSize = 1, MaxFiles = 1 }.Validate();
        new DirectoryOptions { MaxSize = int.MaxValue, MaxFiles = int.MaxValue }.Validate();
    }
}
