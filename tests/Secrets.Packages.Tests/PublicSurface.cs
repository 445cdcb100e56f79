using Microsoft.CodeAnalysis;

namespace Secrets.Packages;

/// <summary>Writes down what users see of an assembly: one line for each type and member, sorted.</summary>
internal static class PublicSurface
{
    private static readonly SymbolDisplayFormat _types = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters | SymbolDisplayGenericsOptions.IncludeTypeConstraints | SymbolDisplayGenericsOptions.IncludeVariance,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    // A line begins with the name, so that sorting keeps a type's members together; modifiers and the result's type follow.
    private static readonly SymbolDisplayFormat _members = new(
        SymbolDisplayGlobalNamespaceStyle.Omitted,
        _types.TypeQualificationStyle,
        _types.GenericsOptions,
        SymbolDisplayMemberOptions.IncludeParameters | SymbolDisplayMemberOptions.IncludeContainingType | SymbolDisplayMemberOptions.IncludeConstantValue,
        parameterOptions: SymbolDisplayParameterOptions.IncludeExtensionThis | SymbolDisplayParameterOptions.IncludeModifiers
            | SymbolDisplayParameterOptions.IncludeType | SymbolDisplayParameterOptions.IncludeName | SymbolDisplayParameterOptions.IncludeDefaultValue,
        propertyStyle: SymbolDisplayPropertyStyle.ShowReadWriteDescriptor,
        miscellaneousOptions: _types.MiscellaneousOptions);

    public static IReadOnlyList<string> Of(Package package) =>
    [
        .. package.PublicTypes.SelectMany(t => Package.PublicMembers(t).Select(Member).Prepend(Type(t))).Order(StringComparer.Ordinal),
    ];

    private static string Type(INamedTypeSymbol type)
    {
        string modifiers = type.TypeKind != TypeKind.Class ? "" : type.IsStatic ? "static " : type.IsAbstract ? "abstract " : type.IsSealed ? "sealed " : "";
        IEnumerable<string> bases = type.Interfaces.Select(i => i.ToDisplayString(_types)).Order(StringComparer.Ordinal);
        if (type is { TypeKind: TypeKind.Class, BaseType: { SpecialType: not SpecialType.System_Object } parent })
        {
            bases = bases.Prepend(parent.ToDisplayString(_types));
        }

        string list = string.Join(", ", bases);
        return $"{type.ToDisplayString(_types)} ({modifiers}{type.TypeKind.ToString().ToLowerInvariant()}){(list.Length > 0 ? " : " + list : "")}{Attributes(type)}";
    }

    private static string Member(ISymbol member)
    {
        string modifiers = string.Concat(new[]
        {
            member.DeclaredAccessibility == Accessibility.Public ? "" : "protected ",
            member is { IsStatic: true, ContainingType.TypeKind: not TypeKind.Enum } ? "static " : "",
            member.ContainingType.TypeKind == TypeKind.Interface ? "" :
                member.IsAbstract ? "abstract " : member.IsOverride ? "override " : member.IsVirtual ? "virtual " : "",
        });
        ITypeSymbol? result = member switch
        {
            IMethodSymbol { MethodKind: not MethodKind.Constructor } method => method.ReturnType,
            IPropertySymbol property => property.Type,
            IFieldSymbol { ContainingType.TypeKind: not TypeKind.Enum } field => field.Type,
            IEventSymbol @event => @event.Type,
            _ => null,
        };
        string type = modifiers + result?.ToDisplayString(_types);
        return member.ToDisplayString(_members) + (type.Length > 0 ? " -> " + type.TrimEnd() : "") + Attributes(member);
    }

    // Nullability, trimming and obsolescence are promises that live in attributes.
    private static string Attributes(ISymbol symbol)
    {
        IEnumerable<(string Target, AttributeData Attribute)> attributes = symbol.GetAttributes().Select(a => ("", a));
        if (symbol is IMethodSymbol method)
        {
            attributes = attributes
                .Concat(method.GetReturnTypeAttributes().Select(a => ("return ", a)))
                .Concat(method.Parameters.SelectMany(p => p.GetAttributes().Select(a => (p.Name + " ", a))));
        }

        string list = string.Join(", ", attributes
            .Where(a => a.Attribute.AttributeClass is { Name: "ObsoleteAttribute" } or { ContainingNamespace.Name: "CodeAnalysis" })
            .Select(a => a.Target + a.Attribute.AttributeClass!.Name.Replace("Attribute", "", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal));
        return list.Length > 0 ? $" [{list}]" : "";
    }
}
