using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Secrets.Keys;

namespace Secrets.Binding;

/// <summary>What a type needs: which constructor makes it, which parameters and properties are filled from which paths, and which are required.</summary>
[RequiresUnreferencedCode(Binder.TrimmingNote)]
[RequiresDynamicCode(Binder.TrimmingNote)]
internal sealed class TypeShape
{
    private TypeShape(ConstructorInfo? constructor, IReadOnlyList<Member> parameters, IReadOnlyList<Member> properties)
    {
        Constructor = constructor;
        Parameters = parameters;
        Properties = properties;
    }

    /// <summary>Gets the constructor; <see langword="null"/> for a struct's own.</summary>
    public ConstructorInfo? Constructor { get; }

    public IReadOnlyList<Member> Parameters { get; }

    public IReadOnlyList<Member> Properties { get; }

    public IEnumerable<Member> Members => Parameters.Concat(Properties);

    /// <summary>True where the type is filled from the keys of a section, member by member.</summary>
    public static bool IsComposite(Type type) =>
        !IsLeaf(type) && !type.IsAbstract && !type.IsArray && !typeof(IEnumerable).IsAssignableFrom(type) && !typeof(Delegate).IsAssignableFrom(type);

    /// <summary>True where one value fills the type.</summary>
    public static bool IsLeaf(Type type) =>
        SimpleTypes.Contains(type) || type == typeof(object) || type == typeof(SecretValue) || type == typeof(SecretsView) || type == typeof(byte[]) || IsParsable(type);

    public static bool IsParsable(Type type) =>
        Array.Exists(type.GetInterfaces(), i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IParsable<>) && i.GenericTypeArguments[0] == type);

    /// <exception cref="SecretsSourceException">The type has no public constructor.</exception>
    public static TypeShape Of(Type type)
    {
        ConstructorInfo[] constructors = type.GetConstructors();
        ConstructorInfo? constructor = Array.Find(constructors, c => c.GetParameters().Length == 0)
            ?? constructors.MaxBy(c => c.GetParameters().Length);
        if (constructor is null && !type.IsValueType)
        {
            throw new SecretsSourceException(
                SecretsErrorCode.InvalidConfiguration, $"The type {type} has no public constructor, so that secrets cannot be bound to it.");
        }

        IReadOnlyList<Member> parameters = constructor is null ? [] : ParametersOf(constructor, type);
        object? made = parameters.Count == 0 ? Make(type) : null;

        // A parameter's property is the same secret, whichever of the two says how it is named.
        var names = new HashSet<SecretPath>(
            [.. parameters.Select(p => p.Path), .. constructor?.GetParameters().Select(p => new SecretPath(Snake(p.Name ?? ""))) ?? []],
            new PathComparer(KeyEquivalence.For(KeyComparison.Equivalent)));
        Member[] properties =
        [
            .. from property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
               where property.SetMethod is { IsPublic: true } && property.GetIndexParameters().Length == 0
               let member = new Member(PathOf(property, property.Name), property.PropertyType, IsRequired(property, made), fallback: null, property)
               where !names.Contains(member.Path) && !names.Contains(new SecretPath(Snake(property.Name)))
               select member,
        ];
        return new TypeShape(constructor, parameters, properties);
    }

    public static IReadOnlyList<Member> ParametersOf(MethodBase method, Type? owner = null) =>
    [
        .. method.GetParameters().Select(p => new Member(
            PathOf(p, owner?.GetProperty(p.Name ?? "") is { } own && !p.IsDefined(typeof(SecretNameAttribute)) ? own : p, p.Name ?? ""),
            p.ParameterType,
            !p.HasDefaultValue && !IsNullable(p.ParameterType, new NullabilityInfoContext().Create(p)),
            DefaultOf(p),
            property: null)),
    ];

    // Of a nullable enum's default, reflection gives the number.
    private static object? DefaultOf(ParameterInfo parameter) =>
        !parameter.HasDefaultValue ? null
        : parameter.DefaultValue is { } value && Nullable.GetUnderlyingType(parameter.ParameterType) is { IsEnum: true } type ? Enum.ToObject(type, value)
        : parameter.DefaultValue;

    private static object? Make(Type type)
    {
        try
        {
            return Activator.CreateInstance(type);
        }
        catch (TargetInvocationException)
        {
            // The instance only serves to read the defaults; making the real one reports the failure.
            return null;
        }
    }

    private static bool IsRequired(PropertyInfo property, object? made)
    {
        if (property.IsDefined(typeof(RequiredMemberAttribute)))
        {
            return true;
        }

        if (made is null || property.GetMethod is not { IsPublic: true } || IsNullable(property.PropertyType, new NullabilityInfoContext().Create(property)))
        {
            return false;
        }

        object? initial;
        try
        {
            initial = property.GetValue(made);
        }
        catch (TargetInvocationException)
        {
            // A property that refuses to be read before it is set has no default.
            return true;
        }

        return initial is null || (property.PropertyType.IsValueType && initial.Equals(RuntimeHelpers.GetUninitializedObject(property.PropertyType)));
    }

    private static bool IsNullable(Type type, NullabilityInfo nullability) =>
        Nullable.GetUnderlyingType(type) is not null || nullability.WriteState == NullabilityState.Nullable;

    private static SecretPath PathOf(ICustomAttributeProvider member, string name) => PathOf(member, member, name);

    private static SecretPath PathOf(ICustomAttributeProvider member, ICustomAttributeProvider other, string name)
    {
        object[] attributes = [.. member.GetCustomAttributes(typeof(SecretNameAttribute), inherit: true), .. other.GetCustomAttributes(typeof(SecretNameAttribute), inherit: true)];
        return attributes.Length > 0 ? SecretPath.Parse(((SecretNameAttribute)attributes[0]).Path) : new SecretPath(Snake(name));
    }

    private static string Snake(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
}
