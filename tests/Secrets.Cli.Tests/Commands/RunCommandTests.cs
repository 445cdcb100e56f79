namespace Secrets.Cli.Commands;

public sealed class RunCommandTests : IDisposable
{
    private readonly Desk _desk = new();

    public RunCommandTests() => _desk.WriteToml("api_token = \"x\"\nhosts = [\"a\", \"b\"]\n\n[database]\nuser-name = \"jane\"\nport = 5432\n");

    public void Dispose() => _desk.Dispose();

    [Fact]
    public async Task The_program_gets_the_secrets_as_variables_besides_its_own()
    {
        _desk.Variables["api_token"] = "replaced";
        _desk.Programs.Result = 7;

        Assert.Equal(7, await _desk.RunAsync("run", "--", "sh", "-c", "echo --from @x", "--only", "z"));

        Assert.Equal(["sh", "-c", "echo --from @x", "--only", "z"], _desk.Programs.Command);
        Assert.Equal(
            ["DATABASE__PORT=5432", "DATABASE__USER_NAME=jane", "HOSTS__0=a", "HOSTS__1=b", "PATH=/usr/bin:/bin", "api_token=x"],
            _desk.Programs.Variables!.Select(v => v.Key + "=" + v.Value).Order(StringComparer.Ordinal));
        Assert.Equal("", _desk.Terminal.OutputText + _desk.Terminal.ErrorText);
    }

    [Fact]
    public async Task Some_secrets_and_a_prefix_can_be_chosen()
    {
        Assert.Equal(0, await _desk.RunAsync("run", "--only", "database", "--prefix", "SHOP_", "--", "true"));

        Assert.Equal(["PATH", "SHOP_DATABASE__PORT", "SHOP_DATABASE__USER_NAME"], _desk.Programs.Variables!.Keys.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("run", "true")]
    [InlineData("run")]
    [InlineData("run", "--")]
    [InlineData("run", "sh", "--from", "q")]
    [InlineData("run", "--prefix", "1", "--", "true")]
    public async Task Wrong_use_runs_nothing(params string[] args)
    {
        await _desk.FailsAsync(ExitCode.WrongUse, args);

        Assert.Null(_desk.Programs.Command);
    }

    [Theory]
    [InlineData("\"é\" = 1", "cannot be the name of a variable")]
    [InlineData("1a = 1", "cannot be the name of a variable")]
    [InlineData("a = \"\\u0000\"", "holds a NUL character")]
    [InlineData("a.b = 1\nA__B = 2", "would both be the variable A__B")]
    public async Task What_no_variable_can_hold_is_refused_by_name(string toml, string message)
    {
        _desk.WriteToml(toml + "\n");

        Assert.Contains(message, await _desk.FailsAsync(ExitCode.No, "run", "--", "true"), StringComparison.Ordinal);
        Assert.Null(_desk.Programs.Command);
    }

    [Fact]
    public async Task A_chosen_secret_may_be_spelled_in_another_way_and_may_be_a_variable()
    {
        _desk.Variables["TRELLO__KEY"] = "of variable";

        Assert.Equal(0, await _desk.RunAsync("run", "--only", "API-TOKEN", "--only", "Database.UserName", "--only", "trello.key", "--prefix", "S_", "--", "true"));

        Assert.Equal(
            ["S_DATABASE__USER_NAME=jane", "S_TRELLO__KEY=of variable", "S_api_token=x"],
            _desk.Programs.Variables!.Where(v => v.Key.StartsWith("S_", StringComparison.Ordinal)).Select(v => v.Key + "=" + v.Value).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_section_that_variables_alone_have_cannot_be_chosen_whole()
    {
        _desk.Variables["TRELLO__KEY"] = "of variable";

        Assert.Contains("name a key in it", await _desk.FailsAsync(ExitCode.WrongUse, "run", "--only", "trello", "--", "true"), StringComparison.Ordinal);
        Assert.Null(_desk.Programs.Command);
    }

    [Fact]
    public async Task A_mistyped_path_of_only_is_told_the_right_one() =>
        Assert.Contains("Did you mean database.port", await _desk.FailsAsync(ExitCode.No, "run", "--only", "databse.port", "--", "true"), StringComparison.Ordinal);

    [Fact]
    public async Task A_path_of_only_that_is_not_there_is_a_no() =>
        Assert.Contains("nope was not found", await _desk.FailsAsync(ExitCode.No, "run", "--only", "nope", "--", "true"), StringComparison.Ordinal);
}
