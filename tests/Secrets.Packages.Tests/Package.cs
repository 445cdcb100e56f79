using System.Collections.Concurrent;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Secrets.Packages;

/// <summary>One project of <c>src</c>, as its users see it: the built assembly with its documentation; and as it is written.</summary>
internal sealed class Package
{
    private static readonly ConcurrentDictionary<string, Package> _loaded = new(StringComparer.Ordinal);

    private const string ImplicitUsings = """
        global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;
        global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;
        """;

    private static readonly MetadataReference[] _framework =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(f => !Path.GetFileName(f).StartsWith("Secrets.", StringComparison.Ordinal))
            .Select(f => MetadataReference.CreateFromFile(f)),
    ];

    private Package(string name)
    {
        Name = name;
        string assembly = Path.Combine(AppContext.BaseDirectory, name + ".dll");
        Assert.True(File.Exists(assembly), $"{name} is not tested: add it to the references of Secrets.Packages.Tests.csproj");
        MetadataReference reference = MetadataReference.CreateFromFile(assembly);
        IEnumerable<MetadataReference> others = Names.Where(n => n != name)
            .Select(n => MetadataReference.CreateFromFile(Path.Combine(AppContext.BaseDirectory, n + ".dll")));
        Compilation = CSharpCompilation.Create("Users", references: [.. _framework, .. others, reference]);
        Assembly = (IAssemblySymbol)Compilation.GetAssemblyOrModuleSymbol(reference)!;
        Documentation = XDocument.Load(Path.ChangeExtension(assembly, ".xml")).Descendants("member")
            .ToDictionary(m => m.Attribute("name")!.Value, StringComparer.Ordinal);
        Sources =
        [
            .. Repository.Files("src/" + name, "*.cs")
                .Select(f => CSharpSyntaxTree.ParseText(Repository.Read(f), new CSharpParseOptions(LanguageVersion.Preview), f)),
        ];
    }

    /// <summary>Gets the projects of <c>src</c>.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Repository.Files("src", "*.csproj").Select(f => Path.GetFileNameWithoutExtension(f))];

    /// <summary>Gets them for a theory.</summary>
    public static TheoryData<string> Data => [.. Names];

    public string Name { get; }

    public CSharpCompilation Compilation { get; }

    public IAssemblySymbol Assembly { get; }

    public IReadOnlyDictionary<string, XElement> Documentation { get; }

    public IReadOnlyList<SyntaxTree> Sources { get; }

    /// <summary>Gets the types that users see, nested ones included.</summary>
    public IEnumerable<INamedTypeSymbol> PublicTypes => Types(Assembly.GlobalNamespace).Where(IsVisible);

    public static Package Load(string name) => _loaded.GetOrAdd(name, n => new Package(n));

    /// <summary>Compiles the sources, so that names in them can be asked for their symbols.</summary>
    public CSharpCompilation CompileSources() => Compilation
        .RemoveReferences(Compilation.GetMetadataReference(Assembly)!)
        .WithOptions(new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary))
        .AddSyntaxTrees(Sources)
        .AddSyntaxTrees(CSharpSyntaxTree.ParseText(ImplicitUsings, (CSharpParseOptions)Sources[0].Options));

    /// <summary>Gives the members that users see, as they are written: without accessors, and without what the compiler made.</summary>
    public static IEnumerable<ISymbol> PublicMembers(INamedTypeSymbol type) => type.GetMembers().Where(m =>
        m is not INamedTypeSymbol and not IMethodSymbol { AssociatedSymbol: not null }
        && IsVisible(m)
        && !(m is IMethodSymbol { MethodKind: MethodKind.Constructor, Parameters.Length: 0 } && type.TypeKind is TypeKind.Enum or TypeKind.Struct)
        && !(type.TypeKind == TypeKind.Enum && m is not IFieldSymbol { HasConstantValue: true }));

    public static bool IsVisible(ISymbol symbol) =>
        symbol.DeclaredAccessibility is Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal
        && (symbol.ContainingType is null || IsVisible(symbol.ContainingType));

    private static IEnumerable<INamedTypeSymbol> Types(INamespaceOrTypeSymbol container) => container.GetMembers()
        .OfType<INamespaceOrTypeSymbol>()
        .SelectMany(m => Types(m).Concat(m is INamedTypeSymbol type ? [type] : []));
}
