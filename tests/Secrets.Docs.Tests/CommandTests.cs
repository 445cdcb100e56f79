using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Secrets.Docs;

public class CommandTests
{
    public static TheoryData<string, int> Outputs()
    {
        var data = new TheoryData<string, int>();
        foreach (string file in MarkdownFile.All)
        {
            foreach (MarkdownBlock block in MarkdownFile.Read(file).Blocks.Where(b => b.Comment("output") is not null))
            {
                data.Add(new TheoryDataRow<string, int>(file, block.Line) { Label = $"{file}:{block.Line} output of {block.Comment("output")}" });
            }
        }

        return data;
    }

    [Theory]
    [InlineData("dotnet run --project samples/QuickStart")]
    [InlineData("dotnet test")]
    public void The_readme_gives_the_command(string command) =>
        Assert.Contains(command, MarkdownFile.Read("README.md").Blocks.Where(b => b.Info == "sh").SelectMany(b => b.Text).Select(l => l.Trim()));

    /// <summary>The README's first screen is the sample, and `.ci/packages` runs it on the packed packages.</summary>
    [Theory]
    [InlineData("Program.cs")]
    [InlineData(".secrets/secrets.toml")]
    public void The_readme_starts_with_the_files_of_the_quick_start(string file)
    {
        MarkdownBlock block = Assert.Single(MarkdownFile.Read("README.md").Blocks, b => b.Comment("first-program") == file);
        Assert.Equal(File.ReadAllLines(Path.Combine(Repository.Root, "samples/QuickStart", file)), block.Text);
    }

    [Fact]
    public async Task The_readme_shows_exactly_what_the_quick_start_prints()
    {
        MarkdownBlock block = Assert.Single(MarkdownFile.Read("README.md").Blocks, b => b.Comment("output") == "samples/QuickStart");
        Assert.Equal(string.Join('\n', block.Text), (await RunAsync("samples/QuickStart")).ReplaceLineEndings("\n").TrimEnd());
    }

    /// <summary>The block may be an excerpt; a line of "…" says that something was left out and matches nothing.</summary>
    [Theory]
    [MemberData(nameof(Outputs))]
    public async Task A_shown_output_is_what_the_sample_prints(string file, int line)
    {
        MarkdownBlock block = MarkdownFile.Read(file).Blocks.Single(b => b.Line == line);
        string output = await RunAsync(block.Comment("output")!);
        string[] printed = [.. output.Split('\n').Select(l => l.TrimEnd())];
        Assert.Contains(block.Text, l => l.Trim().Length > 0);
        int next = 0;
        for (int i = 0; i < block.Text.Count; i++)
        {
            string expected = block.Text[i].TrimEnd();
            if (expected is not ("…" or "..."))
            {
                next = Array.IndexOf(printed, expected, next) + 1;
                Assert.True(next > 0, $"{file}({line + i}): not printed, or not in this order: {expected}\n\nThe sample prints:\n{output}");
            }
        }
    }

    private static async Task<string> RunAsync(string sample)
    {
        string program = Path.Combine(Repository.Root, sample, Repository.OutputFolder, Path.GetFileName(sample) + ".dll");
        DirectoryInfo home = Directory.CreateTempSubdirectory("secrets-docs-");
        try
        {
            // The dotnet that runs the tests: <root>/shared/Microsoft.NETCore.App/<version>/ lies three folders below it.
            var start = new ProcessStartInfo(Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../../dotnet")), [program])
            {
                WorkingDirectory = Path.GetDirectoryName(program),
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };

            // A machine's own variables must neither answer for a secret nor change what is printed.
            foreach (string name in start.Environment.Keys.Where(n => n is not ("SystemRoot" or "TEMP" or "TMP" or "TMPDIR")).ToArray())
            {
                start.Environment.Remove(name);
            }

            start.Environment["HOME"] = start.Environment["USERPROFILE"] = home.FullName;
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            limit.CancelAfter(TimeSpan.FromMinutes(1));
            using Process process = Process.Start(start)!;
            Task<string> output = process.StandardOutput.ReadToEndAsync(limit.Token);
            string errors = await process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            Assert.True(process.ExitCode == 0, $"{sample} ended with {process.ExitCode}: {errors}");
            return await output;
        }
        finally
        {
            home.Delete(recursive: true);
        }
    }
}
