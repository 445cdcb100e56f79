using Secrets.Files;
using Secrets.Tests.Fakes;

namespace Secrets.Tests.Files;

/// <summary>What <see cref="SecretsFileFinderTests"/> does not show: it has the rules of discovery and of a current directory that is gone.</summary>
public sealed class FileContextTests : IDisposable
{
    private readonly TempDirectory _temp = new();

    public void Dispose() => _temp.Dispose();

    private FileContext Context(string? project = null, SecretsBuilder? builder = null) => new(project, _temp["home"], () => _temp["work"], builder, "toml");

    [Theory]
    [InlineData("a", "work/a")]
    [InlineData("../a", "a")]
    [InlineData("~/a", "home/a")]
    [InlineData("~//a", "home/a")]
    [InlineData("~a", "work/~a")]
    [InlineData("~", "work/~")]
    public void A_path_counts_from_the_start_or_from_home(string file, string expected) => Assert.Equal(_temp[expected], Context().Expand(file, "toml"));

    [Fact]
    public void The_start_is_the_option_s_then_the_builder_s_then_the_current_directory()
    {
        var builder = new SecretsBuilder();
        FileContext context = Context(builder: builder);
        Assert.Equal(_temp["work"], context.Start);

        // The builder may be told after the source was added.
        builder.ProjectDirectory = _temp["b"] + Path.DirectorySeparatorChar;
        Assert.Equal(_temp["b"], context.Start);
        Assert.Equal(_temp["work/p"], Context("p", builder).Start);
    }

    [Theory]
    [InlineData("a.toml", null, "a.toml")]
    [InlineData("~/a.toml", null, "~/a.toml")]
    [InlineData("a.toml", "sub", "sub/a.toml")]
    [InlineData("~/a.toml", "sub", "~/a.toml")]
    [InlineData("a.toml", "../other", null)]
    public void A_listed_file_is_called_as_it_was_listed_where_an_editor_finds_it_so(string listed, string? project, string? expected)
    {
        FileContext context = Context(project);
        string path = context.Expand(listed, "toml");

        Assert.Equal(expected?.Replace('/', Path.DirectorySeparatorChar) ?? path, context.DisplayName(path, listed).Replace('/', Path.DirectorySeparatorChar));
    }
}
