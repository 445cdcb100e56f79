using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Secrets.Conversion;

namespace Secrets.Binding;

/// <summary>Classifies types for the binder: a leaf, a collection, an object that is filled member by member, or unsupported.</summary>
[RequiresUnreferencedCode(Trimming.Note)]
[RequiresDynamicCode(Trimming.Note)]
internal static class TypeKinds
{
    /// <summary>True where one value fills the type.</summary>
    public static bool IsLeaf(Type type) =>
        SimpleTypes.Contains(type) || type == typeof(object) || type == typeof(SecretValue) || IsView(type) || ParsedTypes.Contains(type);

    /// <summary>True where the view of a section fills the type.</summary>
    public static bool IsView(Type type) => type != typeof(object) && type != typeof(IEnumerable) && type.IsAssignableFrom(typeof(SecretsView));

    /// <summary>True where the type is filled from the keys of a section, member by member.</summary>
    public static bool IsComposite(Type type) => !IsLeaf(type) && !IsCollection(type) && Refusal(type) is null;

    /// <summary>True where an object of the type that exists can be filled.</summary>
    public static bool IsFillable(Type type) =>
        !type.IsValueType && (SequenceShape.Of(type)?.IsFillable ?? DictionaryShape.Of(type)?.IsFillable ?? (type == typeof(object) || IsComposite(type)));

    public static bool IsCollection(Type type) => SequenceShape.Of(type) is not null || DictionaryShape.Of(type) is not null;

    /// <summary>Gives what a member of the type holds unless somebody assigns it.</summary>
    public static object? DefaultOf(Type type) => type.IsValueType ? Activator.CreateInstance(type) : null;

    /// <summary>Says why no secret can become the type, as the end of a sentence; <see langword="null"/> where one can.</summary>
    public static string? Refusal(Type type)
    {
        if (type.IsByRefLike || type.IsPointer || type.IsFunctionPointer)
        {
            return "lives on the stack or is a pointer";
        }

        if (IsLeaf(type))
        {
            return null;
        }

        if (typeof(ITuple).IsAssignableFrom(type))
        {
            return "is a tuple, whose element names do not exist at run time; use a record";
        }

        if (typeof(Delegate).IsAssignableFrom(type))
        {
            return "is a delegate";
        }

        if (type == typeof(CancellationToken))
        {
            return "is a cancellation token";
        }

        if (type.IsGenericType && (type.GetGenericTypeDefinition() == typeof(Memory<>) || type.GetGenericTypeDefinition() == typeof(ReadOnlyMemory<>)))
        {
            return "is a view of memory; use an array";
        }

        return RefusalOfCollection(type) ?? (!IsCollection(type) && type.IsAbstract ? type.IsInterface ? "is an interface; use a class" : "is abstract; use a class that is not" : null);
    }

    private static string? RefusalOfCollection(Type type)
    {
        if (type.IsArray && !type.IsSZArray)
        {
            return "is an array of several dimensions; use an array of arrays";
        }

        if (DictionaryShape.Of(type) is { } dictionary)
        {
            return SimpleTypes.Contains(dictionary.Key) || ParsedTypes.Contains(dictionary.Key) ? null : $"has keys of {TextConverter.Describe(dictionary.Key)}, which no key can be read as";
        }

        return typeof(IEnumerable).IsAssignableFrom(type) && SequenceShape.Of(type) is null
            ? "is a collection that binding cannot fill; use a list, an array, a set or a dictionary"
            : null;
    }
}
