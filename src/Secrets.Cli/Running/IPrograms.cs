namespace Secrets.Cli.Running;

/// <summary>Other programs.</summary>
internal interface IPrograms
{
    /// <summary>Runs git and gives its exit code and what it printed; <see langword="null"/> where there is no git.</summary>
    (int ExitCode, string Output)? Git(string directory, params string[] arguments);

    /// <summary>Becomes another program and does not return. On Windows it runs the program, waits for it, and gives its exit code.</summary>
    /// <exception cref="CommandException">There is no such program, or it cannot be executed.</exception>
    Task<int> BecomeAsync(IReadOnlyList<string> command, IReadOnlyDictionary<string, string> variables);
}
