using System.CommandLine;
using Secrets.Cli.Chains;
using Secrets.Cli.Files;
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

        string[] required = [.. Required(parsed).Distinct(StringComparer.Ordinal)];
        var problems = new List<string>();
        int? count = null;
        int exitCode = ExitCode.No;
        try
        {
            count = await OpenAsync(parsed, required, problems, cancellationToken);
        }
        catch (Exception failure) when (failure is ISecretsError error)
        {
            problems.Add(failure.Message);
            exitCode = error.Code == SecretsErrorCode.NotFound ? ExitCode.No : ExitCode.SourceFailed;
        }

        problems.AddRange(InGit(parsed));
        foreach (string problem in problems)
        {
            _surroundings.Terminal.Error.WriteLine("problem: " + problem);
        }

        if (problems.Count > 0)
        {
            return exitCode;
        }

        _surroundings.Terminal.Output.WriteLine($"No problem found; {count} {(count == 1 ? "secret" : "secrets")}, {required.Length} required.");
        return ExitCode.Done;
    }

    /// <summary>Opens the chain, adds what is wrong, and gives the number of secrets.</summary>
    private async Task<int> OpenAsync(ParseResult parsed, string[] required, List<string> problems, CancellationToken cancellationToken)
    {
        SecretsStore store;
        try
        {
            store = await _chain.OpenQuietlyAsync(parsed, required, cancellationToken);
        }
        catch (Exception failure) when (failure is ISecretsError { Code: SecretsErrorCode.NotFound })
        {
            // What is missing is one problem; a file that others can read is another. No store is asked a second time: a list needs a permission of its own.
            problems.Add(failure.Message);
            store = await _chain.OpenQuietlyAsync(parsed, [], cancellationToken, isOffline: true);
        }

        await using (store)
        {
            problems.AddRange(store.Warnings.Select(w => w.Message));
            foreach (string typo in LikelyTypos.Find(store, required))
            {
                _surroundings.Terminal.Error.WriteLine("warning: " + typo);
            }

            return Leaf.Of(store).Count;
        }
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

    private IEnumerable<string> InGit(ParseResult parsed)
    {
        foreach (string file in _chain.Files(parsed))
        {
            string name = _surroundings.ShortPath(file);
            switch (GitFiles.StateOf(_surroundings.Programs, file))
            {
                case GitState.Tracked:
                    yield return $"git tracks {name}. Take it out with git rm --cached {name}, add it to .gitignore, and replace every secret in it: the history keeps them.";
                    break;
                case GitState.NotIgnored:
                    yield return $"git does not ignore {name}. Add it to .gitignore before it is committed.";
                    break;
            }
        }
    }
}
