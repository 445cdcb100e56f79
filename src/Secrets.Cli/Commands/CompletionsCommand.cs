using System.CommandLine;

namespace Secrets.Cli.Commands;

/// <summary><c>secrets completions SHELL</c>.</summary>
internal static class CompletionsCommand
{
    // The directive [suggest:POSITION] is System.CommandLine's: the command answers with what may stand there.
    private static readonly Dictionary<string, string> Scripts = new(StringComparer.Ordinal)
    {
        ["bash"] = """
            # eval "$(secrets completions bash)"
            _secrets_complete() {
                local word="${COMP_WORDS[COMP_CWORD]}" line="${COMP_LINE#* }" found
                COMPREPLY=()
                while IFS= read -r found; do
                    [[ "$found" == "$word"* ]] && COMPREPLY+=("$found")
                done < <(secrets "[suggest:$((COMP_POINT - ${#COMP_LINE} + ${#line}))]" "$line" 2>/dev/null)
            }
            complete -F _secrets_complete secrets

            """,
        ["zsh"] = """
            # eval "$(secrets completions zsh)"
            _secrets_complete() {
                local -a found
                found=("${(@f)$(secrets "[suggest:${CURSOR}]" "${BUFFER}" 2>/dev/null)}")
                compadd -- $found
            }
            compdef _secrets_complete secrets

            """,
        ["fish"] = """
            # secrets completions fish | source
            complete --command secrets --no-files --arguments '(secrets "[suggest:"(commandline --cursor)"]" (commandline --cut-at-cursor --input (commandline)) 2>/dev/null)'

            """,
        ["powershell"] = """
            # secrets completions powershell | Out-String | Invoke-Expression
            Register-ArgumentCompleter -Native -CommandName secrets -ScriptBlock {
                param($word, $line, $position)
                secrets "[suggest:$position]" "$line" 2>$null | Where-Object { $_ -like "$word*" } | ForEach-Object {
                    [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
                }
            }

            """,
    };

    public static Command Create(Surroundings surroundings)
    {
        var shell = new Argument<string>("SHELL") { Description = "Your shell." };
        shell.AcceptOnlyFromAmong([.. Scripts.Keys]);
        var command = new Command("completions", "Print what your shell needs to complete commands, options and paths.") { shell };
        command.SetAction(parsed =>
        {
            surroundings.Terminal.Output.Write(Scripts[parsed.GetValue(shell)!]);
            return ExitCode.Done;
        });
        return command;
    }
}
