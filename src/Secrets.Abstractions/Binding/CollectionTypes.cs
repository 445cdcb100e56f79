using System.Diagnostics.CodeAnalysis;
using Secrets.Conversion;

namespace Secrets.Binding;

/// <summary>What lists and dictionaries of a program's own have in common.</summary>
[RequiresUnreferencedCode(Trimming.Note)]
[RequiresDynamicCode(Trimming.Note)]
internal static class CollectionTypes
{
    /// <summary>True where an empty object of the type can be created.</summary>
    public static bool CanCreate(Type type) => type.IsClass && !type.IsAbstract && type.GetConstructor(Type.EmptyTypes) is not null;

    /// <summary>Gives the type arguments with which a type implements an interface, or <see langword="null"/> where it does not do so exactly once.</summary>
    public static Type[]? Arguments(Type type, Type definition)
    {
        Type[] implemented = Array.FindAll(type.GetInterfaces(), i => i.IsGenericType && i.GetGenericTypeDefinition() == definition);
        return implemented is [var only] ? only.GenericTypeArguments : null;
    }
}
