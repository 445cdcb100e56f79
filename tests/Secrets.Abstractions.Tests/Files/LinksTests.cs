using Secrets.Files;
using Secrets.Tests.Fakes;

namespace Secrets.Tests.Files;

public sealed class LinksTests : IDisposable
{
    private readonly TempDirectory _temp = new();
    private readonly string _real;

    // The temporary directory may itself be below a link, as on macOS.
    public LinksTests() => _real = Links.Follow(_temp.Path)!;

    public void Dispose() => _temp.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("a/b/c")]
    [InlineData("absent/b")]
    public void What_is_no_link_is_where_it_is(string path)
    {
        _temp.Write("a/b/c", "");

        Assert.Equal(Real(path), Links.Follow(_temp[path]));
        Assert.False(Links.IsLink(_temp[path]));
    }

    [Fact]
    public void A_root_is_where_it_is()
    {
        string root = Path.GetPathRoot(_temp.Path)!;

        Assert.Equal(root, Links.Follow(root));
    }

    [Theory]
    [InlineData("l", "a/b", "l", "a/b")]
    [InlineData("l", "a/b", "l/c", "a/b/c")]
    [InlineData("l", "./a/./b/", "l/c", "a/b/c")]
    [InlineData("a/l", "../x", "a/l", "x")]
    [InlineData("a/l", "..", "a/l/a/l/c", "c")]
    [InlineData("a/l", "absent", "a/l/x", "a/absent/x")]
    [InlineData("a/l", "/", "a/l/x", "/x")]
    [InlineData("a/l", "/../..", "a/l/x", "/x")]
    [InlineData("a/l", "/absent/../x", "a/l", "/x")]
    public void A_link_is_followed_wherever_it_stands(string link, string target, string path, string place)
    {
        _temp.Write("a/b/c", "");
        Unix.Link(_temp[link], target);

        Assert.Equal(place.StartsWith('/') ? place : Real(place), Links.Follow(_temp[path]));
        Assert.True(Links.IsLink(_temp[link]));
    }

    [Fact]
    public void A_parent_is_that_of_where_a_link_leads()
    {
        _temp.Write("a/b/c", "");
        Unix.Link(_temp["l"], "a/b");
        Unix.Link(_temp["m"], "l/../x");

        Assert.Equal(Real("a/x"), Links.Follow(_temp["m"]));
    }

    [Fact]
    public void As_many_links_are_followed_as_the_system_follows()
    {
        _temp.Write("0", "x");
        for (int i = 1; i <= 41; i++)
        {
            Unix.Link(_temp[$"{i}"], $"{i - 1}");
        }

        Assert.Equal(Real("0"), Links.Follow(_temp["40"]));
        Assert.Null(Links.Follow(_temp["41"]));
    }

    [Theory]
    [InlineData("a", "a")]
    [InlineData("a", "a/b")]
    [InlineData("a", "./../{here}/a")]
    public void A_circle_leads_nowhere(string link, string target)
    {
        Unix.Link(_temp[link], target.Replace("{here}", Path.GetFileName(_temp.Path)));

        Assert.Null(Links.Follow(_temp["a"]));
        Assert.True(Links.IsLink(_temp["a"]));
    }

    private string Real(string relative) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(relative, _real));
}
