using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Secrets.Docs;

/// <summary>Compiles a block as a reader would who pastes it into a new console project that references the packages.</summary>
internal static class CSharpBlock
{
    // What the console template imports by itself.
    private const string ImplicitUsings = """
        global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;
        global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;
        """;

    // This Roslyn package is one release older than C# 14 and knows its features as a preview.
    private static readonly CSharpParseOptions _parsing = new(LanguageVersion.Preview);

    private static readonly string[] _shipped = ["Secrets.*.dll", "AWSSDK.*.dll", "Azure.*.dll", "System.ClientModel.dll", "Google.*.dll"];

    // The framework, what is shipped and the vendors' packages that its surface shows, and nothing of the test project's own.
    private static readonly MetadataReference[] _references =
    [
        .. new[] { typeof(object), typeof(Microsoft.AspNetCore.Builder.WebApplication) }
            .SelectMany(framework => Directory.EnumerateFiles(Path.GetDirectoryName(framework.Assembly.Location)!, "*.dll"))
            .Concat(_shipped.SelectMany(names => Directory.EnumerateFiles(AppContext.BaseDirectory, names)).Where(f => !f.EndsWith(".Tests.dll", StringComparison.Ordinal)))
            .Where(IsManaged)
            .Select(f => MetadataReference.CreateFromFile(f)),
    ];

    /// <summary>Gives the errors as <c>file(line,column): error CS0000: text</c>.</summary>
    /// <param name="file">The Markdown file.</param>
    /// <param name="line">The line of the block's first line.</param>
    /// <param name="code">The block.</param>
    /// <param name="prelude">What the block assumes; it stands for the reader's own code, and so has no using.</param>
    /// <returns>The errors, none where it compiles.</returns>
    public static IReadOnlyList<string> Errors(string file, int line, string code, string prelude = "")
    {
        CompilationUnitSyntax block = SyntaxFactory.ParseCompilationUnit(code, options: _parsing);
        CompilationUnitSyntax before = SyntaxFactory.ParseCompilationUnit(prelude, options: _parsing);
        if (before.Usings.Any())
        {
            return [$"{file}({line}): the prelude has a using, which the reader needs too: show it in the block"];
        }

        bool runs = before.Members.Concat(block.Members).OfType<GlobalStatementSyntax>().Any();

        // C# wants usings, statements, types; a prelude with statements comes before a block's usings, and a block may show its record first.
        var parts = Parts(before, $"prelude of {file}", 1).Concat(Parts(block, file, line)).OrderBy(p => p.Order).Select(p => p.Text);
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Block",
            [
                CSharpSyntaxTree.ParseText(ImplicitUsings, _parsing),
                CSharpSyntaxTree.ParseText(string.Concat(parts), _parsing),
            ],
            _references,
            new CSharpCompilationOptions(
                runs ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        return [.. compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error).Select(Describe)];
    }

    private static IEnumerable<(int Order, string Text)> Parts(CompilationUnitSyntax unit, string file, int line)
    {
        foreach (SyntaxNodeOrToken part in unit.ChildNodesAndTokens())
        {
            int order = part.AsNode() switch
            {
                ExternAliasDirectiveSyntax => 0,
                UsingDirectiveSyntax => 1,
                GlobalStatementSyntax => 2,
                _ => 3,
            };
            int start = unit.SyntaxTree.GetText().Lines.GetLinePosition(part.FullSpan.Start).Line;
            yield return (order, $"\n#line {line + start} \"{file}\"\n{part.ToFullString()}");
        }
    }

    private static string Describe(Diagnostic error)
    {
        FileLinePositionSpan place = error.Location.GetMappedLineSpan();
        return $"{place.Path}({place.StartLinePosition.Line + 1}): error {error.Id}: {error.GetMessage(CultureInfo.InvariantCulture)}";
    }

    private static bool IsManaged(string file)
    {
        using var reader = new System.Reflection.PortableExecutable.PEReader(File.OpenRead(file));
        return reader.HasMetadata;
    }
}
