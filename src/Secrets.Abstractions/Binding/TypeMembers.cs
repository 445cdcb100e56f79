using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using Secrets.Conversion;

namespace Secrets.Binding;

/// <summary>The public properties and fields of a type, and what binding does with each. What only computes a value is not among them.</summary>
[RequiresUnreferencedCode(Trimming.Note)]
[RequiresDynamicCode(Trimming.Note)]
internal static class TypeMembers
{
    /// <param name="type">The type.</param>
    /// <param name="created">A new object, which tells what absence leaves; <see langword="null"/> where there is none.</param>
    public static IEnumerable<Member> Of(Type type, object? created)
    {
        // A member that hides an inherited one comes before it.
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (PropertyInfo property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).OrderByDescending(p => Depth(p.DeclaringType)))
        {
            if (property.GetIndexParameters().Length == 0 && seen.Add(property.Name) && OfProperty(property, created) is { } member)
            {
                yield return member;
            }
        }

        foreach (FieldInfo field in type.GetFields(BindingFlags.Public | BindingFlags.Instance).OrderByDescending(f => Depth(f.DeclaringType)))
        {
            if (seen.Add(field.Name) && Role(field.FieldType, !field.IsInitOnly, isStored: true) is { } role)
            {
                yield return Create(field, field.FieldType, role, Nullability.IsNullable(field), created);
            }
        }
    }

    private static int Depth(Type? type) => type is null ? 0 : 1 + Depth(type.BaseType);

    private static Member? OfProperty(PropertyInfo declared, object? created)
    {
        PropertyInfo property = WithSetter(declared);
        MethodInfo? setter = property.SetMethod;
        bool isStored = setter is not null || declared.GetMethod?.IsDefined(typeof(CompilerGeneratedAttribute)) == true;
        MemberRole? role = Role(property.PropertyType, setter is { IsPublic: true }, isStored);
        return role is null ? null : Create(property, property.PropertyType, role.Value, Nullability.IsNullable(property), created);
    }

    /// <summary>Gives what binding does; <see langword="null"/> for a property that only computes a value.</summary>
    private static MemberRole? Role(Type type, bool isSettable, bool isStored)
    {
        Type inner = Nullable.GetUnderlyingType(type) ?? type;
        if (inner == typeof(CancellationToken))
        {
            // Its default is an answer.
            return null;
        }

        if (SequenceShape.Of(inner) is { IsFillable: true } || DictionaryShape.Of(inner) is { IsFillable: true })
        {
            return TypeKinds.Refusal(inner) is not null ? MemberRole.Unsupported : isSettable ? MemberRole.Set : MemberRole.Fill;
        }

        if (!isSettable && !isStored)
        {
            return null;
        }

        if (TypeKinds.Refusal(inner) is not null)
        {
            return MemberRole.Unsupported;
        }

        return isSettable ? MemberRole.Set : !inner.IsValueType && TypeKinds.IsComposite(inner) ? MemberRole.Fill : MemberRole.Fixed;
    }

    private static Member Create(MemberInfo info, Type type, MemberRole role, bool isNullable, object? created)
    {
        var member = new Member(info.Name, TypeShape.PathOf(info, info.Name), type, role, info) { IsNullable = isNullable };
        member.IsRequired = info.IsDefined(typeof(RequiredMemberAttribute))
            || (created is not null && !isNullable && member.IsReadable && IsUnset(type, member.Read(created)));
        return member;
    }

    private static bool IsUnset(Type type, object? value) =>
        value is null || (type.IsValueType && value.Equals(RuntimeHelpers.GetUninitializedObject(type)));

    /// <summary>A property that overrides the getter alone inherits the setter, which reflection does not show.</summary>
    private static PropertyInfo WithSetter(PropertyInfo property)
    {
        // Seen from a derived type, a setter that is private to the base is not there.
        for (PropertyInfo? p = Find(property.DeclaringType!, property); p is not null; p = Inherited(p))
        {
            if (p.SetMethod is not null)
            {
                return p;
            }
        }

        return property;
    }

    private static PropertyInfo? Inherited(PropertyInfo property) =>
        property.GetMethod is { } getter && getter.GetBaseDefinition().DeclaringType != getter.DeclaringType && property.DeclaringType!.BaseType is { } parent
            ? Find(parent, property) is { } inherited ? Find(inherited.DeclaringType!, property) : null
            : null;

    private static PropertyInfo? Find(Type type, PropertyInfo property) =>
        type.GetProperty(property.Name, BindingFlags.Public | BindingFlags.Instance, binder: null, property.PropertyType, [], modifiers: null);
}
