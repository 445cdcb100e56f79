using System.Text;
using Secrets.Cli.Values;

namespace Secrets.Cli.Exports;

/// <summary>Lines of <c>docker run --env-file</c>, which knows neither quotes nor escapes (docker/cli, pkg/kvfile).</summary>
internal static class DockerExport
{
    // bufio.MaxScanTokenSize.
    private const int MaxLine = 64 * 1024;

    public static string Write(Variable variable)
    {
        string line = $"{variable.Name}={variable.Value}";
        if (variable.Value.AsSpan().ContainsAny('\n', '\r'))
        {
            throw Refusal.Of(variable, "docker", "has a line break");
        }

        // Released clients keep quotes as part of the value; one that strips a pair is proposed.
        if (variable.Value.Length > 1 && variable.Value[0] is '"' or '\'' && variable.Value[0] == variable.Value[^1])
        {
            throw Refusal.Of(variable, "docker", "begins and ends with the same quote, which clients treat differently");
        }

        return Encoding.UTF8.GetByteCount(line) < MaxLine ? line + "\n" : throw Refusal.Of(variable, "docker", "is longer than 64 KiB");
    }
}
