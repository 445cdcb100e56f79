using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Secrets.Packages;

/// <summary>Follows the calls inside one assembly's sources from each member to the coded exceptions that leave it.</summary>
internal sealed class ThrownExceptions
{
    private readonly Dictionary<string, (List<SyntaxNode> Throws, HashSet<string> Calls)> _members = new(StringComparer.Ordinal);
    private readonly Dictionary<SyntaxTree, SemanticModel> _models;

    public ThrownExceptions(Package package)
    {
        CSharpCompilation source = package.CompileSources();
        _models = package.Sources.ToDictionary(s => s, s => source.GetSemanticModel(s));
        foreach ((SyntaxTree tree, SemanticModel model) in _models)
        {
            foreach (SyntaxNode node in tree.GetRoot().DescendantNodes())
            {
                Note(node, model);
            }
        }
    }

    /// <summary>Gives what leaves a member: each exception's type, and where it is thrown.</summary>
    public IEnumerable<(string Type, string Place)> By(ISymbol member)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var next = new Stack<string>([Id(member)]);
        while (next.TryPop(out string? id))
        {
            if (!seen.Add(id) || !_members.TryGetValue(id, out var found))
            {
                continue;
            }

            foreach (SyntaxNode node in found.Throws)
            {
                ITypeSymbol? type = _models[node.SyntaxTree].GetTypeInfo(node).Type;
                if (type?.AllInterfaces.Any(i => i.Name == nameof(ISecretsError)) == true)
                {
                    yield return (type.GetDocumentationCommentId()!, $"{node.SyntaxTree.FilePath}({node.GetLocation().GetLineSpan().StartLinePosition.Line + 1})");
                }
            }

            foreach (string call in found.Calls)
            {
                next.Push(call);
            }
        }
    }

    private static string Id(ISymbol symbol)
    {
        symbol = symbol is IMethodSymbol { AssociatedSymbol: { } property } ? property : symbol;
        return symbol.OriginalDefinition.GetDocumentationCommentId() ?? "";
    }

    private void Note(SyntaxNode node, SemanticModel model)
    {
        ExpressionSyntax? thrown = (node as ThrowStatementSyntax)?.Expression ?? (node as ThrowExpressionSyntax)?.Expression;
        ISymbol? called = node is SimpleNameSyntax or BaseObjectCreationExpressionSyntax or ElementAccessExpressionSyntax or CastExpressionSyntax ? model.GetSymbolInfo(node).Symbol : null;
        called = (called as IMethodSymbol)?.ReducedFrom ?? called;
        if ((thrown is null && called is not (IMethodSymbol or IPropertySymbol))
            || node.Ancestors().OfType<TryStatementSyntax>().Any(t => t.Catches.Count > 0 && t.Block.Span.Contains(node.Span))
            || node.FirstAncestorOrSelf<MemberDeclarationSyntax>() is not { } declaration
            || model.GetDeclaredSymbol(declaration) is not { } member)
        {
            return;
        }

        if (!_members.TryGetValue(Id(member), out var found))
        {
            _members[Id(member)] = found = ([], new HashSet<string>(StringComparer.Ordinal));
        }

        if (thrown is not null)
        {
            found.Throws.Add(thrown);
        }
        else
        {
            found.Calls.Add(Id(called!));
        }
    }
}
