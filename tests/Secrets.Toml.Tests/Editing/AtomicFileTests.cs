using Secrets.Tests.Fakes;
using Secrets.Toml.Tests;

namespace Secrets.Toml.Editing;

public sealed class AtomicFileTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void The_mode_of_a_file_stays()
    {
        string file = _directory.Write("secrets.toml", "old");
        Unix.SetMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);

        AtomicFile.Write(file, "new"u8);

        Assert.Equal("new", File.ReadAllText(file));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead, File.GetUnixFileMode(file));
        }

        Assert.Single(Directory.GetFileSystemEntries(_directory.Path));
    }

    [Fact]
    public void A_link_stays_a_link_and_its_target_is_written()
    {
        string target = _directory.Write("real/secrets.toml", "old");
        string link = _directory["secrets.toml"];
        Unix.Link(link, target);

        AtomicFile.Write(link, "new"u8);

        Assert.Equal(target, new FileInfo(link).LinkTarget);
        Assert.Equal("new", File.ReadAllText(target));
    }

    [Fact]
    public void A_read_only_file_is_not_replaced()
    {
        string file = _directory.Write("secrets.toml", "old");
        Unix.SetMode(file, UnixFileMode.UserRead);

        Assert.Throws<UnauthorizedAccessException>(() => AtomicFile.Write(file, "new"u8));

        Assert.Equal("old", File.ReadAllText(file));
    }

    [Fact]
    public void A_failure_leaves_the_old_content_and_nothing_beside_it()
    {
        string folder = _directory.Folder("secrets.toml");

        Assert.ThrowsAny<Exception>(() => AtomicFile.Write(folder, "new"u8));

        Assert.Equal([folder], Directory.GetFileSystemEntries(_directory.Path));
    }

    [Fact]
    public void A_circle_of_links_is_an_error()
    {
        Unix.Link(_directory["a"], _directory["b"]);
        Unix.Link(_directory["b"], _directory["a"]);

        Assert.Throws<IOException>(() => AtomicFile.Write(_directory["a"], "new"u8));
    }
}
