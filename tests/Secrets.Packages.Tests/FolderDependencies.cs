using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Secrets.Packages;

/// <summary>
/// Which folders of one project use types of which others. The root folder is left out: its public types are the words that every folder uses, and the doors behind which the folders lie.
/// </summary>
internal sealed class FolderDependencies
{
    private static readonly ConcurrentDictionary<string, FolderDependencies> _known = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<string>> _uses = new(StringComparer.Ordinal);

    public FolderDependencies(string project, IEnumerable<(string From, string To)> uses)
    {
        Uses = [.. uses];
        foreach ((string from, string to) in Uses.Select(u => (FolderOf(project, u.From), FolderOf(project, u.To))).Where(u => u.Item1.Length > 0 && u.Item2.Length > 0 && u.Item1 != u.Item2))
        {
            _uses.TryAdd(from, new HashSet<string>(StringComparer.Ordinal));
            _uses[from].Add(to);
        }
    }

    /// <summary>Gets which file uses which, the root folder's included.</summary>
    public HashSet<(string From, string To)> Uses { get; }

    /// <summary>Gets the dependencies that are part of a circle, as in <c>Loading -> Merging</c>.</summary>
    public IEnumerable<string> InCircles =>
        from use in _uses
        from to in use.Value
        where Reaches(to, use.Key)
        orderby use.Key, to
        select $"{use.Key} -> {to}";

    public static FolderDependencies Of(Package package) => _known.GetOrAdd(package.Name, _ => new FolderDependencies(package.Name, UsesIn(package)));

    public override string ToString() => string.Join('\n', _uses.OrderBy(u => u.Key, StringComparer.Ordinal).Select(u => $"{u.Key} -> {string.Join(", ", u.Value.Order(StringComparer.Ordinal))}"));

    public static string FolderOf(string project, string file) => Path.GetDirectoryName(Path.GetRelativePath("src/" + project, file))!.Replace('\\', '/');

    private static IEnumerable<(string From, string To)> UsesIn(Package package)
    {
        CSharpCompilation sources = package.CompileSources();
        foreach (SyntaxTree tree in package.Sources)
        {
            SemanticModel model = sources.GetSemanticModel(tree);

            // The name of a type alone is no use of it.
            foreach (SimpleNameSyntax name in tree.GetRoot().DescendantNodes(n => n is not (UsingDirectiveSyntax or TypeOfExpressionSyntax)).OfType<SimpleNameSyntax>())
            {
                SymbolInfo info = model.GetSymbolInfo(name);
                ISymbol? symbol = info.Symbol ?? info.CandidateSymbols.FirstOrDefault();
                if (((symbol as INamedTypeSymbol) ?? symbol?.ContainingType)?.OriginalDefinition.DeclaringSyntaxReferences.FirstOrDefault() is { } declared)
                {
                    yield return (tree.FilePath, declared.SyntaxTree.FilePath);
                }
            }
        }
    }

    private bool Reaches(string from, string to)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var next = new Stack<string>([from]);
        while (next.TryPop(out string? folder))
        {
            if (folder == to)
            {
                return true;
            }

            foreach (string used in seen.Add(folder) ? _uses.GetValueOrDefault(folder, []) : [])
            {
                next.Push(used);
            }
        }

        return false;
    }
}
