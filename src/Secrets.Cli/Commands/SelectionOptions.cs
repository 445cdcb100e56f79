using System.CommandLine;
using Secrets.Cli.Values;

namespace Secrets.Cli.Commands;

/// <summary>The options that say which secrets are taken, and what their variables are called.</summary>
internal sealed class SelectionOptions
{
    private readonly Option<string[]> _only = new("--only")
    {
        Description = "Take this secret or section only. Can be given several times.",
        HelpName = "PATH",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string> _prefix = new("--prefix")
    {
        Description = "Put this before the name of each variable.",
        HelpName = "TEXT",
        DefaultValueFactory = _ => "",
    };

    public void AddTo(Command command)
    {
        AddOnlyTo(command);
        command.Options.Add(_prefix);
    }

    public void AddOnlyTo(Command command) => command.Options.Add(_only);

    public string Prefix(ParseResult parsed)
    {
        string prefix = parsed.GetValue(_prefix)!;
        return prefix.Length == 0 || (!char.IsAsciiDigit(prefix[0]) && prefix.All(c => char.IsAsciiLetterOrDigit(c) || c == '_'))
            ? prefix
            : throw CommandException.WrongUse("--prefix has letters, digits and _, and begins with no digit.");
    }

    public IReadOnlyList<Leaf> Leaves(ParseResult parsed, SecretsView view) => Leaf.Of(view, parsed.GetValue(_only)!);

    public IReadOnlyList<Variable> Variables(ParseResult parsed, SecretsView view) => Variable.Of(Leaves(parsed, view), Prefix(parsed));
}
