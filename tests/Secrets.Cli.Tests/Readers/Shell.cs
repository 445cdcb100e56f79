using System.Diagnostics;
using System.Text;

namespace Secrets.Cli.Readers;

/// <summary>A real program that reads standard input and gives what it prints.</summary>
internal static class Shell
{
    /// <summary>Runs a program, or skips the test where there is none.</summary>
    public static async Task<string> RunAsync(string input, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { StandardOutputEncoding = Encoding.UTF8 };
        (_, string output, string error, _) = await RealProcess.RunAsync(start, input);
        Assert.Equal("", error);
        return output;
    }
}
