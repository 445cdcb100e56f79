using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Secrets.Packages;

/// <summary>A file is one concept, and a method can be seen at once. What has a reason to be longer is listed with it.</summary>
public class SourceSizeTests
{
    private const int MaxFileLines = 300;

    private const int MaxBodyLines = 40;

    // A file, or a file and a method as in src/Secrets.Toml/TomlFormat.cs: Read; then the reason.
    private static readonly Dictionary<string, string> _allowed = new(StringComparer.Ordinal)
    {
    };

    [Fact]
    public void A_file_and_a_body_are_no_longer_than_the_limits_unless_they_have_a_reason() =>
        None.Of(TooLong().Where(l => !_allowed.ContainsKey(l.Name)).Select(l => $"{l.Name} has {l.Lines} lines: split it by concept, or list it with its reason"));

    [Fact]
    public void Every_reason_is_needed()
    {
        None.Of(_allowed.Keys.Except(TooLong().Select(l => l.Name)).Select(n => $"{n} is in the list, but gone or short"));
        None.Of(_allowed.Where(a => a.Value.Length == 0).Select(a => $"{a.Key} has no reason"));
    }

    [Fact]
    public void The_lines_of_a_body_are_those_between_its_braces_or_of_its_expression()
    {
        SyntaxTree source = CSharpSyntaxTree.ParseText(
            """
            class A
            {
                A()
                {
                    // one
                    B = 1;
                }

                int B { get => 1; set { } }

                int C => B
                    + 1;

                abstract void D();

                void E()
                {
                    F();

                    void F()
                    {
                        G();
                    }
                }
            }
            """,
            path: "A.cs");

        Assert.Equal([("A.cs: A", 2), ("A.cs: B", 1), ("A.cs: B", 0), ("A.cs: C", 2), ("A.cs: E", 6), ("A.cs: F", 1)], Bodies(source));
    }

    private static IEnumerable<(string Name, int Lines)> TooLong() => Package.Names.SelectMany(n => Package.Load(n).Sources).SelectMany(s =>
        Bodies(s).Where(b => b.Lines > MaxBodyLines).Concat(Files(s).Where(f => f.Lines > MaxFileLines)));

    private static IEnumerable<(string Name, int Lines)> Files(SyntaxTree source) => [(source.FilePath, source.ToString().Count(c => c == '\n'))];

    private static IEnumerable<(string Name, int Lines)> Bodies(SyntaxTree source) =>
        from node in source.GetRoot().DescendantNodes()
        let body = BodyOf(node)
        where body is not null
        let span = body.GetLocation().GetLineSpan()
        let lines = span.EndLinePosition.Line - span.StartLinePosition.Line + 1
        select ($"{source.FilePath}: {NameOf(node)}", body is BlockSyntax ? Math.Max(lines - 2, 0) : lines);

    private static SyntaxNode? BodyOf(SyntaxNode node) => node switch
    {
        BaseMethodDeclarationSyntax method => (SyntaxNode?)method.Body ?? method.ExpressionBody?.Expression,
        LocalFunctionStatementSyntax function => (SyntaxNode?)function.Body ?? function.ExpressionBody?.Expression,
        AccessorDeclarationSyntax accessor => (SyntaxNode?)accessor.Body ?? accessor.ExpressionBody?.Expression,
        PropertyDeclarationSyntax property => property.ExpressionBody?.Expression,
        IndexerDeclarationSyntax indexer => indexer.ExpressionBody?.Expression,
        _ => null,
    };

    private static string NameOf(SyntaxNode node) => node switch
    {
        MethodDeclarationSyntax method => method.Identifier.Text,
        ConstructorDeclarationSyntax constructor => constructor.Identifier.Text,
        LocalFunctionStatementSyntax function => function.Identifier.Text,
        PropertyDeclarationSyntax property => property.Identifier.Text,
        AccessorDeclarationSyntax { Parent.Parent: PropertyDeclarationSyntax property } => property.Identifier.Text,
        IndexerDeclarationSyntax or AccessorDeclarationSyntax => "this",
        OperatorDeclarationSyntax op => op.OperatorToken.Text,
        _ => node.Kind().ToString(),
    };
}
