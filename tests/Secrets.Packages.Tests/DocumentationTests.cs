using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace Secrets.Packages;

public class DocumentationTests
{
    [Theory]
    [MemberData(nameof(Package.Data), MemberType = typeof(Package))]
    public void Every_public_type_and_member_has_a_summary(string name)
    {
        Package package = Package.Load(name);
        None.Of(package.PublicTypes.SelectMany(t => Package.PublicMembers(t).Prepend(t))
            .Where(s => !s.IsImplicitlyDeclared && !IsDefaultConstructor(s) && !HasSummary(Element(package, s)))
            .Select(s => s.ToDisplayString()));
    }

    [Theory]
    [MemberData(nameof(Package.Data), MemberType = typeof(Package))]
    public void Every_parameter_and_result_is_described(string name)
    {
        Package package = Package.Load(name);
        var missing = new List<string>();
        foreach (ISymbol member in package.PublicTypes.SelectMany(Package.PublicMembers))
        {
            if (Element(package, member) is not { } element || element.Element("inheritdoc") is not null)
            {
                continue;
            }

            var method = member as IMethodSymbol;
            var indexer = member as IPropertySymbol;
            IEnumerable<ISymbol> parameters = method?.Parameters ?? indexer?.Parameters ?? [];
            bool returns = method is { ReturnsVoid: false, MethodKind: not MethodKind.Constructor } || indexer is { IsIndexer: true };
            missing.AddRange(parameters.Where(p => !Describes(element, "param", p.Name)).Select(p => $"{member.ToDisplayString()}: {p.Name}"));
            missing.AddRange((method?.TypeParameters ?? []).Where(p => !Describes(element, "typeparam", p.Name)).Select(p => $"{member.ToDisplayString()}: {p.Name}"));
            if (returns && !element.Elements("returns").Any(HasText))
            {
                missing.Add(member.ToDisplayString() + ": the result");
            }
        }

        None.Of(missing);
    }

    [Theory]
    [MemberData(nameof(Package.Data), MemberType = typeof(Package))]
    public void Every_reference_resolves_and_every_exception_says_when(string name)
    {
        Package package = Package.Load(name);
        var visible = package.PublicTypes.SelectMany(Package.PublicMembers).Select(m => m.GetDocumentationCommentId()).ToHashSet();
        var wrong = new List<string>();
        foreach ((string id, XElement element) in package.Documentation)
        {
            foreach (XElement reference in element.Descendants().Where(e => e.Attribute("cref") is not null))
            {
                string cref = reference.Attribute("cref")!.Value;
                ISymbol? target = DocumentationCommentId.GetFirstSymbolForDeclarationId(cref, package.Compilation);
                if (target is null)
                {
                    wrong.Add($"{id}: {cref} does not exist");
                }
                else if (reference.Name == "exception" && !HasText(reference))
                {
                    wrong.Add($"{id}: {cref} without saying when");
                }
                else if (reference.Name == "exception" && visible.Contains(id) && IsSecretsError(target as ITypeSymbol) && !NamesCode(reference))
                {
                    wrong.Add($"{id}: {cref} without its code");
                }
            }
        }

        None.Of(wrong);
    }

    /// <summary>A feed shows it alone, so that a link to another file of the repository leads nowhere.</summary>
    [Theory]
    [MemberData(nameof(Package.Data), MemberType = typeof(Package))]
    public void A_package_has_a_readme_for_its_page_on_a_feed(string name)
    {
        string text = Repository.Read($"src/{name}/README.md");
        Assert.StartsWith($"# {name}\n\n", text, StringComparison.Ordinal);
        Assert.Contains("```csharp\n", text, StringComparison.Ordinal);
        None.Of(text.Split("](").Skip(1).Where(t => !t.StartsWith("https://", StringComparison.Ordinal)).Select(t => $"relative link: {t.Split(')')[0]}"));
    }

    /// <summary>Coded exceptions that the assembly's own methods throw; what comes through an interface is a reviewer's matter.</summary>
    [Theory]
    [MemberData(nameof(Package.Data), MemberType = typeof(Package))]
    public void What_a_public_member_throws_is_documented(string name)
    {
        // The calls are there, but not with values that make them throw.
        Dictionary<string, string> impossible = new(StringComparer.Ordinal)
        {
            ["Secrets.SecretsBuilder.Require<T>(string?)"] = nameof(SecretsFormatException), // Binding runs at the build.
            ["Secrets.SecretsView.RevealAll()"] = nameof(SecretsFormatException), // Each kind is revealed as what it is.
            ["Secrets.DotEnvSecretsBuilderExtensions.AddDotEnv(Secrets.SecretsBuilder)"] = nameof(SecretsSourceException), // The default options are valid.
            ["Secrets.TomlSecretsBuilderExtensions.AddToml(Secrets.SecretsBuilder)"] = nameof(SecretsSourceException), // The default options are valid.
        };
        Package package = Package.Load(name);
        ThrownExceptions thrown = new(package);
        None.Of(
            from member in package.PublicTypes.SelectMany(Package.PublicMembers)
            let element = Element(package, member)
            where element is not null && element.Element("inheritdoc") is null
            let documented = element.Elements("exception").Select(e => e.Attribute("cref")?.Value).ToHashSet()
            from exception in thrown.By(member)
            where !documented.Contains(exception.Type) && "T:Secrets." + impossible.GetValueOrDefault(member.ToDisplayString()) != exception.Type
            select $"{member.ToDisplayString()}: {exception.Type} from {exception.Place}");
    }

    private static XElement? Element(Package package, ISymbol symbol) =>
        package.Documentation.GetValueOrDefault(symbol.GetDocumentationCommentId() ?? "");

    private static bool HasSummary(XElement? element) =>
        element is not null && (element.Elements("summary").Any(HasText) || element.Element("inheritdoc") is not null);

    private static bool HasText(XElement element) => element.Value.Trim().Length > 0 || element.Elements().Any();

    private static bool Describes(XElement element, string kind, string name) =>
        element.Elements(kind).Any(e => e.Attribute("name")?.Value == name && HasText(e));

    // A class without a constructor of its own says all in its own summary.
    private static bool IsDefaultConstructor(ISymbol symbol) =>
        symbol is IMethodSymbol { MethodKind: MethodKind.Constructor, Parameters.Length: 0 };

    private static bool IsSecretsError(ITypeSymbol? type) => type?.AllInterfaces.Any(i => i.Name == nameof(ISecretsError)) == true;

    private static bool NamesCode(XElement exception) =>
        exception.Elements().Any(e => e.Attribute("cref")?.Value.Contains(".SecretsErrorCode", StringComparison.Ordinal) == true)
        || exception.Value.Contains("code", StringComparison.Ordinal);
}
