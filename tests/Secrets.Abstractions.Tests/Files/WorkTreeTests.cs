using Secrets.Files;
using Secrets.Tests.Fakes;

namespace Secrets.Tests.Files;

/// <summary>What the finders of files share; <see cref="SecretsFileFinderTests"/> has the rules of discovery.</summary>
public sealed class WorkTreeTests : IDisposable
{
    private readonly TempDirectory _temp = new();

    public void Dispose() => _temp.Dispose();

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
}
