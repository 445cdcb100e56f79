namespace Secrets.Cli.Running;

/// <summary>Other programs.</summary>
internal interface IPrograms
{
    /// <summary>Runs git and gives its exit code and what it printed; <see langword="null"/> where there is no git.</summary>
    (int ExitCode, string Output)? Git(string directory, params string[] arguments);

    /// <summary>
    /// Becomes another program, or, on Windows, runs it and waits. Where it returns, the result is the exit code: on Windows the program's; elsewhere
    /// <see cref="ExitCode.NotFound"/> or <see cref="ExitCode.NotExecutable"/>.
    /// </summary>
    Task<int> BecomeAsync(IReadOnlyList<string> command, IReadOnlyDictionary<string, string> variables);
}
