using System.Net.Sockets;
using Secrets.Files;
using Secrets.Tests.Fakes;

namespace Secrets.Tests.Files;

public sealed class FileOpenerTests : IDisposable
{
    private readonly TempDirectory _temp = new();

    public void Dispose() => _temp.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_file_is_opened_and_regular(bool followsLinks)
    {
        using FileStream file = FileOpener.Open(_temp.Write("ä 🔑", "content"), followsLinks)!;

        Assert.True(FileOpener.IsRegular(file));
        Assert.Equal("content", new StreamReader(file).ReadToEnd());
    }

    [Theory]
    [InlineData("absent")]
    [InlineData("absent/absent")]
    [InlineData("file/absent")]
    public void What_does_not_exist_is_absent(string path)
    {
        _temp.Write("file", "");

        Exception? e = Record.Exception(() => FileOpener.Open(_temp[path], followsLinks: true));

        Assert.True(e is FileNotFoundException or DirectoryNotFoundException);
    }

    [Fact]
    public void A_folder_is_not_opened()
    {
        Assert.Throws<UnauthorizedAccessException>(() => FileOpener.Open(_temp.Folder("a"), followsLinks: true));
    }

    [Theory]
    [InlineData("a/b")]
    [InlineData("a")]
    public void What_is_forbidden_is_denied(string forbidden)
    {
        string file = _temp.Write("a/b", "");
        FileOpener.Open(file, followsLinks: true)!.Dispose();

        Unix.Forbidden(_temp[forbidden], () => Assert.Throws<UnauthorizedAccessException>(() => FileOpener.Open(file, followsLinks: false)));
    }

    [Fact]
    public void A_link_is_followed_only_if_it_may_be()
    {
        Unix.Link(_temp["l"], _temp.Write("a", "x"));

        FileOpener.Open(_temp["l"], followsLinks: true)!.Dispose();

        Assert.Throws<IOException>(() => FileOpener.Open(_temp["l"], followsLinks: false));
    }

    [Fact]
    public async Task A_pipe_is_neither_waited_for_nor_taken_for_a_file()
    {
        Unix.MakePipe(_temp["a"]);

        using FileStream? pipe = await Task.Run(() => FileOpener.Open(_temp["a"], followsLinks: false)).WaitAsync(TimeSpan.FromSeconds(20));

        Assert.True(pipe is null || !FileOpener.IsRegular(pipe));
    }

    // Opening a pipe releases whoever waits to write to it, and what is written then is lost.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task On_Linux_the_writer_of_a_pipe_is_not_disturbed(bool followsLinks)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "elsewhere a pipe is known by opening it");
        Unix.MakePipe(_temp["a"]);
        Task writer = Task.Run(() => File.WriteAllText(_temp["a"], "secret"), TestContext.Current.CancellationToken);

        Assert.Null(FileOpener.Open(_temp["a"], followsLinks));
        Assert.False(writer.IsCompleted);

        Assert.Equal("secret", await File.ReadAllTextAsync(_temp["a"], TestContext.Current.CancellationToken));
        await writer;
    }

    // What becomes a pipe or a device between the look and the opening is told by the open file.
    [Fact]
    public void An_open_pipe_is_not_regular()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux opens a pipe for both without waiting");
        Unix.MakePipe(_temp["a"]);

        using var pipe = new FileStream(_temp["a"], FileMode.Open, FileAccess.ReadWrite);

        Assert.False(FileOpener.IsRegular(pipe));
    }

    [Fact]
    public void A_socket_is_nothing_that_can_be_opened()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "sockets are files on Unix");
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(_temp["a"]));

        Assert.Null(FileOpener.Open(_temp["a"], followsLinks: false));
    }

    [Theory]
    [InlineData("/dev/null")]
    [InlineData("/dev/zero")]
    public void A_device_is_not_regular(string device)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists(device), "there is no " + device);

        Assert.Null(FileOpener.Open(device, followsLinks: false));
        using var file = new FileStream(device, FileMode.Open, FileAccess.Read);
        Assert.False(FileOpener.IsRegular(file));
    }
}
