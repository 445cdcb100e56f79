using System.Runtime.CompilerServices;

namespace Secrets.Aws.Tests;

/// <summary>The variables of AWS programs, all unset but those that a test sets, until it is disposed. Only tests of the collection of this name may have one.</summary>
[CollectionDefinition(nameof(ProcessEnvironment), DisableParallelization = true)]
public sealed class ProcessEnvironment : IDisposable
{
    private readonly Dictionary<string, string?> _before = [];
    // The SDK asks once in a process where the shared files are, and takes those that exist then.
    private static readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("secrets-aws-");

    [ModuleInitializer]
    internal static void Begin()
    {
        WriteCredentials("");
        WriteConfig("");
        Environment.SetEnvironmentVariable("AWS_SHARED_CREDENTIALS_FILE", Path.Combine(_folder.FullName, "credentials"));
        Environment.SetEnvironmentVariable("AWS_CONFIG_FILE", Path.Combine(_folder.FullName, "config"));
        AppDomain.CurrentDomain.ProcessExit += (_, _) => _folder.Delete(recursive: true);
    }

    public ProcessEnvironment()
    {
        foreach (string name in Environment.GetEnvironmentVariables().Keys.Cast<string>().Where(n => n.StartsWith("AWS_", StringComparison.Ordinal) && !n.EndsWith("_FILE", StringComparison.Ordinal)).ToArray())
        {
            Set(name, null);
        }

        Set("AWS_EC2_METADATA_DISABLED", "true");
    }

    public void Set(string name, string? value)
    {
        _before.TryAdd(name, Environment.GetEnvironmentVariable(name));
        Environment.SetEnvironmentVariable(name, value);
    }

    public void Set(IEnumerable<string> assignments)
    {
        foreach (string[] pair in assignments.Select(a => a.Split('=', 2)))
        {
            Set(pair[0], pair[1]);
        }
    }

    public static void WriteCredentials(string text) => File.WriteAllText(Path.Combine(_folder.FullName, "credentials"), text);

    public static void WriteConfig(string text) => File.WriteAllText(Path.Combine(_folder.FullName, "config"), text);

    public void Dispose()
    {
        foreach ((string name, string? value) in _before)
        {
            Environment.SetEnvironmentVariable(name, value);
        }

        WriteCredentials("");
        WriteConfig("");
    }
}
