using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Collections.ObjectModel;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Secrets.Conversion;

namespace Secrets.Binding;

/// <summary>A type that an array fills: an array, a list, a set, or an own type that is <see cref="ICollection{T}"/>.</summary>
[RequiresUnreferencedCode(Trimming.Note)]
[RequiresDynamicCode(Trimming.Note)]
internal sealed class SequenceShape
{
    private static readonly Type[] Lists = [typeof(List<>), typeof(IList<>), typeof(ICollection<>), typeof(IEnumerable<>), typeof(IReadOnlyList<>), typeof(IReadOnlyCollection<>)];

    private static readonly Type[] Sets = [typeof(HashSet<>), typeof(ISet<>), typeof(IReadOnlySet<>)];

    private static readonly Type[] Changeable = [typeof(List<>), typeof(IList<>), typeof(ICollection<>), typeof(HashSet<>), typeof(ISet<>)];

    private readonly Type _type;
    private readonly Type? _definition;

    private SequenceShape(Type type, Type element, bool isFillable)
    {
        _type = type;
        _definition = type.IsGenericType ? type.GetGenericTypeDefinition() : null;
        Element = element;
        IsFillable = isFillable;
    }

    public Type Element { get; }

    /// <summary>Gets a value indicating whether the type lets one that exists be filled.</summary>
    public bool IsFillable { get; }

    public static SequenceShape? Of(Type type)
    {
        if (type.IsSZArray)
        {
            return type == typeof(byte[]) ? null : new SequenceShape(type, type.GetElementType()!, isFillable: false);
        }

        Type? definition = type.IsGenericType ? type.GetGenericTypeDefinition() : null;
        if (definition is not null && (Lists.Contains(definition) || Sets.Contains(definition) || IsUnchanging(definition)))
        {
            return new SequenceShape(type, type.GenericTypeArguments[0], Changeable.Contains(definition));
        }

        return CollectionTypes.CanCreate(type) && DictionaryShape.Of(type) is null && CollectionTypes.Arguments(type, typeof(ICollection<>)) is [var element]
            ? new SequenceShape(type, element, isFillable: true)
            : null;
    }

    /// <exception cref="TargetInvocationException">A collection of the program threw.</exception>
    public object Create(IReadOnlyList<object?> elements)
    {
        Array typed = Typed(elements);
        return _type.IsSZArray ? typed : Call(nameof(CreateOf), typed)!;
    }

    /// <summary>Tells whether a collection that exists can be filled.</summary>
    public bool CanFill(object existing) => Call(nameof(CanFillOf), existing) is true;

    /// <summary>Replaces what a collection holds.</summary>
    /// <exception cref="TargetInvocationException">A collection of the program threw.</exception>
    public void Fill(object existing, IReadOnlyList<object?> elements) => Call(nameof(FillOf), existing, Typed(elements));

    private static bool IsUnchanging(Type definition) =>
        definition == typeof(ReadOnlyCollection<>)
        || (definition.Namespace is "System.Collections.Immutable" or "System.Collections.Frozen" && IsImmutable(definition));

    private static bool IsImmutable(Type definition) =>
        definition == typeof(ImmutableArray<>) || definition == typeof(ImmutableList<>) || definition == typeof(IImmutableList<>)
        || definition == typeof(ImmutableHashSet<>) || definition == typeof(IImmutableSet<>) || definition == typeof(FrozenSet<>);

    private Array Typed(IReadOnlyList<object?> elements)
    {
        var typed = Array.CreateInstance(Element, elements.Count);
        for (int i = 0; i < elements.Count; i++)
        {
            typed.SetValue(elements[i], i);
        }

        return typed;
    }

    private object? Call(string method, params object?[] arguments) => typeof(SequenceShape)
        .GetMethod(method, BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static)!
        .MakeGenericMethod(Element)
        .Invoke(this, arguments);

    private object CreateOf<T>(T[] elements)
    {
        if (_definition is not null && Lists.Contains(_definition))
        {
            return new List<T>(elements);
        }

        if (_definition is not null && Sets.Contains(_definition))
        {
            return new HashSet<T>(elements);
        }

        if (_definition is not null && IsUnchanging(_definition))
        {
            return CreateUnchanging(elements);
        }

        var created = (ICollection<T>)Activator.CreateInstance(_type)!;
        FillOf(created, elements);
        return created;
    }

    private object CreateUnchanging<T>(T[] elements) =>
        _definition == typeof(ReadOnlyCollection<>) ? new ReadOnlyCollection<T>(elements)
        : _definition == typeof(ImmutableArray<>) ? ImmutableArray.Create(elements)
        : _definition == typeof(FrozenSet<>) ? elements.ToFrozenSet()
        : _definition == typeof(ImmutableHashSet<>) || _definition == typeof(IImmutableSet<>) ? ImmutableHashSet.Create(elements)
        : ImmutableList.Create(elements);

    private static bool CanFillOf<T>(object existing) => existing is ICollection<T> { IsReadOnly: false };

    private static void FillOf<T>(ICollection<T> existing, T[] elements)
    {
        existing.Clear();
        foreach (T element in elements)
        {
            existing.Add(element);
        }
    }
}
