using System.CommandLine;

namespace Secrets.Cli.Chains;

/// <summary>The options that say where secrets are read, and the stores that they open.</summary>
internal sealed class ChainOptions
{
    private readonly Surroundings _surroundings;

    private readonly Option<string[]> _from = new("--from")
    {
        Description = "Read here instead of the files and variables of this directory. Can be given several times; the first one wins. " + SourceSpec.Help + ".",
        HelpName = "SOURCE",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string?> _environment = EnvironmentOption.Create("Read the files of this environment too, instead of that of DOTNET_ENVIRONMENT or ASPNETCORE_ENVIRONMENT.");

    private readonly Option<bool> _verbose = new("--verbose") { Description = "Say on standard error what each source gave." };

    public ChainOptions(Surroundings surroundings)
    {
        _surroundings = surroundings;
        _from.CompletionSources.Add("toml:", "dotenv:", "env:", "directory:", "aws:", "aws-parameters:", "azure:", "vault:", "gcp:");
    }

    public void AddTo(Command command)
    {
        command.Options.Add(_from);
        command.Options.Add(_environment);
        command.Options.Add(_verbose);
    }

    /// <summary>Opens the chain that the command line names, and tells its warnings.</summary>
    public async Task<SecretsStore> OpenAsync(ParseResult parsed, CancellationToken cancellationToken, params string[] required)
    {
        SecretsStore store = await OpenQuietlyAsync(parsed, required, cancellationToken);
        foreach (SecretsWarning warning in store.Warnings)
        {
            _surroundings.Terminal.Error.WriteLine("warning: " + warning.Message);
        }

        return store;
    }

    /// <summary>
    /// Opens the chain that the command line names, for values that are used after the command. Disposal would revoke leased credentials, so the store is disposed only if
    /// <paramref name="print"/> fails. Otherwise the credentials end with their lease.
    /// </summary>
    public async Task<int> PrintAsync(ParseResult parsed, string[] required, Action<SecretsStore> print, CancellationToken cancellationToken)
    {
        SecretsStore store = await OpenAsync(parsed, cancellationToken, required);
        try
        {
            print(store);
            return ExitCode.Done;
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }

    /// <summary>Opens the chain that the command line names, asked for the given paths alone or, where there are none, for everything; without its remote sources if it is offline.</summary>
    public async Task<SecretsStore> OpenQuietlyAsync(ParseResult parsed, string[] required, CancellationToken cancellationToken, bool isOffline = false)
    {
        SecretsStore store = await OpenAsync(parsed.GetValue(_from)!, parsed.GetValue(_environment), required, cancellationToken, isOffline);
        if (parsed.GetValue(_verbose))
        {
            _surroundings.Terminal.Error.WriteLine(store.Sources);
        }

        return store;
    }

    /// <summary>Gives every secrets file that is there and that the command line speaks of: those of this project, of all environments, and those of <c>--from</c>.</summary>
    public IEnumerable<string> Files(ParseResult parsed) => ProjectFiles.Present(_surroundings, parsed.GetValue(_environment))
        .Concat(parsed.GetValue(_from)!.Select(f => SourceSpec.FileOf(f, _surroundings)).OfType<string>().Where(File.Exists))
        .Distinct(StringComparer.Ordinal);

    /// <summary>Says how to begin where the default chain has no secrets.</summary>
    public string NextStep(ParseResult parsed) => parsed.GetValue(_from) is { Length: > 0 } ? ""
        : ProjectFiles.Places(_surroundings, parsed.GetValue(_environment)).Any(File.Exists) ? " Add one with: secrets set api_token"
        : " Begin with: secrets init";

    /// <summary>Opens a chain of the given sources, or the default one where there are none.</summary>
    public async Task<SecretsStore> OpenAsync(string[] from, string? environment, string[] required, CancellationToken cancellationToken, bool isOffline = false)
    {
        var builder = new SecretsBuilder { UndeclaredReads = UndeclaredReads.Allow };
        _ = isOffline ? builder.Offline() : builder;
        foreach (string source in from)
        {
            SourceSpec.Add(builder, source, _surroundings);
        }

        if (from.Length == 0)
        {
            builder.AddToml(ProjectFiles.Options(_surroundings, environment)).AddEnvironment(configure: o => o.Variables = _surroundings.Variables);
        }

        builder.Require(required);
        bool isRemote = !isOffline && from.Any(f => !f.StartsWith("toml:", StringComparison.Ordinal) && !f.StartsWith("dotenv:", StringComparison.Ordinal) && !f.StartsWith("env", StringComparison.Ordinal));

        // The files of a project end by themselves. A build that nobody can cancel stays on its thread, and so starts faster.
        CancellationToken ended = from.Length == 0 ? CancellationToken.None : cancellationToken;
        SecretsStore store = isRemote
            ? await _surroundings.Terminal.WithProgressAsync("Asking " + string.Join(", ", from.Select(f => f.Split(':')[0])), () => builder.BuildAsync(ended))
            : await builder.BuildAsync(ended);

        // Who names a file means that it is there; in the default chain none need be.
        if (from.Length > 0 && store.Sources.FirstOrDefault(s => s.State == SecretsSourceState.Missing) is { } missing)
        {
            store.Dispose();
            throw new CommandException(ExitCode.SourceFailed, $"{missing.Name}: there is nothing at {string.Join(", ", missing.Places)}.");
        }

        return store;
    }
}
