using System.Text;
using Secrets.Files;
using Secrets.Tests.Fakes;

namespace Secrets.Tests.Files;

public sealed class SecretsFileTests : IDisposable
{
    private const int Mebibyte = 1024 * 1024;

    private const UnixFileMode ReadableByAll = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private readonly TempDirectory _temp = new();

    public void Dispose() => _temp.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(511)]
    [InlineData(512)]
    [InlineData(81920)]
    [InlineData(200_000)]
    public void A_file_is_read_whole(int size)
    {
        byte[] content = [.. Enumerable.Range(0, size).Select(i => (byte)i)];

        Assert.Equal(content, Read(_temp.Write("a.toml", content), maxSize: Mebibyte));
        Assert.Equal(content, Read(_temp["a.toml"], maxSize: Math.Max(1, size)));
    }

    [Fact]
    public void A_file_that_is_larger_than_allowed_is_malformed()
    {
        string file = _temp.Write("a.toml", new byte[11]);

        SecretsFormatException e = Assert.Throws<SecretsFormatException>(() => Read(file, maxSize: 10));

        Assert.Contains("larger than the 10 bytes", e.Message);
        Assert.Equal(("a.toml", 0, 0), (e.File, e.Line, e.Column));
    }

    [Fact]
    public void The_name_of_a_file_stays_on_one_line_of_the_message()
    {
        Directory.CreateDirectory(_temp["folder"]);
        var file = new SecretsFile(_temp["folder"], "a\nforged", isListed: true);

        Assert.StartsWith(
            "a\\nforged is a directory",
            Assert.Throws<SecretsSourceException>(() => file.Read(Mebibyte, "toml", [])).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_huge_file_is_refused_by_its_length_alone()
    {
        using (FileStream sparse = File.Create(_temp["a.toml"]))
        {
            sparse.SetLength(1L << 33);
        }

        Assert.Throws<SecretsFormatException>(() => Read(_temp["a.toml"], maxSize: Mebibyte));
    }

    [Theory]
    [InlineData("absent.toml")]
    [InlineData("absent/absent.toml")]
    [InlineData("file/absent.toml")]
    public void What_does_not_exist_is_absent(string path)
    {
        _temp.Write("file", "a shell's own ~/.secrets, say");

        Assert.Null(Read(_temp[path]));
    }

    [Fact]
    public void A_link_to_nothing_is_absent_and_one_to_a_file_is_that_file()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege on Windows");
        File.CreateSymbolicLink(_temp["nothing.toml"], _temp["absent"]);
        File.CreateSymbolicLink(_temp["one.toml"], _temp["two.toml"]);
        File.CreateSymbolicLink(_temp["two.toml"], _temp.Write("data/a.toml", "a"));

        Assert.Null(Read(_temp["nothing.toml"]));
        Assert.Equal("a"u8.ToArray(), Read(_temp["one.toml"]));
    }

    [Fact]
    public void A_link_to_itself_is_unavailable()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege on Windows");
        File.CreateSymbolicLink(_temp["a.toml"], _temp["a.toml"]);

        SecretsSourceException e = Assert.Throws<SecretsSourceException>(() => Read(_temp["a.toml"]));

        Assert.Equal((SecretsErrorCode.Unavailable, "toml#2"), (e.Code, e.SourceName));
        Assert.Contains("a.toml cannot be read: its links lead in a circle.", e.Message);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_directory_is_a_mistake_of_whoever_named_it(bool isListed)
    {
        _temp.Folder("a.toml");

        SecretsSourceException e = Assert.Throws<SecretsSourceException>(() => Read(_temp["a.toml"], isListed: isListed));

        Assert.Equal((SecretsErrorCode.InvalidConfiguration, "toml#2"), (e.Code, e.SourceName));
        Assert.Equal("a.toml is a directory; name the file in it.", e.Message);
    }

    [Theory]
    [InlineData("a.toml", "a.toml")]
    [InlineData("a.toml", "")]
    [InlineData("folder/a.toml", "folder")]
    public void A_file_or_a_folder_without_permission_is_denied(string path, string forbidden)
    {
        string file = _temp.Write(path, "a = 1");

        SecretsSourceException e = Unix.Forbidden(_temp[forbidden], () => Assert.Throws<SecretsSourceException>(() => Read(file)));

        Assert.Equal((SecretsErrorCode.AccessDenied, "toml#2"), (e.Code, e.SourceName));
        Assert.Contains("a.toml cannot be read: this process has no permission", e.Message);
        Assert.Null(e.InnerException);
    }

    [Fact]
    public void An_empty_file_that_may_not_be_written_is_empty()
    {
        string file = _temp.Write("a.toml", "");
        Unix.SetMode(file, ReadableByAll);

        Assert.Empty(Unix.Bound(() => Read(file))!);
    }

    [Fact]
    public async Task A_pipe_in_a_place_that_nobody_named_is_refused_without_waiting()
    {
        Unix.MakePipe(_temp["a.toml"]);
        File.CreateSymbolicLink(_temp["link.toml"], _temp["a.toml"]);

        foreach (string name in new[] { "a.toml", "link.toml" })
        {
            Task<SecretsSourceException> read = Task.Run(() => Assert.Throws<SecretsSourceException>(() => Read(_temp[name])));
            SecretsSourceException e = await read.WaitAsync(TimeSpan.FromSeconds(20));

            Assert.Equal((SecretsErrorCode.InvalidConfiguration, "toml#2"), (e.Code, e.SourceName));
            Assert.Equal(name + " is not a regular file; name it in Files to read it nevertheless.", e.Message);
        }
    }

    [Fact]
    public async Task A_pipe_that_may_not_be_written_does_not_wait_either()
    {
        Unix.MakePipe(_temp["a.toml"]);
        Unix.SetMode(_temp["a.toml"], ReadableByAll);
        Task<SecretsSourceException> read = Task.Run(() => Unix.Bound(() => Assert.Throws<SecretsSourceException>(() => Read(_temp["a.toml"]))));

        Assert.Contains("is not a regular file", (await read.WaitAsync(TimeSpan.FromSeconds(20))).Message);
    }

    [Fact]
    public void An_empty_file_that_may_not_be_read_is_denied()
    {
        string file = _temp.Write("a.toml", "");

        SecretsSourceException e = Unix.Forbidden(file, () => Assert.Throws<SecretsSourceException>(() => Read(file)));

        Assert.Equal(SecretsErrorCode.AccessDenied, e.Code);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public void A_directory_that_is_listed_is_one(bool isListed, bool isDirectory)
    {
        Assert.Equal(isDirectory, new SecretsFile(_temp.Folder("a"), "a", isListed).IsDirectory);
        Assert.False(new SecretsFile(_temp.Write("b", ""), "b", isListed).IsDirectory);
        Assert.False(new SecretsFile(_temp["absent"], "absent", isListed).IsDirectory);
    }

    [Theory]
    [InlineData(100_000, Mebibyte)]
    [InlineData(0, 1)]
    public async Task A_pipe_that_was_named_is_read_until_it_ends(int size, int maxSize)
    {
        Unix.MakePipe(_temp["a.toml"]);
        byte[] content = new byte[size];
        Task write = Fill(_temp["a.toml"], content);

        byte[]? read = await Task.Run(() => Read(_temp["a.toml"], maxSize, isListed: true)).WaitAsync(TimeSpan.FromSeconds(20));

        await write;
        Assert.Equal(content, read);
    }

    [Fact]
    public async Task A_pipe_without_end_is_larger_than_allowed()
    {
        Unix.MakePipe(_temp["a.toml"]);
        Task write = Fill(_temp["a.toml"], new byte[Mebibyte]);

        await Task.Run(() => Assert.Throws<SecretsFormatException>(() => Read(_temp["a.toml"], 1000, isListed: true))).WaitAsync(TimeSpan.FromSeconds(20));

        await Assert.ThrowsAsync<IOException>(() => write);
    }

    [Theory]
    [InlineData("/dev/null", "")]
    [InlineData("/dev/zero", null)]
    public void Devices_end_or_are_larger_than_allowed(string device, string? content)
    {
        Assert.SkipUnless(File.Exists(device), "there is no " + device);
        File.CreateSymbolicLink(_temp["a.toml"], device);

        if (content is null)
        {
            Assert.Throws<SecretsFormatException>(() => Read(_temp["a.toml"]));
        }
        else
        {
            Assert.Equal(content, Encoding.UTF8.GetString(Read(_temp["a.toml"])!));
        }
    }

    [Theory]
    [InlineData("600", null)]
    [InlineData("400", null)]
    [InlineData("700", null)]
    [InlineData("640", "open to other users")]
    [InlineData("620", "open to other users")]
    [InlineData("604", "open to other users")]
    [InlineData("602", "open to other users")]
    [InlineData("644", "open to other users")]
    public void A_file_that_others_can_read_or_write_is_a_warning(string mode, string? warning)
    {
        string file = _temp.Write("a.toml", "a = 1");
        Unix.SetMode(file, Mode(mode));
        List<string> warnings = [];

        Read(file, warnings: warnings);

        if (warning is null)
        {
            Assert.Empty(warnings);
        }
        else
        {
            Assert.Contains(warning, Assert.Single(warnings));
            Assert.EndsWith("chmod 600 a.toml", warnings[0]);
        }
    }

    [Theory]
    [InlineData("700", false)]
    [InlineData("755", false)]
    [InlineData("775", false)]
    [InlineData("777", true)]
    [InlineData("702", true)]
    public void A_folder_that_everybody_can_write_to_is_a_warning(string mode, bool isWarning)
    {
        string file = _temp.Write("folder/a.toml", "a = 1");
        Unix.SetMode(_temp["folder"], Mode(mode));
        List<string> warnings = [];

        Read(file, warnings: warnings);

        Assert.Equal(
            isWarning ? ["a.toml lies in a directory that every user of this machine can write to, and so replace it."] : [],
            warnings);
    }

    [Fact]
    public void A_file_is_read_while_somebody_writes_it()
    {
        string file = _temp.Write("a.toml", "a = 1");
        using FileStream writer = new(file, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);

        Assert.Equal("a = 1"u8.ToArray(), Read(file));
    }

    private static byte[]? Read(string path, int maxSize = Mebibyte, bool isListed = false, List<string>? warnings = null) =>
        new SecretsFile(path, Path.GetFileName(path), isListed).Read(maxSize, "toml#2", warnings ?? []);

    private static Task Fill(string pipe, byte[] content) => Task.Run(() =>
    {
        using FileStream stream = new(pipe, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        stream.Write(content);
    });

    private static UnixFileMode Mode(string octal) => (UnixFileMode)Convert.ToInt32(octal, 8);
}
