using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using Secrets.Conversion;

namespace Secrets.Binding;

/// <summary>Says which paths a type declares, one for each leaf that its members hold, and refuses a type that cannot be bound.</summary>
[RequiresUnreferencedCode(Trimming.Note)]
[RequiresDynamicCode(Trimming.Note)]
internal sealed class TypeRequirements
{
    /// <summary>How deep types may nest.</summary>
    public const int MaxDepth = 64;

    /// <summary>How many paths one type may declare.</summary>
    public const int MaxPaths = 10_000;

    private readonly List<SecretDemand> _demands = [];
    private readonly HashSet<Type> _within = [];
    private readonly HashSet<Type> _elements = [];
    private readonly StrongBox<bool> _isBeyondLimits;

    private TypeRequirements(StrongBox<bool> isBeyondLimits) => _isBeyondLimits = isBeyondLimits;

    /// <exception cref="ArgumentException">The type is one value or a collection, and the path is the root.</exception>
    /// <exception cref="SecretsSourceException">The type cannot be bound: <see cref="SecretsErrorCode.InvalidConfiguration"/>.</exception>
    public static IReadOnlyList<SecretDemand> Of(Type type, SecretPath path)
    {
        TypeShape.At(path, () => TypeShape.ThrowIfRefused(type));
        var collected = new TypeRequirements(new StrongBox<bool>());
        collected.Collect(type, path, path, isRequired: true, isWhole: true);
        return collected._demands;
    }

    public static SecretsSourceException TooDeep(SecretPath path) => new(
        SecretsErrorCode.InvalidConfiguration,
        string.Create(CultureInfo.InvariantCulture, $"Types are nested more than {MaxDepth} deep at {Start(path)}; a type that holds a larger form of itself cannot be bound."));

    public static SecretsSourceException TooMany(SecretPath path) => new(
        SecretsErrorCode.InvalidConfiguration,
        string.Create(CultureInfo.InvariantCulture, $"The type declares more than {MaxPaths} paths, as at {Start(path)}; name parts of it by type and path instead."));

    // The whole path is as long as the types are deep.
    private static SecretPath Start(SecretPath path) => new(path.Segments.Take(3));

    /// <param name="type">The type.</param>
    /// <param name="path">Where it is bound.</param>
    /// <param name="ownName">The same path as the members spell it.</param>
    /// <param name="isRequired">Whether what the type needs is required.</param>
    /// <param name="held">The object that a member holds already, which needs only what would stay null.</param>
    /// <param name="isWhole">Whether the program named the type, and not a member.</param>
    private void Collect(Type type, SecretPath path, SecretPath ownName, bool isRequired, object? held = null, bool isWhole = false)
    {
        Type inner = Nullable.GetUnderlyingType(type) ?? type;

        // A type that holds itself has no end of paths; its inner self is declared as one.
        if (!TypeKinds.IsComposite(inner) || _within.Contains(inner))
        {
            if (path.Segments.Count == 0)
            {
                throw new ArgumentException($"The type {type} is one value or a collection; name the path that holds it.", nameof(type));
            }

            CheckElements(inner, path);
            Add(new SecretDemand(path, isRequired && held is null, KeyComparison.Equivalent, [ownName]));
            return;
        }

        if (_within.Count == MaxDepth)
        {
            _isBeyondLimits.Value = true;
            throw TooDeep(path);
        }

        _within.Add(inner);
        int before = _demands.Count;
        TypeShape shape = held is null ? TypeShape.Of(inner, path) : TypeShape.OfExisting(held.GetType());
        object? owner = held ?? shape.Sample;
        foreach (Member member in shape.Members)
        {
            object? inMember = owner is null || member.IsRequired ? null : TypeShape.Held(member, owner);
            bool isNeeded = inMember is not null || (held is null ? member.IsRequired && member.Role == MemberRole.Set : member.IsNullIn(held));
            CollectMember(member, path.Append(member.Path), ownName.Append(member.OwnName), isRequired && isNeeded, inMember);
        }

        _within.Remove(inner);
        if (isRequired && !isWhole && held is null && !_demands.Skip(before).Any(r => r.IsRequired))
        {
            // A member needs its section, even if nothing in it is required.
            Add(new SecretDemand(path, isRequired: true, KeyComparison.Equivalent, [ownName]));
        }
    }

    private void CollectMember(Member member, SecretPath path, SecretPath ownName, bool isRequired, object? held)
    {
        int count = _demands.Count;
        HashSet<Type> within = [.. _within];
        try
        {
            if (member.Role != MemberRole.Unsupported)
            {
                Collect(member.Type, path, ownName, isRequired, held);
            }
        }
        catch (SecretsSourceException) when ((!isRequired || held is not null) && !_isBeyondLimits.Value)
        {
            // Nothing can be bound to an optional member, so that none is asked for; reading one that is there fails.
            _demands.RemoveRange(count, _demands.Count - count);
            _within.IntersectWith(within);
        }
    }

    private void CheckElements(Type type, SecretPath path)
    {
        Type? element = SequenceShape.Of(type)?.Element ?? DictionaryShape.Of(type)?.Value;
        if (element is null || !_elements.Add(element))
        {
            return;
        }

        TypeShape.At(path, () => TypeShape.ThrowIfRefused(element));
        var inner = new TypeRequirements(_isBeyondLimits);
        inner._elements.UnionWith(_elements);
        inner._within.UnionWith(_within);
        inner.Collect(element, path, ownName: path, isRequired: true);
        _elements.UnionWith(inner._elements);
    }

    private void Add(SecretDemand demand)
    {
        if (_demands.Count == MaxPaths)
        {
            _isBeyondLimits.Value = true;
            throw TooMany(demand.Path);
        }

        _demands.Add(demand);
    }
}
