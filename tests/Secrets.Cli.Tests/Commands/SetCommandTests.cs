namespace Secrets.Cli.Commands;

public sealed class SetCommandTests : IDisposable
{
    private readonly Desk _desk = new();

    public void Dispose() => _desk.Dispose();

    [Fact]
    public async Task A_typed_value_is_set_and_not_shown()
    {
        _desk.WriteToml("# top\na = 1\n");
        _desk.Terminal.CanAsk = true;
        _desk.Terminal.Typed = "hunter2";

        Assert.Equal(ExitCode.Done, await _desk.RunAsync("set", "database.password"));

        Assert.Equal("# top\na = 1\n\n[database]\npassword = \"hunter2\"\n", File.ReadAllText(_desk.Toml));
        Assert.Equal("Added database.password in .secrets/secrets.toml.", _desk.Terminal.OutputText.Trim());
        Assert.Equal("Value of database.password (not shown):", _desk.Terminal.ErrorText.Trim());
    }

    [Theory]
    [InlineData("x\n", "x")]
    [InlineData("x\r\n", "x")]
    [InlineData("x\n\n", "x\n")]
    [InlineData(" x ", " x ")]
    [InlineData("", "")]
    public async Task One_line_end_of_standard_input_is_no_part_of_the_value(string input, string value)
    {
        Assert.Equal(ExitCode.Done, await _desk.PipeAsync(input, "set", "a"));

        Assert.Equal(value, await _desk.OutputAsync("get", "-n", "a"));
    }

    [Fact]
    public async Task A_file_is_taken_exactly_as_it_is()
    {
        _desk.Write("key.pem", "-----BEGIN\nabc\n-----END\n");

        await _desk.OutputAsync("set", "tls.key", "--from-file", "key.pem");

        Assert.Equal("-----BEGIN\nabc\n-----END\n", await _desk.OutputAsync("get", "-n", "tls.key"));
    }

    [Theory]
    [InlineData("integer", "-7", "a = -7")]
    [InlineData("float", "2", "a = 2.0")]
    [InlineData("float", "-inf", "a = -inf")]
    [InlineData("float", "nan", "a = nan")]
    [InlineData("boolean", "True", "a = true")]
    [InlineData("toml", "[\"x\", 1]", "a = [\"x\", 1]")]
    [InlineData("string", "7", "a = \"7\"")]
    public async Task A_value_has_the_type_that_is_given(string type, string value, string line)
    {
        _desk.WriteToml("");

        await _desk.OutputAsync("set", "a", "--type", type, "--value", value);

        Assert.Equal(line + "\n", File.ReadAllText(_desk.Toml));
    }

    [Theory]
    [InlineData("integer", "hunter2")]
    [InlineData("float", "hunter2")]
    [InlineData("float", "1e999")]
    [InlineData("boolean", "hunter2")]
    public async Task A_value_of_another_type_changes_nothing_and_is_not_shown(string type, string value)
    {
        _desk.WriteToml("a = 1\n");

        string error = await _desk.FailsAsync(ExitCode.WrongUse, "set", "a", "--type", type, "--value", value);

        Assert.DoesNotContain(value, error, StringComparison.Ordinal);
        Assert.Equal("a = 1\n", File.ReadAllText(_desk.Toml));
    }

    [Theory]
    [InlineData("set", "a", "hunter2")]
    [InlineData("set", "a", "--value", "hunter2", "hunter2")]
    [InlineData("set", "a", "--from-file", "f", "--value", "hunter2")]
    [InlineData("set", "a", "--type", "hunter2")]
    [InlineData("set", "a", "--valeu", "hunter2")]
    [InlineData("set", "a", "--valeu=hunter2")]
    [InlineData("set")]
    public async Task Wrong_use_is_told_without_what_may_be_a_value(params string[] args)
    {
        string error = await _desk.FailsAsync(ExitCode.WrongUse, args);

        Assert.DoesNotContain("hunter2", error, StringComparison.Ordinal);
        Assert.Contains("See secrets set --help.", error, StringComparison.Ordinal);
        Assert.False(File.Exists(_desk.Toml));
    }

    [Fact]
    public async Task A_value_that_begins_with_an_at_sign_is_no_response_file()
    {
        _desk.Write("f", "x y");

        await _desk.OutputAsync("set", "a", "--value", "@f");

        Assert.Equal("@f\n", await _desk.OutputAsync("get", "a"));
    }

    [Fact]
    public async Task A_section_is_not_overwritten()
    {
        _desk.WriteToml("a = { b = 1 }\n");

        await _desk.FailsAsync(ExitCode.WrongUse, "set", "a", "--value", "x");

        Assert.Equal("a = { b = 1 }\n", File.ReadAllText(_desk.Toml));
    }

    [Fact]
    public async Task Without_a_file_one_is_created_as_init_creates_it()
    {
        _desk.Programs.GitAnswer = a => (a[0] == "rev-parse" ? 0 : 1, "");

        string output = await _desk.OutputAsync("set", "a", "--value", "x");

        Assert.Contains("Created .secrets/secrets.toml", output, StringComparison.Ordinal);
        Assert.Equal(".secrets/\n", _desk.Read(".gitignore"));
        Assert.Equal("x\n", await _desk.OutputAsync("get", "a"));
    }

    [Fact]
    public async Task The_global_file_and_a_named_file_are_written_where_asked()
    {
        _desk.WriteToml("");

        await _desk.OutputAsync("set", "a", "--global", "--value", "x");
        await _desk.OutputAsync("set", "b", "--file", "other.toml", "--value", "y");

        Assert.Contains("a = \"x\"", File.ReadAllText(Path.Combine(_desk.Home, ".secrets", "secrets.toml")), StringComparison.Ordinal);
        Assert.Equal("b = \"y\"\n", _desk.Read("other.toml"));
        Assert.Equal("", File.ReadAllText(_desk.Toml));
    }

    [Fact]
    public async Task The_file_of_an_environment_is_written_and_read_where_asked()
    {
        _desk.WriteToml("a = \"x\"\n");

        await _desk.OutputAsync("set", "a", "--env", "Test", "--value", "y");

        Assert.Contains("a = \"y\"", _desk.Read(".secrets/secrets.Test.toml"), StringComparison.Ordinal);
        Assert.Equal("x\n", await _desk.OutputAsync("get", "a"));
        Assert.Equal("y\n", await _desk.OutputAsync("get", "a", "--env", "Test"));
        _desk.Variables["DOTNET_ENVIRONMENT"] = "Test";
        Assert.Equal("y\n", await _desk.OutputAsync("get", "a"));
        await _desk.FailsAsync(ExitCode.WrongUse, "set", "a", "--env", "Test", "--file", "b.toml", "--value", "y");
    }

    [Fact]
    public async Task A_file_that_has_precedence_is_told()
    {
        _desk.WriteToml("a = \"x\"\n");
        _desk.Write(".secrets/secrets.Test.toml", "a = \"y\"\n");
        _desk.Variables["DOTNET_ENVIRONMENT"] = "Test";

        Assert.Contains(".secrets/secrets.Test.toml", await _desk.FailsAsync(ExitCode.Done, "set", "a", "--value", "z"), StringComparison.Ordinal);
        Assert.Equal("a = \"z\"\n", File.ReadAllText(_desk.Toml));
        Assert.Contains(".secrets/secrets.Test.toml", await _desk.FailsAsync(ExitCode.Done, "set", "a", "--global", "--value", "z"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Giving_up_at_the_prompt_changes_nothing()
    {
        _desk.WriteToml("a = 1\n");
        _desk.Terminal.CanAsk = true;

        Assert.Equal(ExitCode.Cancelled, await _desk.RunAsync("set", "a"));
        _desk.Terminal.Typed = "";
        Assert.Equal(ExitCode.WrongUse, await _desk.RunAsync("set", "a"));

        Assert.Equal("a = 1\n", File.ReadAllText(_desk.Toml));
    }

    [Fact]
    public async Task A_malformed_file_is_left_alone()
    {
        _desk.WriteToml("a = hunter2\n");

        string error = await _desk.FailsAsync(ExitCode.SourceFailed, "set", "b", "--value", "x");

        Assert.DoesNotContain("hunter2", error, StringComparison.Ordinal);
        Assert.Contains("(1,5)", error, StringComparison.Ordinal);
        Assert.Equal("a = hunter2\n", File.ReadAllText(_desk.Toml));
    }

    [Fact]
    public async Task An_empty_pipe_sets_an_empty_value_and_says_so()
    {
        Assert.Equal(0, await _desk.PipeAsync("", "set", "a"));

        Assert.Equal("warning: the value of a is empty." + Environment.NewLine, _desk.Terminal.ErrorText);
        Assert.Contains("a = \"\"", File.ReadAllText(_desk.Toml), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bytes_that_are_no_text_are_refused()
    {
        _desk.Terminal.Input = [0xFF, 0xFE];

        await _desk.FailsAsync(ExitCode.WrongUse, "set", "a");
    }

    [Theory]
    [InlineData("integer", "hunter2", "The value is not of the type integer")]
    [InlineData("toml", "hunter2", "(1,1): the value is not TOML: expected a value; ")]
    [InlineData("toml", "[1, ", "(1,4): the value is not TOML: expected ")]
    public async Task A_value_that_cannot_be_set_leaves_no_file_behind(string type, string value, string message)
    {
        Assert.Contains(message, await _desk.FailsAsync(ExitCode.WrongUse, "set", "a", "--type", type, "--value", value), StringComparison.Ordinal);

        Assert.Equal("", _desk.Terminal.OutputText);
        Assert.False(File.Exists(_desk.Toml));
    }
}
