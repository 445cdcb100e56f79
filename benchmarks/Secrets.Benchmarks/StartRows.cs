using System.Diagnostics;
using System.Globalization;

namespace Secrets.Benchmarks;

/// <summary>
/// The start of whole programs that print one of 50 secrets, compiled when they run: ours, the same with a configuration root, and an empty one, in turns.
/// </summary>
internal static class StartRows
{
    private const double Limit = 1.5;
    private const int Rounds = 61;
    private static readonly string[] _programs = ["secrets", "configuration", "empty"];

    public static IEnumerable<Row> Measure()
    {
        DirectoryInfo directory = Directory.CreateTempSubdirectory("secrets-benchmarks-");
        try
        {
            string folder = directory.CreateSubdirectory(".secrets").FullName;
            FiftyKeys.Write(Path.Combine(folder, "secrets.toml"), Path.Combine(directory.FullName, "secrets.json"));
            return [Measure(directory.FullName)];
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static Row Measure(string directory)
    {
        var wall = new double[_programs.Length][];
        var processor = new double[_programs.Length];
        for (int program = 0; program < _programs.Length; program++)
        {
            wall[program] = new double[Rounds];
            Run(_programs[program], directory);
        }

        for (int round = 0; round < Rounds; round++)
        {
            for (int turn = 0; turn < _programs.Length; turn++)
            {
                int program = (round + turn) % _programs.Length;
                TimeSpan before = ChildrenUsage.ProcessorTime();
                long start = Stopwatch.GetTimestamp();
                Run(_programs[program], directory);
                wall[program][round] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
                processor[program] += (ChildrenUsage.ProcessorTime() - before).TotalMilliseconds / Rounds;
            }
        }

        double[] medians = Array.ConvertAll(wall, Comparison.Median);
        string used = processor[1] > 0 ? string.Create(CultureInfo.InvariantCulture, $"; CPU {processor[0] / processor[1]:0.00} ×") : "";
        return new Row(
            "start of a program with 50 keys, JIT",
            string.Create(CultureInfo.InvariantCulture, $"{Limit:0.0} × ConfigurationBuilder"),
            string.Create(CultureInfo.InvariantCulture, $"{medians[0] / medians[1]:0.00} × ({medians[0]:0} / {medians[1]:0} ms, empty {medians[2]:0} ms{used})"),
            "",
            IsMet: medians[0] <= Limit * medians[1]);
    }

    private static void Run(string program, string directory)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Secrets.StartUp.dll"), program])
        {
            WorkingDirectory = directory,
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };

        // The settings of this process, such as those of `dotnet run`, are not those of the programs.
        foreach (string name in start.Environment.Keys.Where(name => name.StartsWith("DOTNET_", StringComparison.Ordinal)).ToArray())
        {
            start.Environment.Remove(name);
        }

        using Process process = Process.Start(start) ?? throw new InvalidOperationException("dotnet could not be started.");
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (!string.Equals(output.Trim(), "value 2 3", StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"The program {program} printed \"{output}\".");
        }
    }
}
