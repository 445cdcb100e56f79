using System.CommandLine;
using Secrets.Cli.Chains;
using Secrets.Cli.Running;
using Secrets.Cli.Values;
using Secrets.Toml;

namespace Secrets.Cli.Commands;

/// <summary><c>secrets check</c>.</summary>
internal sealed class CheckCommand
{
    private const string DefaultTemplate = "secrets.example.toml";

    private readonly Surroundings _surroundings;
    private readonly ChainOptions _chain;
    private readonly Option<string[]> _require = new("--require") { Description = "A secret that must be there. Can be given several times.", HelpName = "PATH", DefaultValueFactory = _ => [] };
    private readonly Option<string?> _template = new("--template")
    {
        Description = $"Every key of this TOML file must be there. Without it, {DefaultTemplate} counts where there is one.",
        HelpName = "FILE",
    };

    private readonly Option<bool> _installHook = new("--install-hook") { Description = "Make git run this check before each commit." };

    private CheckCommand(Surroundings surroundings, ChainOptions chain)
    {
        _surroundings = surroundings;
        _chain = chain;
    }

    public static Command Create(Surroundings surroundings, ChainOptions chain)
    {
        var check = new CheckCommand(surroundings, chain);
        var command = new Command("check", "Check everything at once: syntax, missing secrets, files open to others, secrets files in git. For CI and before commits.")
        {
            check._require, check._template, check._installHook,
        };
        chain.AddTo(command);
        command.SetAction(check.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(_installHook))
        {
            _surroundings.Terminal.Output.WriteLine(GitHook.Install(_surroundings));
            return ExitCode.Done;
        }

        var problems = new List<string>();
        string[] required = [.. Required(parsed).Distinct(StringComparer.Ordinal)];
        int count = 0;
        try
        {
            // Warnings, such as that of a file that others can read, are printed as the chain opens, and count.
            await using SecretsStore store = await _chain.OpenAsync(parsed, cancellationToken, required);
            count = Leaf.Of(store).Count();
            problems.AddRange(store.Warnings.Where(w => w.Code == SecretsWarningCode.Source).Select(_ => ""));
        }
        catch (Exception failure) when (failure is ISecretsError { Code: SecretsErrorCode.NotFound })
        {
            problems.Add(failure.Message);
        }

        problems.AddRange(InGit());
        foreach (string problem in problems.Where(p => p.Length > 0))
        {
            _surroundings.Terminal.Error.WriteLine("problem: " + problem);
        }

        if (problems.Count > 0)
        {
            return ExitCode.No;
        }

        _surroundings.Terminal.Output.WriteLine($"No problem found; {count} {(count == 1 ? "secret" : "secrets")}, {required.Length} required.");
        return ExitCode.Done;
    }

    private IEnumerable<string> Required(ParseResult parsed)
    {
        string? template = parsed.GetValue(_template);
        string file = _surroundings.FullPath(template ?? DefaultTemplate);
        if (template is not null && !File.Exists(file))
        {
            throw CommandException.WrongUse($"{template} does not exist. Create it with: secrets template --output {template}");
        }

        IEnumerable<string> given = parsed.GetValue(_require)!.Select(p => Leaf.ParsePath(p).ToString());
        if (!File.Exists(file))
        {
            return given;
        }

        using SecretsStore store = new SecretsBuilder().AddToml(new TomlOptions { Files = [template ?? DefaultTemplate], ProjectDirectory = _surroundings.Directory, ExportToEnvironment = false }).Build();
        return [.. given, .. Leaf.Of(store).Select(l => l.Path.ToString())];
    }

    private IEnumerable<string> InGit()
    {
        foreach (string file in ProjectFiles.Places(_surroundings).Where(File.Exists))
        {
            string name = _surroundings.ShortPath(file);
            switch (GitFiles.StateOf(_surroundings.Programs, file))
            {
                case Git.Tracked:
                    yield return $"git tracks {name}. Take it out with git rm --cached {name}, add it to .gitignore, and replace every secret in it: the history keeps them.";
                    break;
                case Git.NotIgnored:
                    yield return $"git does not ignore {name}. Add it to .gitignore before it is committed.";
                    break;
            }
        }
    }
}
