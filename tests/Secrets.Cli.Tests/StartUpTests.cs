using System.Diagnostics;

namespace Secrets.Cli;

/// <summary>A command pays for nothing that it does not use: it runs where the packages of vendors, of dotenv and of tables are missing.</summary>
public sealed class StartUpTests : IDisposable
{
    private static readonly string[] _needed =
        ["Secrets.Cli.dll", "Secrets.Cli.runtimeconfig.json", "Secrets.Abstractions.dll", "Secrets.Toml.dll", "System.CommandLine.dll"];

    private readonly Desk _desk = new();

    public void Dispose() => _desk.Dispose();

    [Theory]
    [InlineData("get", "a")]
    [InlineData("list")]
    [InlineData("set", "b", "--value", "x")]
    [InlineData("export", "--format", "shell")]
    [InlineData("check")]
    [InlineData("--help")]
    public async Task A_command_that_reads_files_loads_no_vendor_s_package(params string[] args)
    {
        _desk.WriteToml("a = 1\n");
        foreach (string file in _needed)
        {
            File.Copy(Path.Combine(AppContext.BaseDirectory, file), Path.Combine(_desk.Home, file));
        }

        var start = new ProcessStartInfo(RealProcess.Dotnet, [Path.Combine(_desk.Home, "Secrets.Cli.dll"), .. args]) { WorkingDirectory = _desk.Directory };
        start.Environment["HOME"] = start.Environment["USERPROFILE"] = _desk.Home;
        (int exitCode, _, string error, _) = await RealProcess.RunAsync(start, "");

        Assert.Equal("", error);
        Assert.Equal(0, exitCode);
    }
}
