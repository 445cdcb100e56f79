using System.CommandLine;
using System.CommandLine.Parsing;

namespace Secrets.Cli;

/// <summary>Says what is wrong with a command line, without anything of it that may be a value.</summary>
internal static class UsageErrors
{
    public static void Write(ParseResult parsed, IReadOnlyList<string> args, TextWriter error)
    {
        IEnumerable<string> mistakes = parsed.CommandResult.Command is RootCommand root && !args.Any(a => a.StartsWith('-'))
            ? [(args.Count == 0 ? "Name a command" : "There is no such command") + ". The commands are: " + string.Join(", ", root.Subcommands.Select(c => c.Name)) + "."]
            : parsed.Errors.Select(e => Hide(e.Message, parsed, args));
        foreach (string mistake in mistakes)
        {
            error.WriteLine("secrets: " + mistake);
        }

        List<string> names = [];
        for (SymbolResult? at = parsed.CommandResult; at is CommandResult command; at = at.Parent)
        {
            names.Insert(0, command.Command is RootCommand ? "secrets" : command.Command.Name);
        }

        error.WriteLine($"See {string.Join(' ', names)} --help.");
    }

    // "secrets set token hunter2" must not print hunter2.
    private static string Hide(string message, ParseResult parsed, IReadOnlyList<string> args)
    {
        HashSet<string> known = [.. parsed.Tokens.Where(t => t.Type is TokenType.Option or TokenType.Command).Select(t => t.Value)];
        string kept = message;
        foreach (string value in args.SelectMany(a => new[] { a, a[(a.IndexOf('=', StringComparison.Ordinal) + 1)..] }).Where(v => v.Length > 0 && !known.Contains(v)))
        {
            kept = kept.Replace($"'{value}'", IsOptionName(value) ? $"'{value}'" : "'…'", StringComparison.Ordinal);
        }

        return kept;
    }

    private static bool IsOptionName(string text) => text.StartsWith("--", StringComparison.Ordinal) && text.Length < 20 && text[2..].All(c => char.IsAsciiLetterLower(c) || c == '-');
}
