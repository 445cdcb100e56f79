using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Secrets.Cli;

/// <summary>Runs a real program with text on its standard input.</summary>
internal static class RealProcess
{
    /// <summary>Gets the command, as <see cref="Dotnet"/> runs it.</summary>
    public static string Command => Path.Combine(AppContext.BaseDirectory, "Secrets.Cli.dll");

    // <root>/shared/Microsoft.NETCore.App/<version>/ lies three folders below it.
    public static string Dotnet => Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../../dotnet")) + (OperatingSystem.IsWindows() ? ".exe" : "");

    /// <summary>Runs a program to its end, or skips the test where there is none.</summary>
    /// <param name="start">The program; its streams are redirected.</param>
    /// <param name="input">What it reads, in UTF-8.</param>
    public static async Task<(int ExitCode, string Output, string Error, int Id)> RunAsync(ProcessStartInfo start, string input)
    {
        start.UseShellExecute = false;
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip($"there is no {start.FileName}");
            throw;
        }

        using (process)
        {
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
            Task<string> error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            return (process.ExitCode, output, await error, process.Id);
        }
    }
}
