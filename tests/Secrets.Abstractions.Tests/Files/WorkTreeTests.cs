using Secrets.Files;
using Secrets.Tests.Fakes;

namespace Secrets.Tests.Files;

/// <summary>What the finders of files share; <see cref="SecretsFileFinderTests"/> has the rules of discovery.</summary>
public sealed class WorkTreeTests : IDisposable
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

        Assert.Equal(isAbove, WorkTree.IsAbove(directory, "/home/u".Replace('/', Path.DirectorySeparatorChar)));
        Assert.False(WorkTree.IsAbove(directory, home: null));
    }

    [Fact]
    public void The_nearest_directory_is_looked_for_up_to_the_root_of_the_tree()
    {
        _temp.Folder("work/.git");
        string[] directories = [_temp["work/a/b"], _temp["work/a"], _temp["work"]];
        List<string> asked = [];

        Assert.Equal(directories[0], WorkTree.Nearest(directories[0], home: null, directory => Ask(directory, isThere: false)));
        Assert.Equal(directories, asked);
        Assert.Equal(directories[2], WorkTree.Nearest(directories[0], home: null, directory => directory == directories[2]));
        Assert.Equal(directories[1], WorkTree.Nearest(directories[0], home: null, directory => directory != directories[0]));
        Assert.Equal(directories[0], WorkTree.Nearest(directories[0], home: null, _ => true));

        bool Ask(string directory, bool isThere)
        {
            asked.Add(directory);
            return isThere;
        }
    }

    [Fact]
    public void A_home_is_the_one_that_is_set_or_none_or_the_user_s()
    {
        Assert.Equal(_temp["h"], WorkTree.Home(_temp["h"] + Path.DirectorySeparatorChar, _temp.Path));
        Assert.Equal(_temp["h"], WorkTree.Home("h", _temp.Path));
        Assert.Null(WorkTree.Home("", _temp.Path));
        Assert.Equal(_temp["h"], WorkTree.Home(_temp["h"], current: null));
        Assert.Null(WorkTree.Home("h", current: null));
        Assert.Equal(
            Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) is { Length: > 0 } own ? WorkTree.Full(own) : null,
            WorkTree.Home(null, _temp.Path));
    }

    [Theory]
    [InlineData("here/a/b", "a/b")]
    [InlineData("here", ".")]
    [InlineData("a", null)]
    public void A_place_is_relative_if_it_is_below(string path, string? expected) =>
        Assert.Equal(expected?.Replace('/', Path.DirectorySeparatorChar) ?? _temp[path], WorkTree.DisplayName(_temp[path], _temp["here"]));
}
