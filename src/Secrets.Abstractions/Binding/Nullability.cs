using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Secrets.Conversion;

namespace Secrets.Binding;

/// <summary>Says whether a member may hold null, as C#'s annotations have it. A member of a type parameter's type has the nullability of the closed type.</summary>
[RequiresUnreferencedCode(Trimming.Note)]
internal static class Nullability
{
    private const byte Annotated = 2;

    public static bool IsNullable(PropertyInfo property)
    {
        if (TryOfValue(property.PropertyType, out bool isNullable))
        {
            return isNullable;
        }

        ThrowIfTrimmed(property);
        return Definition(property) is PropertyInfo { PropertyType.IsGenericParameter: true } definition
            ? Flag(definition.GetCustomAttributesData(), definition.DeclaringType) == Annotated
            : new NullabilityInfoContext().Create(property).WriteState == NullabilityState.Nullable;
    }

    public static bool IsNullable(FieldInfo field)
    {
        if (TryOfValue(field.FieldType, out bool isNullable))
        {
            return isNullable;
        }

        ThrowIfTrimmed(field);
        return Definition(field) is FieldInfo { FieldType.IsGenericParameter: true } definition
            ? Flag(definition.GetCustomAttributesData(), definition.DeclaringType) == Annotated
            : new NullabilityInfoContext().Create(field).WriteState == NullabilityState.Nullable;
    }

    public static bool IsNullable(ParameterInfo parameter)
    {
        if (TryOfValue(parameter.ParameterType, out bool isNullable))
        {
            return isNullable;
        }

        if (parameter.Member.DeclaringType is null)
        {
            // A method that was compiled at run time has no annotations.
            return false;
        }

        ThrowIfTrimmed(parameter.Member);
        return Definition(parameter.Member) is MethodBase method && method.GetParameters()[parameter.Position] is { ParameterType.IsGenericParameter: true } definition
            ? Flag(definition.GetCustomAttributesData(), method) == Annotated
            : new NullabilityInfoContext().Create(parameter).WriteState == NullabilityState.Nullable;
    }

    private static bool TryOfValue(Type type, out bool isNullable)
    {
        isNullable = Nullable.GetUnderlyingType(type) is not null;
        return type.IsValueType;
    }

    private static MemberInfo? Definition(MemberInfo member) => member switch
    {
        MethodInfo { IsGenericMethod: true } method => method.GetGenericMethodDefinition(),
        { DeclaringType: { IsGenericType: true } owner } => owner.GetGenericTypeDefinition().GetMemberWithSameMetadataDefinitionAs(member),
        _ => null,
    };

    /// <summary>Gives the compiler's flag: its own attribute, or else that of the nearest scope that has one.</summary>
    private static byte Flag(IEnumerable<CustomAttributeData> own, MemberInfo? scope)
    {
        byte? flag = Value(own, "System.Runtime.CompilerServices.NullableAttribute");
        while (flag is null && scope is not null)
        {
            flag = Value(scope.GetCustomAttributesData(), "System.Runtime.CompilerServices.NullableContextAttribute");
            scope = scope.DeclaringType;
        }

        return flag ?? 0;
    }

    private static byte? Value(IEnumerable<CustomAttributeData> attributes, string name) =>
        attributes.FirstOrDefault(a => string.Equals(a.AttributeType.FullName, name, StringComparison.Ordinal))?.ConstructorArguments[0].Value switch
        {
            byte flag => flag,
            IReadOnlyList<CustomAttributeTypedArgument> { Count: > 0 } flags => (byte)flags[0].Value!,
            _ => null,
        };

    // Publishing trimmed removes the annotations unless the program keeps them.
    private static void ThrowIfTrimmed(MemberInfo member)
    {
        if (Trimming.HasNoAnnotations)
        {
            throw new SecretsSourceException(
                SecretsErrorCode.InvalidConfiguration,
                $"This program was trimmed, so that nothing tells whether {member.DeclaringType?.Name}.{member.Name} may be null. "
                + "Set NullabilityInfoContextSupport to true in the project file, or read the values with GetValue<T> and GetString.");
        }
    }
}
