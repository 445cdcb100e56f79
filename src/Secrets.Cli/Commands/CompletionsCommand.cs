using System.CommandLine;

namespace Secrets.Cli.Commands;

/// <summary><c>secrets completions SHELL</c>.</summary>
internal static class CompletionsCommand
{
    // The directive [suggest:POSITION] is System.CommandLine's: the command answers with what may stand there. Each script hands over the words of this
    // command alone, without its name and up to the cursor, and falls back to files where the command suggests nothing, which is an empty line.
    private static readonly Dictionary<string, string> Scripts = new(StringComparer.Ordinal)
    {
        ["bash"] = """
            # eval "$(secrets completions bash)"
            _secrets_complete() {
                local word="${COMP_WORDS[COMP_CWORD]}" line="${COMP_LINE:0:COMP_POINT}" found
                line="${line#* }"
                COMPREPLY=()
                while IFS= read -r found; do
                    [[ -n "$found" && "$found" == "$word"* ]] && COMPREPLY+=("$(printf '%q' "$found")")
                done < <(secrets "[suggest:${#line}]" "$line" 2>/dev/null)
            }
            complete -o bashdefault -o default -F _secrets_complete secrets

            """,
        ["zsh"] = """
            # eval "$(secrets completions zsh)"
            _secrets_complete() {
                local line="${(j: :)words[2,CURRENT-1]}"
                line="${line:+$line }$PREFIX"
                local -a found
                found=("${(@f)$(secrets "[suggest:${#line}]" "$line" 2>/dev/null)}")
                [[ -n "$found[1]" ]] && compadd -a found || _files
            }
            compdef _secrets_complete secrets

            """,
        ["fish"] = """
            # secrets completions fish | source
            function __secrets_complete
                set --local line (commandline --current-process --cut-at-cursor | string replace --regex '^\s*\S+\s*' '' | string collect)
                set --local found (secrets "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null)
                if test -n "$found[1]"
                    printf '%s\n' $found
                else
                    __fish_complete_path (commandline --current-token --cut-at-cursor)
                end
            end
            complete --command secrets --no-files --arguments '(__secrets_complete)'

            """,
        ["powershell"] = """
            # secrets completions powershell | Out-String | Invoke-Expression
            Register-ArgumentCompleter -Native -CommandName secrets -ScriptBlock {
                param($word, $command, $position)
                $start = $command.CommandElements[0].Extent.EndOffset
                $length = [Math]::Max(0, $position - $start)
                $line = $command.Extent.Text.Substring($start - $command.Extent.StartOffset).PadRight($length).Substring(0, $length).TrimStart()
                secrets "[suggest:$($line.Length)]" $line 2>$null | Where-Object { $_ -and $_.StartsWith($word, 'OrdinalIgnoreCase') } | ForEach-Object {
                    $text = if ($_ -match '[^\w.:/?-]') { "'" + $_.Replace("'", "''") + "'" } else { $_ }
                    [System.Management.Automation.CompletionResult]::new($text, $_, 'ParameterValue', $_)
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
