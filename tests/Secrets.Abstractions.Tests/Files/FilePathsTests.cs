using Secrets.Files;
using Secrets.Tests.Fakes;

namespace Secrets.Tests.Files;

/// <summary>How files and directories are named and compared.</summary>
public sealed class FilePathsTests : IDisposable
{
    private readonly TempDirectory _temp = new();

    public void Dispose() => _temp.Dispose();

    [Theory]
    [InlineData("/", true)]
    [InlineData("/home", true)]
    [InlineData("/home/u", false)]
    [InlineData("/home/u/x", false)]
    [InlineData("/hom", false)]
    [InlineData("/srv", false)]
    public void A_directory_is_above_home_or_not(string directory, bool isAbove)
    {
        directory = directory.Replace('/', Path.DirectorySeparatorChar);

        Assert.Equal(isAbove, FilePaths.IsAbove(directory, "/home/u".Replace('/', Path.DirectorySeparatorChar)));
        Assert.False(FilePaths.IsAbove(directory, home: null));
    }

    [Fact]
    public void A_home_is_the_one_that_is_set_or_none_or_the_user_s()
    {
        Assert.Equal(_temp["h"], FilePaths.Home(_temp["h"] + Path.DirectorySeparatorChar, _temp.Path));
        Assert.Equal(_temp["h"], FilePaths.Home("h", _temp.Path));
        Assert.Null(FilePaths.Home("", _temp.Path));
        Assert.Equal(_temp["h"], FilePaths.Home(_temp["h"], current: null));
        Assert.Null(FilePaths.Home("h", current: null));
        Assert.Equal(
            Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) is { Length: > 0 } own ? FilePaths.Full(own) : null,
            FilePaths.Home(null, _temp.Path));
    }

    [Theory]
    [InlineData("here/a/b", "a/b")]
    [InlineData("here", ".")]
    [InlineData("a", null)]
    public void A_place_is_relative_if_it_is_below(string path, string? expected) =>
        Assert.Equal(expected?.Replace('/', Path.DirectorySeparatorChar) ?? _temp[path], FilePaths.DisplayName(_temp[path], _temp["here"]));

    [Fact]
    public void A_place_is_not_relative_to_the_root_of_the_file_system() =>
        Assert.Equal(_temp["a"], FilePaths.DisplayName(_temp["a"], Path.GetPathRoot(_temp.Path)!));
}
