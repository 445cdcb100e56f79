using System.CommandLine;
using System.CommandLine.Completions;
using Secrets.Cli.Chains;
using Secrets.Cli.Values;

namespace Secrets.Cli.Commands;

/// <summary>Arguments that are paths of secrets. The shell completes them from the local files, and from nothing else.</summary>
internal sealed class PathArguments(Surroundings surroundings, bool isCompleting)
{
    public Argument<string> Create(string description)
    {
        var path = new Argument<string>("PATH") { Description = description };
        path.CompletionSources.Add(_ => Paths());
        return path;
    }

    // Help asks for completions too, and would print every path.
    private IEnumerable<CompletionItem> Paths()
    {
        if (!isCompleting)
        {
            return [];
        }

        try
        {
            using SecretsStore store = new SecretsBuilder().AddToml(ProjectFiles.Options(surroundings)).Build();
            return [.. Leaf.Of(store).Select(l => new CompletionItem(l.Path.ToString()))];
        }
        catch (Exception failure) when (failure is ISecretsError)
        {
            return [];
        }
    }
}
