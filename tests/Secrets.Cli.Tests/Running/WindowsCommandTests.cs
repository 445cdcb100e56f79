namespace Secrets.Cli.Running;

/// <summary>The rules of Windows, which are the same text on every system.</summary>
public class WindowsCommandTests
{
    private static readonly string[] _files =
        ["C:\\node\\npm", "C:\\node\\npm.cmd", "C:\\tools\\npm.exe", "C:\\tools\\git.exe", "C:\\tools\\run.py", "C:\\tools\\v1.2.exe", ".\\server.exe", "D:\\app\\go.bat"];

    [Theory]
    [InlineData("npm", "C:\\node\\npm.cmd")]
    [InlineData("git", "C:\\tools\\git.exe")]
    [InlineData("GIT.EXE", "C:\\tools\\git.exe")]
    [InlineData("run.py", "C:\\tools\\run.py")]
    [InlineData("v1.2", "C:\\tools\\v1.2.exe")]
    [InlineData(".\\server", ".\\server.exe")]
    [InlineData("D:\\app\\go", "D:\\app\\go.bat")]
    [InlineData("server", null)]
    [InlineData("nothing", null)]
    public void A_program_is_found_in_PATH_by_the_extensions_of_PATHEXT(string command, string? file) =>
        Assert.Equal(file, Find(command, new() { ["PATH"] = "\"C:\\node\\\";;C:\\tools", ["PATHEXT"] = ".EXE;.CMD;.BAT" }), ignoreCase: true);

    [Fact]
    public void Without_PATHEXT_the_extensions_are_those_of_Windows() =>
        Assert.Equal("C:\\node\\npm.CMD", Find("npm", new() { ["PATH"] = "C:\\node" }));

    [Theory]
    [InlineData("C:\\a.bat", true)]
    [InlineData("npm.CMD", true)]
    [InlineData("C:\\x.bat\\git.exe", false)]
    [InlineData("C:\\x.bat\\git", false)]
    public void Batch_files_are_known_by_their_extension(string file, bool isBatch) => Assert.Equal(isBatch, WindowsCommand.IsBatch(file));

    [Theory]
    [InlineData("run", "run")]
    [InlineData("--port=1", "\"--port=1\"")]
    [InlineData("", "\"\"")]
    [InlineData("two words", "\"two words\"")]
    [InlineData("a&calc", "\"a&calc\"")]
    [InlineData("say \"hi\"", "\"say \"\"hi\"\"\"")]
    [InlineData("\"&calc&\"", "\"\"\"&calc&\"\"\"")]
    [InlineData("a\\\"b", "\"a\\\\\"\"b\"")]
    [InlineData("tail\\", "\"tail\\\\\"")]
    [InlineData("a\\b", "a\\b")]
    [InlineData("%PATH%", "\"%%cd:~,%PATH%%cd:~,%\"")]
    [InlineData("é", "é")]
    public void An_argument_of_a_batch_file_stays_an_argument(string argument, string written) =>
        Assert.Equal($"/e:ON /v:OFF /d /c \"\"C:\\my app\\a.cmd\" {written}\"", WindowsCommand.BatchArguments("C:\\my app\\a.cmd", [argument]));

    [Theory]
    [InlineData("a\nb")]
    [InlineData("a\rb")]
    public void A_line_break_would_end_the_command_and_is_refused(string argument) =>
        Assert.Equal(ExitCode.WrongUse, Assert.Throws<CommandException>(() => WindowsCommand.BatchArguments("a.cmd", [argument])).ExitCode);

    private static string? Find(string command, Dictionary<string, string> variables) =>
        WindowsCommand.Find(command, variables, file => _files.Contains(file, StringComparer.OrdinalIgnoreCase));
}
