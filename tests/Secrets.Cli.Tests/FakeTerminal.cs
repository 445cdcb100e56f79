using Secrets.Cli.Terminals;

namespace Secrets.Cli;

/// <summary>A terminal that keeps what is written and answers as it is told.</summary>
internal sealed class FakeTerminal(StringWriter output, StringWriter error) : ITerminal
{
    private readonly StringWriter _output = output;
    private readonly StringWriter _error = error;

    public FakeTerminal()
        : this(new StringWriter { NewLine = "\n" }, new StringWriter { NewLine = "\n" })
    {
    }

    public TextWriter Output => _output;

    public TextWriter Error => _error;

    public string OutputText => _output.ToString();

    public string ErrorText => _error.ToString();

    public bool IsOutputInteractive => false;

    public bool CanAsk { get; set; }

    public byte[] Input { get; set; } = [];

    /// <summary>Gets or sets what is typed unseen.</summary>
    public string? Typed { get; set; }

    public bool Answer { get; set; }

    /// <summary>Gets the same terminal with nothing on it.</summary>
    public FakeTerminal Next() => new() { CanAsk = CanAsk, Input = Input, Typed = Typed, Answer = Answer };

    public Task<byte[]> ReadInputAsync(CancellationToken cancellationToken) => Task.FromResult(Input);

    public string? AskHidden(string prompt)
    {
        _error.WriteLine(prompt);
        return Typed;
    }

    public bool Confirm(string question)
    {
        _error.WriteLine(question);
        return Answer;
    }

    public void WriteTable(IReadOnlyList<string> headings, IReadOnlyList<string[]> rows) => _output.Write(PlainTable.Format(headings, rows));

    public Task<T> WithProgressAsync<T>(string what, Func<Task<T>> run)
    {
        _error.WriteLine(what);
        return run();
    }
}
