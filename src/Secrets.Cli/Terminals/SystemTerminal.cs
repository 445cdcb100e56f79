#pragma warning disable RS0030 // This is the one place that knows the console; nothing else may.
using System.Runtime.CompilerServices;
using System.Text;
using Spectre.Console;

namespace Secrets.Cli.Terminals;

/// <summary>The process's own terminal. It touches the console no sooner than needed: <c>run</c> hands it to another program.</summary>
internal sealed class SystemTerminal(bool isPlain) : ITerminal
{
    private readonly Lazy<TextWriter> _output = new(() => Writer(Console.OpenStandardOutput()));
    private readonly Lazy<TextWriter> _error = new(() => Writer(Console.OpenStandardError()));

    public TextWriter Output => _output.Value;

    public TextWriter Error => _error.Value;

    public bool IsOutputInteractive => !Console.IsOutputRedirected;

    public bool CanAsk => !Console.IsInputRedirected;

    public async Task<byte[]> ReadInputAsync(CancellationToken cancellationToken)
    {
        using Stream input = Console.OpenStandardInput();
        using var content = new MemoryStream();
        await input.CopyToAsync(content, cancellationToken);
        return content.ToArray();
    }

    public string? AskHidden(string prompt)
    {
        // Before the prompt: what is typed or pasted at once would be shown, and Ctrl+C lost.
        bool treatsControlC = Console.TreatControlCAsInput;
        Console.TreatControlCAsInput = true;
        try
        {
            Error.Write(prompt);
            return HiddenLine.Read(() => Console.ReadKey(intercept: true), () => Console.KeyAvailable);
        }
        finally
        {
            Console.TreatControlCAsInput = treatsControlC;
            Error.WriteLine();
        }
    }

    public bool Confirm(string question)
    {
        Error.Write(question + " [y/N] ");
        return Console.ReadLine()?.Trim() is "y" or "Y" or "yes";
    }

    public void WriteTable(IReadOnlyList<string> headings, IReadOnlyList<string[]> rows)
    {
        // A coloured table cuts what does not fit, down to nothing; a terminal breaks long lines and keeps them whole.
        if (IsOutputInteractive && !isPlain && PlainTable.WidthOf(headings, rows) < Console.WindowWidth)
        {
            WriteColoured(headings, rows);
        }
        else
        {
            Output.Write(PlainTable.Format(headings, rows));
        }
    }

    public Task<T> WithProgressAsync<T>(string what, Func<Task<T>> run) => Console.IsErrorRedirected ? run() : ShowProgressAsync(what, run);

    private static StreamWriter Writer(Stream stream) => new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true };

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static IAnsiConsole Ansi(TextWriter writer, bool isPlain) => AnsiConsole.Create(new AnsiConsoleSettings
    {
        Out = new AnsiConsoleOutput(writer),
        ColorSystem = isPlain ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
    });

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void WriteColoured(IReadOnlyList<string> headings, IReadOnlyList<string[]> rows)
    {
        Table table = new Table().Border(TableBorder.None);
        foreach (string heading in headings)
        {
            table.AddColumn(new TableColumn(new Text(heading, new Style(decoration: Decoration.Bold))).NoWrap().PadRight(2));
        }

        foreach (string[] row in rows)
        {
            table.AddRow(row.Select((cell, i) => new Text(cell, i == 0 ? new Style(Color.Green) : Style.Plain)));
        }

        Ansi(Output, isPlain: false).Write(table);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Task<T> ShowProgressAsync<T>(string what, Func<Task<T>> run) =>
        Ansi(Error, isPlain).Status().StartAsync(Markup.Escape(what), _ => run());
}
