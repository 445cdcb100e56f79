namespace Secrets.Cli;

/// <summary>The entry of the process.</summary>
internal static class Program
{
    private static Task<int> Main(string[] args) => CommandLine.RunAsync(args, Surroundings.OfProcess());
}
