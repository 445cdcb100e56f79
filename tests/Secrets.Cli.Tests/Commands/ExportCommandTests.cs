using System.Text.Json;

namespace Secrets.Cli.Commands;

public sealed class ExportCommandTests : IDisposable
{
    private const string Toml = "token = \"it's $5\\nx\"\nn = 7\nf = inf\nok = true\nlist = [\"a\", { b = 1 }]\n\n[database.\"odd key\"]\nwhen = 2026-01-31\n";

    private readonly Desk _desk = new();

    public ExportCommandTests() => _desk.WriteToml(Toml);

    public void Dispose() => _desk.Dispose();

    [Fact]
    public async Task JSON_has_sections_and_types()
    {
        using var json = JsonDocument.Parse(await _desk.OutputAsync("export", "--format", "json"));

        Assert.Equal("it's $5\nx", json.RootElement.GetProperty("token").GetString());
        Assert.Equal(7, json.RootElement.GetProperty("n").GetInt32());
        Assert.Equal("inf", json.RootElement.GetProperty("f").GetString());
        Assert.True(json.RootElement.GetProperty("ok").GetBoolean());
        Assert.Equal(1, json.RootElement.GetProperty("list")[1].GetProperty("b").GetInt32());
        Assert.Equal("2026-01-31", json.RootElement.GetProperty("database").GetProperty("odd key").GetProperty("when").GetString());
    }

    [Fact]
    public async Task TOML_is_read_back_as_the_same()
    {
        _desk.Write("copy.toml", await _desk.OutputAsync("export", "--format", "toml"));

        await _desk.OutputAsync("diff", "toml:.secrets/secrets.toml", "toml:copy.toml");
    }

    [Fact]
    public async Task Variables_have_names_and_can_be_chosen()
    {
        Assert.Equal(
            "export X_DATABASE__ODD_KEY__WHEN='2026-01-31'\nexport X_n='7'\n".Split('\n').Order(StringComparer.Ordinal),
            (await _desk.OutputAsync("export", "-f", "shell", "--only", "database", "--only", "n", "--prefix", "X_")).Split('\n').Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_file_is_written_for_its_owner_alone()
    {
        Assert.Equal("", await _desk.OutputAsync("export", "-f", "systemd", "--only", "n", "-o", "app.env"));

        Assert.Equal("n=\"7\"\n", _desk.Read("app.env"));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_desk.Directory, "app.env")));
        }
    }

    [Fact]
    public async Task An_existing_file_keeps_its_mode_and_one_that_cannot_be_written_is_an_error()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "file modes are a Unix matter");
        string file = _desk.Write("app.env", "");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
            await _desk.OutputAsync("export", "-f", "json", "-o", "app.env");
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead, File.GetUnixFileMode(file));
            File.SetUnixFileMode(file, UnixFileMode.UserRead);
        }

        Assert.Contains("app.env", await _desk.FailsAsync(ExitCode.SourceFailed, "export", "-f", "json", "-o", "app.env"), StringComparison.Ordinal);
        Assert.Contains("none", await _desk.FailsAsync(ExitCode.SourceFailed, "export", "-f", "github", "--only", "n", "-o", "none/env"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_value_is_named_and_nothing_is_printed()
    {
        Assert.Contains("token has a line break", await _desk.FailsAsync(ExitCode.No, "export", "-f", "docker"), StringComparison.Ordinal);

        Assert.Equal("", _desk.Terminal.OutputText);
    }

    [Fact]
    public async Task GitHub_masks_on_standard_output_and_appends_to_its_file()
    {
        _desk.WriteToml("token = \"hunter2\"\n");
        await _desk.FailsAsync(ExitCode.WrongUse, "export", "-f", "github");

        _desk.Variables["GITHUB_ENV"] = _desk.Write("env", "OLD=1\n");
        Assert.Equal("::add-mask::hunter2\n", await _desk.OutputAsync("export", "-f", "github"));

        Dictionary<string, string> read = Readers.GitHubEnvFile.Read(_desk.Read("env"));
        Assert.Equal(("1", "hunter2"), (read["OLD"], read["token"]));
    }

    [Fact]
    public async Task GitHub_s_file_may_end_within_a_line()
    {
        _desk.WriteToml("token = \"hunter2\"\n");
        _desk.Variables["GITHUB_ENV"] = _desk.Write("env", "OLD=1");

        await _desk.OutputAsync("export", "-f", "github");

        Dictionary<string, string> read = Readers.GitHubEnvFile.Read(_desk.Read("env"));
        Assert.Equal(("1", "hunter2"), (read["OLD"], read["token"]));
    }
}
