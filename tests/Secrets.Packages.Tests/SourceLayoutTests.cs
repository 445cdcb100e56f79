using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Secrets.Packages;

public class SourceLayoutTests
{
    [Theory]
    [MemberData(nameof(Package.Data), MemberType = typeof(Package))]
    public void A_file_holds_the_one_type_that_it_is_named_after(string name) => None.Of(Package.Load(name).Sources
        .Where(s => TopTypes(s) is not [var type] || !IsNamedAfter(s, type))
        .Select(s => $"{s.FilePath}: {string.Join(", ", TopTypes(s).Select(NameOf))}"));

    [Theory]
    [MemberData(nameof(Package.Data), MemberType = typeof(Package))]
    public void A_namespace_is_its_folder(string name)
    {
        None.Of(Package.Load(name).Sources
            .Where(s => !Namespaces(s).SequenceEqual([Expected(s)]))
            .Select(s => $"{s.FilePath}: {string.Join(", ", Namespaces(s))} instead of {Expected(s)}"));

        string Expected(SyntaxTree source)
        {
            // The core is the namespace that every user imports, and extensions of the builder are found there too.
            string root = name == "Secrets.Abstractions" || (IsPublic(TopTypes(source)[0]) && NameOf(TopTypes(source)[0]).EndsWith("Extensions", StringComparison.Ordinal))
                ? "Secrets"
                : name;
            string folder = Path.GetDirectoryName(Path.GetRelativePath("src/" + name, source.FilePath))!;
            return folder.Length == 0 ? root : $"{root}.{folder.Replace(Path.DirectorySeparatorChar, '.')}";
        }
    }

    [Theory]
    [MemberData(nameof(Package.Data), MemberType = typeof(Package))]
    public void Public_types_lie_in_the_project_s_root_folder(string name) => None.Of(Package.Load(name).Sources
        .Where(s => TopTypes(s).Any(IsPublic) && Path.GetDirectoryName(s.FilePath)!.Replace('\\', '/') != "src/" + name)
        .Select(s => s.FilePath));

    [Theory]
    [MemberData(nameof(Package.Data), MemberType = typeof(Package))]
    public void A_record_holds_numbers_and_flags_alone_or_writes_its_own_text(string name)
    {
        // A record prints all that it holds, unless it overrides that.
        None.Of(Package.Load(name).Sources
            .SelectMany(s => s.GetRoot().DescendantNodes().OfType<RecordDeclarationSyntax>())
            .Where(r => !r.Members.OfType<MethodDeclarationSyntax>().Any(m => m.Identifier.Text == "ToString" && m.Modifiers.Any(SyntaxKind.OverrideKeyword)))
            .Where(r => MemberTypes(r).Any(t => t is not PredefinedTypeSyntax { Keyword.RawKind: not ((int)SyntaxKind.StringKeyword) and not ((int)SyntaxKind.ObjectKeyword) }))
            .Select(r => $"{r.SyntaxTree.FilePath}: {r.Identifier}"));

        static IEnumerable<TypeSyntax> MemberTypes(RecordDeclarationSyntax record) =>
        [
            .. record.ParameterList?.Parameters.Select(p => p.Type!) ?? [],
            .. record.Members.OfType<PropertyDeclarationSyntax>().Select(p => p.Type),
            .. record.Members.OfType<FieldDeclarationSyntax>().Select(f => f.Declaration.Type),
        ];
    }

    /// <summary>A part of a type that is written in several has the type's name and its own: <c>SecretsBuilder.Sources.cs</c>.</summary>
    private static bool IsNamedAfter(SyntaxTree source, MemberDeclarationSyntax type) => Path.GetFileNameWithoutExtension(source.FilePath).Split('.') switch
    {
        [var only] => only == NameOf(type),
        [var first, _] => first == NameOf(type) && type.Modifiers.Any(SyntaxKind.PartialKeyword) && File.Exists(Path.Combine(Repository.Root, Path.GetDirectoryName(source.FilePath)!, first + ".cs")),
        _ => false,
    };

    private static MemberDeclarationSyntax[] TopTypes(SyntaxTree source) =>
    [
        .. source.GetCompilationUnitRoot().DescendantNodes(n => n is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax)
            .OfType<MemberDeclarationSyntax>().Where(m => m is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax),
    ];

    private static string[] Namespaces(SyntaxTree source) =>
        [.. source.GetCompilationUnitRoot().Members.OfType<BaseNamespaceDeclarationSyntax>().Select(n => n.Name.ToString())];

    private static string NameOf(MemberDeclarationSyntax type) =>
        (type as BaseTypeDeclarationSyntax)?.Identifier.Text ?? ((DelegateDeclarationSyntax)type).Identifier.Text;

    private static bool IsPublic(MemberDeclarationSyntax type) => type.Modifiers.Any(SyntaxKind.PublicKeyword);
}
