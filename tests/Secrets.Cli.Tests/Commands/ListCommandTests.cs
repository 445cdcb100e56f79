using System.Text.Json;

namespace Secrets.Cli.Commands;

public sealed class ListCommandTests : IDisposable
{
    private readonly Desk _desk = new();

    public ListCommandTests()
    {
        _desk.WriteToml("token = \"hunter2\"\n\n[database]\nport = 5432\n");
        _desk.Write("../.secrets/secrets.toml", "token = \"hunter3\"\n");
    }

    public void Dispose() => _desk.Dispose();

    [Fact]
    public async Task Every_secret_is_listed_masked_with_its_origin_and_what_it_shadows()
    {
        string[] lines = (await _desk.OutputAsync("list")).Split('\n');

        Assert.Matches("^Path +Kind +Source +Shadows$", lines[0]);
        Assert.Matches(@"^token +String +\*\*\* +toml \.secrets/secrets\.toml\(1,1\) +toml .*home/\.secrets/secrets\.toml\(1,1\)$", lines[1]);
        Assert.Matches(@"^database\.port +Integer +\*\*\* +toml \.secrets/secrets\.toml\(4,1\)$", lines[2]);
        Assert.DoesNotContain("hunter", _desk.Terminal.OutputText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Values_are_shown_where_that_is_asked_for() =>
        Assert.Contains("hunter2", await _desk.OutputAsync("list", "--reveal"), StringComparison.Ordinal);

    [Fact]
    public async Task JSON_has_the_same_without_values()
    {
        using var json = JsonDocument.Parse(await _desk.OutputAsync("list", "--json"));

        Assert.Equal(["token", "database.port"], json.RootElement.EnumerateArray().Select(e => e.GetProperty("path").GetString()));
        Assert.Equal(".secrets/secrets.toml(4,1)", json.RootElement[1].GetProperty("location").GetString());
        Assert.Equal(1, json.RootElement[0].GetProperty("shadows").GetArrayLength());
        Assert.DoesNotContain("hunter", _desk.Terminal.OutputText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_secrets_the_next_step_is_told()
    {
        File.Delete(_desk.Toml);
        File.Delete(Path.Combine(_desk.Home, ".secrets", "secrets.toml"));

        Assert.Equal(ExitCode.Done, await _desk.RunAsync("list"));
        Assert.Contains("secrets init", _desk.Terminal.ErrorText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verbose_tells_on_standard_error_what_each_source_gave()
    {
        Assert.Equal(ExitCode.Done, await _desk.RunAsync("list", "--verbose"));

        Assert.Contains("toml", _desk.Terminal.ErrorText, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter", _desk.Terminal.ErrorText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_value_of_several_lines_stays_in_its_row()
    {
        _desk.WriteToml("key = \"one\\ntwo\\u001b[2J\"\n");

        Assert.Matches(@"\nkey +String +one\\ntwo\\u001[bB]\[2J +toml ", await _desk.OutputAsync("list", "--reveal"));
    }

    [Fact]
    public async Task Values_as_JSON_are_another_command() =>
        Assert.Contains("export --format json", await _desk.FailsAsync(ExitCode.WrongUse, "list", "--reveal", "--json"), StringComparison.Ordinal);

    [Fact]
    public async Task An_empty_file_is_told_from_none()
    {
        File.Delete(Path.Combine(_desk.Home, ".secrets", "secrets.toml"));
        _desk.WriteToml("");
        await _desk.RunAsync("list");
        Assert.Equal("There are no secrets. Add one with: secrets set api_token\n", _desk.Terminal.ErrorText);

        await _desk.RunAsync("list", "--from", "env:NOTHING_");
        Assert.Equal("There are no secrets.\n", _desk.Terminal.ErrorText);
    }

    [Fact]
    public async Task An_array_is_shown_on_one_line()
    {
        _desk.WriteToml("hosts = [\"a\", 1]\n");

        Assert.Matches(@"hosts +Array +\[""a"",1\] +toml", await _desk.OutputAsync("list", "--reveal"));
        Assert.Equal("[\n  \"a\",\n  1\n]\n", (await _desk.OutputAsync("get", "hosts", "--json")).ReplaceLineEndings("\n"));
    }
}
