namespace Secrets.Cli.Commands;

public sealed class InitCommandTests : IDisposable
{
    private readonly Desk _desk = new();

    public void Dispose() => _desk.Dispose();

    [Fact]
    public async Task A_file_is_created_for_its_owner_alone_and_says_what_to_do_next()
    {
        string output = await _desk.OutputAsync("init");

        Assert.Contains("Created .secrets/secrets.toml", output, StringComparison.Ordinal);
        Assert.Contains("secrets set api_token", output, StringComparison.Ordinal);
        Assert.All(File.ReadLines(_desk.Toml), l => Assert.StartsWith("#", l, StringComparison.Ordinal));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_desk.Toml));
        }

        Assert.False(File.Exists(Path.Combine(_desk.Directory, ".gitignore")));
    }

    [Fact]
    public async Task Nothing_is_overwritten()
    {
        _desk.WriteToml("a = 1\n");

        Assert.Contains("exists already", await _desk.OutputAsync("init"), StringComparison.Ordinal);

        Assert.Equal("a = 1\n", File.ReadAllText(_desk.Toml));
    }

    [Theory]
    [InlineData(null, ".secrets/\n")]
    [InlineData("bin/", "bin/\n.secrets/\n")]
    [InlineData("bin/\r\n", "bin/\r\n.secrets/\r\n")]
    public async Task A_file_that_git_does_not_ignore_is_added_to_gitignore(string? before, string after)
    {
        _desk.Programs.GitAnswer = a => (a[0] == "rev-parse" ? 0 : 1, "");
        if (before is not null)
        {
            _desk.Write(".gitignore", before);
        }

        Assert.Contains("Added .secrets/ to .gitignore", await _desk.OutputAsync("init"), StringComparison.Ordinal);

        Assert.Equal(after, _desk.Read(".gitignore"));
    }

    [Fact]
    public async Task A_file_that_git_ignores_already_changes_no_gitignore()
    {
        _desk.Programs.GitAnswer = a => (a[0] == "ls-files" ? 1 : 0, "");

        await _desk.OutputAsync("init");

        Assert.False(File.Exists(Path.Combine(_desk.Directory, ".gitignore")));
    }

    [Fact]
    public async Task An_environment_has_a_file_of_its_own()
    {
        Assert.Contains("secrets set --env Development api_token", await _desk.OutputAsync("init", "--env", "Development"), StringComparison.Ordinal);

        Assert.True(File.Exists(Path.Combine(_desk.Directory, ".secrets", "secrets.Development.toml")));
        await _desk.FailsAsync(ExitCode.WrongUse, "init", "--env", "a/b");
    }

    [Fact]
    public async Task The_global_file_is_in_the_home_directory()
    {
        await _desk.OutputAsync("init", "--global");

        Assert.True(File.Exists(Path.Combine(_desk.Home, ".secrets", "secrets.toml")));
        Assert.False(File.Exists(_desk.Toml));
    }

    [Fact]
    public async Task Without_a_home_directory_there_is_no_global_file()
    {
        var surroundings = new Surroundings { Terminal = _desk.Terminal, Programs = _desk.Programs, Directory = _desk.Directory, Home = "", Variables = _desk.Variables };

        Assert.Equal(ExitCode.WrongUse, await CommandLine.RunAsync(["init", "--global"], surroundings));
        Assert.Contains("no home directory", _desk.Terminal.ErrorText, StringComparison.Ordinal);
        Assert.False(File.Exists(_desk.Toml));
    }

    [Fact]
    public async Task A_gitignore_that_cannot_be_written_is_named()
    {
        _desk.Programs.GitAnswer = a => (a[0] == "rev-parse" ? 0 : 1, "");
        Directory.CreateDirectory(Path.Combine(_desk.Directory, ".gitignore"));

        Assert.Contains(".gitignore cannot be written", await _desk.FailsAsync(ExitCode.SourceFailed, "init"), StringComparison.Ordinal);
    }
}
