namespace Secrets.Cli.Commands;

public sealed class GetCommandTests : IDisposable
{
    private readonly Desk _desk = new();

    public void Dispose() => _desk.Dispose();

    [Fact]
    public async Task A_value_is_printed_with_one_line_end_or_none()
    {
        _desk.WriteToml("[database]\npassword = \"hunter2\"\nport = 5432\n");

        Assert.Equal("hunter2\n", await _desk.OutputAsync("get", "database.password"));
        Assert.Equal("hunter2", await _desk.OutputAsync("get", "Database.Password", "--no-newline"));
        Assert.Equal("5432\n", await _desk.OutputAsync("get", "database.port"));
    }

    [Fact]
    public async Task A_section_is_printed_as_JSON_where_that_is_asked_for()
    {
        _desk.WriteToml("a = { b = \"é\", c = [1, true, 2.5], d = 2026-01-31 }\n");

        await _desk.FailsAsync(ExitCode.WrongUse, "get", "a");
        await _desk.FailsAsync(ExitCode.WrongUse, "get", "a.c");

        Assert.Equal("""{"b":"é","c":[1,true,2.5],"d":"2026-01-31"}""", (await _desk.OutputAsync("get", "a", "--json")).Replace(" ", "", StringComparison.Ordinal).ReplaceLineEndings(""));
    }

    [Fact]
    public async Task A_missing_secret_is_a_no_that_says_where_it_was_looked_for()
    {
        _desk.WriteToml("api_token = \"x\"\n");

        string error = await _desk.FailsAsync(ExitCode.No, "get", "api_tokn");

        Assert.Contains("Did you mean api_token", error, StringComparison.Ordinal);
        Assert.Equal("", _desk.Terminal.OutputText);
    }

    [Fact]
    public async Task Variables_answer_after_files()
    {
        _desk.Variables["API_TOKEN"] = "from variable";

        Assert.Equal("from variable\n", await _desk.OutputAsync("get", "api_token"));

        _desk.WriteToml("api_token = \"from file\"\n");
        Assert.Equal("from file\n", await _desk.OutputAsync("get", "api_token"));
    }

    [Fact]
    public async Task A_section_that_variables_alone_have_is_not_printed_as_an_empty_one()
    {
        _desk.Variables["DATABASE__PASSWORD"] = "hunter2";

        Assert.Equal("hunter2\n", await _desk.OutputAsync("get", "database.password"));
        Assert.Contains("variables alone have", await _desk.FailsAsync(ExitCode.WrongUse, "get", "database", "--json"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_path_that_is_none_is_wrong_use() => await _desk.FailsAsync(ExitCode.WrongUse, "get", "a..b");
}
