using Secrets.Files;
using Secrets.Tests.Fakes;
using Secrets.Toml.Files;

namespace Secrets.Toml.Tests.Files;

/// <summary>A work tree that another user put above the directory where a program starts, as in <c>/tmp</c>.</summary>
public sealed class FileOwnerTests : IDisposable
{
    private readonly Workspace _here = new();

    public void Dispose() => _here.Dispose();

    [Fact]
    public void What_is_one_s_own_or_is_not_there_is_not_foreign()
    {
        string file = _here.WriteProject("a = 1");

        Assert.False(FileOwner.IsForeign(file, _here.Root));
        Assert.False(FileOwner.IsForeign(file + "x", _here.Root));
    }

    // The file itself, the folder that holds it, and a link in the place of either.
    [Theory]
    [InlineData("home/project/.secrets/secrets.toml")]
    [InlineData("home/project/.secrets")]
    public void A_parent_s_file_of_another_user_is_refused(string foreign)
    {
        Plant();
        Unix.GiveToNobody(Path.Combine(_here.Root, foreign));

        SecretsSourceException e = Assert.Throws<SecretsSourceException>(() => Build("sub"));

        Assert.Equal((SecretsErrorCode.InvalidConfiguration, "toml"), (e.Code, e.SourceName));
        Assert.Equal(
            $"{Path.Combine(_here.Project, Workspace.ProjectFile)} was found in a parent directory, and belongs to another user of this machine. Name it in Files to read it nevertheless, or make it yours.",
            e.Message);
    }

    [Fact]
    public void A_link_of_another_user_to_one_s_own_file_is_refused()
    {
        Plant();
        string own = _here.Write("own.toml", "a = 'own'");
        string link = Path.Combine(_here.Project, Workspace.ProjectFile);
        File.Delete(link);
        Unix.Link(link, own);
        Unix.GiveToNobody(link);

        Assert.Throws<SecretsSourceException>(() => Build("sub"));
    }

    [Fact]
    public void It_is_read_where_it_is_listed_and_where_the_program_starts_beside_it_or_in_a_directory_of_the_same_user()
    {
        Plant();
        string file = Path.Combine(_here.Project, Workspace.ProjectFile);
        Unix.GiveToNobody(file);
        Unix.GiveToNobody(Path.GetDirectoryName(file)!);

        using (SecretsStore listed = _here.Builder().AddToml(file, _here.Here).Build())
        using (SecretsStore beside = Build("."))
        {
            Assert.Equal("planted planted", $"{listed.GetString("a")} {beside.GetString("a")}");
        }

        // As in a container that mounts a whole work tree of a user of the host.
        Unix.GiveToNobody(Path.Combine(_here.Project, "sub"));
        using SecretsStore below = Build("sub");
        Assert.Equal("planted", below.GetString("a"));
    }

    private void Plant()
    {
        _here.Folder("home/project/.git");
        _here.Folder("home/project/sub");
        _here.WriteProject("a = 'planted'");
    }

    private SecretsStore Build(string folder) => _here.Builder().AddToml(_here.With(o => o.CurrentDirectory = () => Path.Combine(_here.Project, folder))).Build();
}
