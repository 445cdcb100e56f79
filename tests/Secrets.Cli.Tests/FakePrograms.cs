using Secrets.Cli.Running;

namespace Secrets.Cli;

/// <summary>No other program: what would be run is kept, and git answers as it is told.</summary>
internal sealed class FakePrograms : IPrograms
{
    /// <summary>Gets or sets what git says; by default there is none.</summary>
    public Func<string[], (int ExitCode, string Output)?> GitAnswer { get; set; } = _ => null;

    public IReadOnlyList<string>? Command { get; private set; }

    public IReadOnlyDictionary<string, string>? Variables { get; private set; }

    public int Result { get; set; }

    public (int ExitCode, string Output)? Git(string directory, params string[] arguments) => GitAnswer(arguments);

    public Task<int> BecomeAsync(IReadOnlyList<string> command, IReadOnlyDictionary<string, string> variables)
    {
        (Command, Variables) = (command, variables);
        return Task.FromResult(Result);
    }
}
