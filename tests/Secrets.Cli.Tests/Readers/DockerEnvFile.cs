namespace Secrets.Cli.Readers;

/// <summary>The rules of <c>docker run --env-file</c> in released clients: docker/cli, pkg/kvfile/kvfile.go.</summary>
internal static class DockerEnvFile
{
    public static Dictionary<string, string> Read(string text)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string scanned in text.Split('\n'))
        {
            // bufio.ScanLines drops one carriage return at the end.
            string line = (scanned.EndsWith('\r') ? scanned[..^1] : scanned).TrimStart();
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            int equals = line.IndexOf('=', StringComparison.Ordinal);
            Assert.True(equals > 0 && !line[..equals].Any(char.IsWhiteSpace));
            variables[line[..equals]] = line[(equals + 1)..];
        }

        return variables;
    }
}
