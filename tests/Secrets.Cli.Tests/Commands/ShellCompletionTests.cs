using System.Diagnostics;

namespace Secrets.Cli.Commands;

/// <summary>The scripts of completion in the real shells, which ask the real command.</summary>
public sealed class ShellCompletionTests : IDisposable
{
    private readonly Desk _desk = new();

    public ShellCompletionTests()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the command stands in a shell script here");
        _desk.WriteToml("api_token = \"hunter2\"\n\n[database]\n\"odd key\" = 1\n");
        _desk.Write("plain.file", "");
        string command = _desk.Write("../bin/secrets", $"#!/bin/sh\nexec '{RealProcess.Dotnet}' '{RealProcess.Command}' \"$@\"\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(command, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
    }

    public void Dispose() => _desk.Dispose();

    [Fact]
    public async Task Bash_completes()
    {
        const string Script = """
            eval "$(secrets completions bash)"
            suggest() {
                COMP_LINE="$1" COMP_POINT=${#1} COMP_WORDS=($1) COMPREPLY=()
                [[ "$1" == *" " ]] && COMP_WORDS+=("")
                COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
                _secrets_complete
                printf '<%s>' "$(printf '%s\n' "${COMPREPLY[@]}" | sort | tr '\n' ' ')"
            }
            suggest "secrets ge"; suggest "secrets get api"; suggest "secrets get data"; suggest "secrets export --format po"; suggest "secrets run -- pl"; suggest "secrets --h"
            complete -p secrets | grep -o -- '-o default'
            """;

        Assert.Equal("<get ><api_token ><database.\\\"odd\\ key\\\" ><powershell >< ><--help >-o default\n", await RunAsync(Script, "bash", "--norc"));
    }

    [Fact(Timeout = 120_000)]
    public async Task Zsh_completes()
    {
        // A shell of its own at a pseudo-terminal, which prints its line where Ctrl+X is typed.
        const string Script = """
            zmodload zsh/zpty
            zpty shell zsh -f -i
            zpty -w shell 'autoload -Uz compinit; compinit -u -D; eval "$(secrets completions zsh)"; show() { print -r -- "@@$BUFFER@@"; BUFFER= }; zle -N show; bindkey ^X show; print READ""Y'
            zpty -r shell seen '*READY*'
            for line in 'secrets ge' 'secrets get api' 'secrets get data' 'secrets export --format po' 'echo init; secrets get api' 'secrets import pl' 'secrets run -- cat pl'; do
                zpty -w -n shell "$line"$'\t\C-x'
                zpty -r shell seen '*@@*@@*'
                print -r -- "${${seen#*@@}%%@@*}"
            done
            zpty -d shell
            """;

        Assert.Equal(
            "secrets get \nsecrets get api_token \nsecrets get database.\\\"odd\\ key\\\" \nsecrets export --format powershell \necho init; secrets get api_token \n"
            + "secrets import plain.file \nsecrets run -- cat plain.file \n",
            await RunAsync(Script, "zsh", "-f"));
    }

    [Fact]
    public async Task Fish_completes()
    {
        const string Script = """
            secrets completions fish | source
            for line in 'secrets ge' 'secrets get api' 'secrets get data' 'secrets export --format po' 'echo init; secrets get api' 'secrets import pl' 'secrets run -- cat pl'
                complete --do-complete $line
            end
            """;

        Assert.Equal(
            "get\napi_token\ndatabase.\"odd key\"\npowershell\napi_token\nplain.file\nplain.file\n",
            await RunAsync(Script, "fish", "--no-config"));
    }

    [Fact]
    public async Task PowerShell_completes()
    {
        const string Script = """
            secrets completions powershell | Out-String | Invoke-Expression
            function suggest($line, $at = $line.Length) { (TabExpansion2 -inputScript $line -cursorColumn $at).CompletionMatches.CompletionText -join ' ' }
            suggest 'secrets ge'; suggest 'secrets get api'; suggest 'secrets get data'; suggest 'secrets export --format po'; suggest 'echo init; secrets get api'
            suggest 'secrets ge; secrets init' 10
            suggest 'secrets   get  api'
            suggest 'secrets im'
            suggest 'secrets import pl'

            """;

        Assert.Equal(
            "get\napi_token\n'database.\"odd key\"'\npowershell\napi_token\nget\napi_token\nimport\n./plain.file\n",
            await RunAsync(Script, "pwsh", "-NoProfile", "-Command", "-"));
    }

    private async Task<string> RunAsync(string script, string shell, params string[] arguments)
    {
        var start = new ProcessStartInfo(shell, arguments) { WorkingDirectory = _desk.Directory };
        start.Environment["HOME"] = _desk.Home;
        start.Environment["PATH"] = Path.Combine(_desk.Home, "bin") + ":" + Environment.GetEnvironmentVariable("PATH");
        start.Environment["TERM"] = "dumb";
        start.Environment["POWERSHELL_TELEMETRY_OPTOUT"] = "1";
        (_, string output, string error, _) = await RealProcess.RunAsync(start, script);
        Assert.Equal("", error);
        return output.Replace("\r", "", StringComparison.Ordinal);
    }
}
