using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Collections.ObjectModel;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Secrets.Conversion;

namespace Secrets.Binding;

/// <summary>A type that a section fills key by key: a dictionary, or an own type that is <see cref="IDictionary{TKey, TValue}"/>.</summary>
[RequiresUnreferencedCode(Trimming.Note)]
[RequiresDynamicCode(Trimming.Note)]
internal sealed class DictionaryShape
{
    private static readonly Type[] Dictionaries = [typeof(Dictionary<,>), typeof(IDictionary<,>), typeof(IReadOnlyDictionary<,>)];

    private readonly Type _type;
    private readonly Type? _definition;

    private DictionaryShape(Type type, Type key, Type value, bool isFillable)
    {
        _type = type;
        _definition = type.IsGenericType ? type.GetGenericTypeDefinition() : null;
        Key = key;
        Value = value;
        IsFillable = isFillable;
    }

    public Type Key { get; }

    public Type Value { get; }

    /// <summary>Gets a value indicating whether the type lets one that exists be filled.</summary>
    public bool IsFillable { get; }

    public static DictionaryShape? Of(Type type)
    {
        Type? definition = type.IsGenericType ? type.GetGenericTypeDefinition() : null;
        if (definition is not null && (Dictionaries.Contains(definition) || IsUnchanging(definition)))
        {
            bool isFillable = definition == typeof(Dictionary<,>) || definition == typeof(IDictionary<,>);
            return new DictionaryShape(type, type.GenericTypeArguments[0], type.GenericTypeArguments[1], isFillable);
        }

        return CollectionTypes.CanCreate(type) && CollectionTypes.Arguments(type, typeof(IDictionary<,>)) is [var key, var value]
            ? new DictionaryShape(type, key, value, isFillable: true)
            : null;
    }

    /// <summary>Creates the dictionary. Keys that are text compare as the chain's keys do, where the type takes a comparer.</summary>
    /// <exception cref="TargetInvocationException">A dictionary of the program threw.</exception>
    public object Create(IReadOnlyList<KeyValuePair<object, object?>> entries, IEqualityComparer<string> keys) => Call(nameof(CreateOf), entries, keys)!;

    /// <summary>Tells whether a dictionary that exists can be filled.</summary>
    public bool CanFill(object existing) => Call(nameof(CanFillOf), existing) is true;

    /// <summary>Replaces what a dictionary holds.</summary>
    /// <exception cref="TargetInvocationException">A dictionary of the program threw.</exception>
    public void Fill(object existing, IReadOnlyList<KeyValuePair<object, object?>> entries) => Call(nameof(FillOf), existing, entries);

    private static bool IsUnchanging(Type definition) =>
        definition == typeof(ReadOnlyDictionary<,>)
        || (definition.Namespace is "System.Collections.Immutable" or "System.Collections.Frozen" && IsImmutable(definition));

    private static bool IsImmutable(Type definition) =>
        definition == typeof(ImmutableDictionary<,>) || definition == typeof(IImmutableDictionary<,>) || definition == typeof(FrozenDictionary<,>);

    private object? Call(string method, params object?[] arguments) => typeof(DictionaryShape)
        .GetMethod(method, BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static)!
        .MakeGenericMethod(Key, Value)
        .Invoke(this, arguments);

    private object CreateOf<TKey, TValue>(IReadOnlyList<KeyValuePair<object, object?>> entries, IEqualityComparer<string> keys)
        where TKey : notnull
    {
        var comparer = keys as IEqualityComparer<TKey>;
        bool isOwn = _definition is null || (!Dictionaries.Contains(_definition) && !IsUnchanging(_definition));
        IDictionary<TKey, TValue> created = isOwn ? CreateOwn<TKey, TValue>(comparer) : new Dictionary<TKey, TValue>(comparer);
        FillOf(created, entries);
        return isOwn || Dictionaries.Contains(_definition!) ? created : Unchanging((Dictionary<TKey, TValue>)created);
    }

    private IDictionary<TKey, TValue> CreateOwn<TKey, TValue>(IEqualityComparer<TKey>? comparer) =>
        (IDictionary<TKey, TValue>)(comparer is not null && _type.GetConstructor([typeof(IEqualityComparer<TKey>)]) is { } constructor
            ? constructor.Invoke([comparer])
            : Activator.CreateInstance(_type)!);

    private object Unchanging<TKey, TValue>(Dictionary<TKey, TValue> created)
        where TKey : notnull =>
        _definition == typeof(ReadOnlyDictionary<,>) ? new ReadOnlyDictionary<TKey, TValue>(created)
        : _definition == typeof(FrozenDictionary<,>) ? created.ToFrozenDictionary(created.Comparer)
        : created.ToImmutableDictionary(created.Comparer);

    private static bool CanFillOf<TKey, TValue>(object existing) => existing is IDictionary<TKey, TValue> { IsReadOnly: false };

    private static void FillOf<TKey, TValue>(IDictionary<TKey, TValue> existing, IReadOnlyList<KeyValuePair<object, object?>> entries)
    {
        existing.Clear();
        foreach ((object key, object? value) in entries)
        {
            existing[(TKey)key] = (TValue)value!;
        }
    }
}
