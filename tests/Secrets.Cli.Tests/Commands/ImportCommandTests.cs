namespace Secrets.Cli.Commands;

public sealed class ImportCommandTests : IDisposable
{
    private readonly Desk _desk = new();

    public void Dispose() => _desk.Dispose();

    [Theory]
    [InlineData(".env", "API_TOKEN=x\nDATABASE__PASSWORD='p w'\n", "API_TOKEN = \"x\"\n\n[DATABASE]\nPASSWORD = \"p w\"\n")]
    [InlineData("appsettings.json", "{ // c\n \"Logging\": { \"Level\": 3 }, \"ConnectionStrings:Db\": \"Host=x\", \"On\": true, \"None\": null, \"L\": [\"a\", 1], }", "On = true\nL = [\"a\", 1]\n\n[Logging]\nLevel = 3\n\n[ConnectionStrings]\nDb = \"Host=x\"\n")]
    [InlineData("streamlit.toml", "a = 1\n[b]\nc = 2026-01-31\n", "a = 1\n\n[b]\nc = 2026-01-31\n")]
    public async Task Another_kind_of_file_becomes_TOML(string name, string content, string expected)
    {
        _desk.WriteToml("");
        _desk.Write(name, content);

        string output = await _desk.OutputAsync("import", name, "--yes");

        Assert.Equal(Sorted(expected), Sorted(File.ReadAllText(_desk.Toml)));
        Assert.Contains("new", output, StringComparison.Ordinal);
        Assert.Equal(content, _desk.Read(name));
    }

    [Fact]
    public async Task Numbers_keep_their_text()
    {
        _desk.WriteToml("");
        _desk.Write("appsettings.json", """{"ApiVersion": 1.10, "Id": 12345678901234567890, "Port": 5432.0, "Versions": [1.10, 2.5]}""");

        await _desk.OutputAsync("import", "appsettings.json", "--yes");

        Assert.Equal("ApiVersion = \"1.10\"\nId = \"12345678901234567890\"\nPort = 5432.0\nVersions = [\"1.10\", 2.5]\n", File.ReadAllText(_desk.Toml));
        Assert.Contains("Nothing to change.", await _desk.OutputAsync("import", "appsettings.json", "--yes"), StringComparison.Ordinal);
        Assert.Contains("\"Port\": 5432.0", await _desk.OutputAsync("export", "--format", "json"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_would_change_is_shown_without_values_before_the_question()
    {
        _desk.WriteToml("# top\napi_token = \"old-hunter2\"\nb = 'same'\n");
        _desk.Write(".env", "API_TOKEN=hunter2\nB=same\nC=hunter3\n");
        _desk.Terminal.CanAsk = true;

        Assert.Equal(ExitCode.No, await _desk.RunAsync("import", ".env"));

        Assert.Matches("API_TOKEN +changed\nB +same\nC +new\n", _desk.Terminal.OutputText);
        Assert.DoesNotContain("hunter", _desk.Terminal.OutputText + _desk.Terminal.ErrorText, StringComparison.Ordinal);
        Assert.Equal("# top\napi_token = \"old-hunter2\"\nb = 'same'\n", File.ReadAllText(_desk.Toml));

        _desk.Terminal.Answer = true;
        Assert.Equal(ExitCode.Done, await _desk.RunAsync("import", ".env"));
        Assert.Equal("# top\napi_token = \"hunter2\"\nb = 'same'\nC = \"hunter3\"\n", File.ReadAllText(_desk.Toml));

        Assert.Equal(ExitCode.Done, await _desk.RunAsync("import", ".env"));
        Assert.Contains("Nothing to change.", _desk.Terminal.OutputText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_script_must_say_yes()
    {
        _desk.Write(".env", "A=x\n");

        await _desk.FailsAsync(ExitCode.WrongUse, "import", ".env");
        Assert.False(File.Exists(_desk.Toml));

        await _desk.OutputAsync("import", ".env", "--yes");
        Assert.Contains("A = \"x\"", File.ReadAllText(_desk.Toml), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("settings.xml", 2)]
    [InlineData("none.env", 2)]
    [InlineData("bad.json", 3)]
    [InlineData("bad.toml", 3)]
    public async Task A_file_that_cannot_be_read_changes_nothing(string name, int exitCode)
    {
        if (name != "none.env")
        {
            _desk.Write(name, "hunter2");
        }

        Assert.DoesNotContain("hunter2", await _desk.FailsAsync(exitCode, "import", name, "--yes"), StringComparison.Ordinal);
        Assert.False(File.Exists(_desk.Toml));
    }

    private static string[] Sorted(string text) => [.. text.Split('\n').Order(StringComparer.Ordinal)];
}
