namespace Secrets.Cli.Readers;

/// <summary>The rules of the file that GITHUB_ENV names: actions/runner, src/Runner.Worker/FileCommandManager.cs.</summary>
internal static class GitHubEnvFile
{
    public static Dictionary<string, string> Read(string text)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        string[] lines = text.Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            if (lines[i].Length == 0)
            {
                continue;
            }

            int equals = lines[i].IndexOf('=', StringComparison.Ordinal);
            int heredoc = lines[i].IndexOf("<<", StringComparison.Ordinal);
            if (equals >= 0 && (heredoc < 0 || equals < heredoc))
            {
                variables[lines[i][..equals]] = lines[i][(equals + 1)..];
                continue;
            }

            Assert.True(heredoc > 0);
            string name = lines[i][..heredoc];
            string delimiter = lines[i][(heredoc + 2)..];
            var value = new List<string>();
            for (i++; lines[i] != delimiter; i++)
            {
                value.Add(lines[i]);
            }

            variables[name] = string.Join('\n', value);
        }

        return variables;
    }

    /// <summary>Gives what a masking command masks: older runners decode it and mask it as one text.</summary>
    public static string Masked(string command)
    {
        const string Start = "::add-mask::";
        Assert.StartsWith(Start, command, StringComparison.Ordinal);
        return command[Start.Length..].Replace("%0D", "\r", StringComparison.Ordinal).Replace("%0A", "\n", StringComparison.Ordinal).Replace("%25", "%", StringComparison.Ordinal);
    }
}
