namespace Secrets.Cli.Commands;

public sealed class DiffCommandTests : IDisposable
{
    private readonly Desk _desk = new();

    public void Dispose() => _desk.Dispose();

    [Fact]
    public async Task Keys_are_compared_without_showing_values()
    {
        _desk.Write("a.toml", "same_key = \"hunter2\"\nport = 5432\nother = \"hunter2\"\nmine = 1\nlist = [1, 2]\n");
        _desk.Write("b.env", "SAME-KEY=hunter2\nPORT=5432\nOTHER=hunter3\nYOURS=1\nLIST=x\n");

        Assert.Equal(ExitCode.No, await _desk.RunAsync("diff", "toml:a.toml", "dotenv:b.env"));

        Assert.Equal(
            ["Path Result", "same_key equal", "port equal", "other different", "mine only in toml:a.toml", "list different", "YOURS only in dotenv:b.env"],
            _desk.Terminal.OutputText.TrimEnd().Split('\n').Select(l => string.Join(' ', l.Split(' ', StringSplitOptions.RemoveEmptyEntries))));
        Assert.DoesNotContain("hunter", _desk.Terminal.OutputText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Equal_sources_are_a_yes()
    {
        _desk.Write("a.toml", "a = [1, \"x\"]\nb = { c = 1 }\n");
        _desk.Write("b.toml", "a = [1, 'x']\nb.c = 1\n");

        await _desk.OutputAsync("diff", "toml:a.toml", "toml:b.toml");
        Assert.Contains("\"equal\"", await _desk.OutputAsync("diff", "toml:a.toml", "toml:b.toml", "--json"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("toml:none.toml", 3)]
    [InlineData("floppy:a", 2)]
    [InlineData("toml:", 2)]
    [InlineData("a.toml", 2)]
    public async Task A_source_that_is_not_there_or_not_known_is_an_error(string source, int exitCode)
    {
        _desk.Write("a.toml", "a = 1\n");

        await _desk.FailsAsync(exitCode, "diff", "toml:a.toml", source);
    }

    [Theory]
    [InlineData(".env", "write dotenv:.env")]
    [InlineData("b.toml", "write toml:b.toml")]
    public async Task A_file_without_its_kind_is_told_how_to_be_written(string file, string hint)
    {
        _desk.Write("a.toml", "a = 1\n");
        _desk.Write(file, "a=1\n");

        Assert.Contains(hint, await _desk.FailsAsync(ExitCode.WrongUse, "diff", "toml:a.toml", file), StringComparison.Ordinal);
    }
}
