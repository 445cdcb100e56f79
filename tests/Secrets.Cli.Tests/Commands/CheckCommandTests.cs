using System.Diagnostics;
using Secrets.Cli.Running;

namespace Secrets.Cli.Commands;

public sealed class CheckCommandTests : IDisposable
{
    private readonly Desk _desk = new();

    public void Dispose() => _desk.Dispose();

    [Fact]
    public async Task Where_nothing_is_wrong_the_answer_is_yes()
    {
        _desk.WriteToml("a = 1\nb.c = 2\n");

        Assert.Equal("No problem found; 2 secrets, 1 required.", (await _desk.OutputAsync("check", "--require", "b.c")).Trim());
    }

    [Fact]
    public async Task Missing_secrets_are_told_all_at_once_with_near_misses()
    {
        _desk.WriteToml("api_token = \"hunter2\"\n");

        string error = await _desk.FailsAsync(ExitCode.No, "check", "--require", "api_tokn", "--require", "database.password");

        Assert.Contains("api_tokn", error, StringComparison.Ordinal);
        Assert.Contains("Did you mean api_token", error, StringComparison.Ordinal);
        Assert.Contains("database.password", error, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_key_of_a_template_must_be_there()
    {
        _desk.WriteToml("a = \"x\"\n");
        _desk.Write("secrets.example.toml", "a = \"\"\n[database]\npassword = \"\"\n");
        _desk.Write("other.toml", "a = \"\"\n");

        Assert.Contains("database.password", await _desk.FailsAsync(ExitCode.No, "check"), StringComparison.Ordinal);
        await _desk.OutputAsync("check", "--template", "other.toml");
        await _desk.FailsAsync(ExitCode.WrongUse, "check", "--template", "none.toml");
    }

    [Fact]
    public async Task A_mistake_of_syntax_is_a_failed_source_with_its_place()
    {
        _desk.WriteToml("a = hunter2\n");

        string error = await _desk.FailsAsync(ExitCode.SourceFailed, "check");

        Assert.Contains(".secrets/secrets.toml(1,5)", error, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_others_can_read_is_a_problem()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "file modes are a Unix matter");
        _desk.WriteToml("a = 1\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_desk.Toml, UnixFileMode.UserRead | UnixFileMode.GroupRead);
        }

        Assert.Contains("chmod 600", await _desk.FailsAsync(ExitCode.No, "check"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Problems_of_different_kinds_are_told_at_once()
    {
        _desk.WriteToml("a = hunter2\n");
        _desk.Programs.GitAnswer = a => (a[0] is "ls-files" or "rev-parse" ? 0 : 1, "");

        string error = await _desk.FailsAsync(ExitCode.SourceFailed, "check");
        Assert.Contains("(1,5)", error, StringComparison.Ordinal);
        Assert.Contains("git tracks", error, StringComparison.Ordinal);

        Assert.SkipWhen(OperatingSystem.IsWindows(), "file modes are a Unix matter");
        _desk.WriteToml("a = 1\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_desk.Toml, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        }

        error = await _desk.FailsAsync(ExitCode.No, "check", "--require", "b");
        Assert.Contains("problem: b was not found", error, StringComparison.Ordinal);
        Assert.Contains("chmod 600", error, StringComparison.Ordinal);
        Assert.Contains("git tracks", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, true, "git tracks .secrets/secrets.toml")]
    [InlineData(false, false, "git does not ignore .secrets/secrets.toml")]
    [InlineData(false, true, null)]
    public async Task A_file_in_git_is_a_problem(bool isTracked, bool isIgnored, string? problem)
    {
        _desk.WriteToml("a = 1\n");
        _desk.Programs.GitAnswer = a => (a[0] switch { "ls-files" => isTracked ? 0 : 1, "check-ignore" => isIgnored ? 0 : 1, _ => 0 }, "");

        if (problem is null)
        {
            await _desk.OutputAsync("check");
        }
        else
        {
            Assert.Contains(problem, await _desk.FailsAsync(ExitCode.No, "check"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_hook_of_a_real_repository_is_installed_once_and_never_over_another()
    {
        var git = new SystemPrograms();
        Assert.SkipWhen(git.Git(_desk.Directory, "init", "--quiet") is not (0, _), "there is no git");
        _desk.Programs.GitAnswer = a => git.Git(_desk.Directory, a);

        Assert.Contains("Created", await _desk.OutputAsync("check", "--install-hook"), StringComparison.Ordinal);
        Assert.Contains("already", await _desk.OutputAsync("check", "--install-hook"), StringComparison.Ordinal);

        string hook = Path.Combine(_desk.Directory, ".git", "hooks", "pre-commit");
        Assert.Contains("exec secrets check", File.ReadAllText(hook), StringComparison.Ordinal);
        File.WriteAllText(hook, "#!/bin/sh\nmake lint\n");
        await _desk.FailsAsync(ExitCode.WrongUse, "check", "--install-hook");
        Assert.Equal("#!/bin/sh\nmake lint\n", File.ReadAllText(hook));
    }

    [Fact]
    public async Task The_states_of_files_are_those_of_a_real_git()
    {
        var git = new SystemPrograms();
        _desk.WriteToml("a = 1\n");
        Assert.SkipWhen(git.Git(_desk.Directory, "init", "--quiet") is not (0, _), "there is no git");
        _desk.Programs.GitAnswer = a => git.Git(_desk.Directory, a);

        Assert.Contains("does not ignore", await _desk.FailsAsync(ExitCode.No, "check"), StringComparison.Ordinal);
        git.Git(_desk.Directory, "add", ".secrets/secrets.toml");
        Assert.Contains("git tracks", await _desk.FailsAsync(ExitCode.No, "check"), StringComparison.Ordinal);
        git.Git(_desk.Directory, "rm", "--quiet", "--cached", ".secrets/secrets.toml");
        _desk.Write(".gitignore", ".secrets/\n");
        await _desk.OutputAsync("check");
    }

    [Fact]
    public async Task Files_of_other_environments_and_named_files_are_looked_at_too()
    {
        _desk.WriteToml("a = 1\n");
        _desk.Write(".secrets/secrets.Production.toml", "a = 2\n");
        _desk.Write("secrets.example.toml", "a = 0\n");
        _desk.Write(".env", "A=1\n");
        _desk.Programs.GitAnswer = a => (a[0] switch { "ls-files" => a[^1].EndsWith("secrets.toml", StringComparison.Ordinal) ? 1 : 0, _ => 0 }, "");

        string error = await _desk.FailsAsync(ExitCode.No, "check");
        Assert.Contains("git tracks .secrets/secrets.Production.toml", error, StringComparison.Ordinal);
        Assert.DoesNotContain("example", error, StringComparison.Ordinal);

        Assert.Contains("git tracks .env", await _desk.FailsAsync(ExitCode.No, "check", "--from", "dotenv:.env"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Variables_that_git_sets_for_a_hook_lead_to_no_other_repository()
    {
        var git = new SystemPrograms();
        _desk.WriteToml("a = 1\n");
        _desk.Write(".gitignore", ".secrets/\n");
        Assert.SkipWhen(git.Git(_desk.Directory, "init", "--quiet") is not (0, _), "there is no git");
        var start = new ProcessStartInfo(RealProcess.Dotnet, [RealProcess.Command, "check"]) { WorkingDirectory = _desk.Directory };
        start.Environment["HOME"] = start.Environment["USERPROFILE"] = _desk.Home;
        start.Environment["GIT_DIR"] = Path.Combine(_desk.Directory, ".git");

        (int exitCode, string output, string error, _) = await RealProcess.RunAsync(start, "");

        Assert.Equal(("", "No problem found; 1 secret, 0 required.", ExitCode.Done), (error, output.Trim(), exitCode));
    }

    [Fact]
    public async Task A_key_that_looks_like_a_required_one_is_a_warning()
    {
        _desk.WriteToml("databse.password = \"hunter2\"\ndb2.password = \"hunter2\"\nother = 1\n[database]\npassword = \"hunter2\"\n[db1]\npassword = \"hunter2\"\n");

        Assert.Equal(ExitCode.Done, await _desk.RunAsync("check", "--require", "database.password", "--require", "db1"));

        Assert.Equal("warning: databse.password (.secrets/secrets.toml(1,1)) is not required and looks like a mistyped database.password.\n", _desk.Terminal.ErrorText);
    }
}
