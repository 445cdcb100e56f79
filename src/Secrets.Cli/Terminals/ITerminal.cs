namespace Secrets.Cli.Terminals;

/// <summary>Where a command reads and writes.</summary>
internal interface ITerminal
{
    /// <summary>Gets where results go.</summary>
    TextWriter Output { get; }

    /// <summary>Gets where prompts, warnings and errors go.</summary>
    TextWriter Error { get; }

    /// <summary>Gets a value indicating whether a person reads the output, so that it may have colours and fit the width.</summary>
    bool IsOutputInteractive { get; }

    /// <summary>Gets a value indicating whether a person can be asked.</summary>
    bool CanAsk { get; }

    /// <summary>Reads standard input to its end, as bytes.</summary>
    Task<byte[]> ReadInputAsync(CancellationToken cancellationToken);

    /// <summary>Asks for a line that is not shown; <see langword="null"/> where the user gave up.</summary>
    string? AskHidden(string prompt);

    /// <summary>Asks a question; an empty answer is no.</summary>
    bool Confirm(string question);

    /// <summary>Writes rows under headings: as a coloured table for a person, as plain uncut columns otherwise.</summary>
    void WriteTable(IReadOnlyList<string> headings, IReadOnlyList<string[]> rows);

    /// <summary>Shows that something is going on while it is, where a person watches.</summary>
    Task<T> WithProgressAsync<T>(string what, Func<Task<T>> run);
}
