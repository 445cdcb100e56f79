using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using Secrets.Conversion;
using Secrets.Keys;

namespace Secrets.Binding;

/// <summary>What a type needs: which constructor creates it, which parameters and members are filled from which paths, and which are required.</summary>
[RequiresUnreferencedCode(Trimming.Note)]
[RequiresDynamicCode(Trimming.Note)]
internal sealed class TypeShape
{
    private readonly Lazy<object?> _sample;

    private TypeShape(ConstructorInfo? constructor, IReadOnlyList<Member> parameters, IEnumerable<Member> members, Lazy<object?> sample)
    {
        _sample = sample;
        ILookup<MemberRole, Member> byRole = members.ToLookup(m => m.Role);
        Constructor = constructor;
        Parameters = parameters;
        Settable = [.. byRole[MemberRole.Set]];
        Fillable = [.. byRole[MemberRole.Fill]];
        Others = [.. byRole[MemberRole.Fixed], .. byRole[MemberRole.Unsupported]];
    }

    /// <summary>Gets the constructor; <see langword="null"/> for a struct's own.</summary>
    public ConstructorInfo? Constructor { get; }

    public IReadOnlyList<Member> Parameters { get; }

    public IReadOnlyList<Member> Settable { get; }

    /// <summary>Gets the members whose object is filled, since they have no public setter.</summary>
    public IReadOnlyList<Member> Fillable { get; }

    /// <summary>Gets the members that no secret can reach.</summary>
    public IReadOnlyList<Member> Others { get; }

    public IEnumerable<Member> Members => [.. Parameters, .. Settable, .. Fillable];

    /// <summary>Gives how a new object is created and filled.</summary>
    /// <exception cref="SecretsSourceException">No secret can become the type, or a member cannot be filled: <see cref="SecretsErrorCode.InvalidConfiguration"/>.</exception>
    public static TypeShape Of(Type type)
    {
        ThrowIfRefused(type);
        ConstructorInfo? constructor = ConstructorOf(type);
        IReadOnlyList<Member> parameters = constructor is null ? [] : ParametersOf(constructor, type);
        object? sample = parameters.Count == 0 ? Create(type) : null;
        var shape = new TypeShape(constructor, parameters, Without(parameters, constructor, TypeMembers.Of(type, sample)), new Lazy<object?>(sample));
        string[] problems = [.. shape.Problems()];
        if (problems.Length > 0)
        {
            throw Refused(type, $"{string.Join("; ", problems)}.{(Trimming.IsLikely ? " " + Trimming.Hint : "")}");
        }

        return shape.OrThrowIfEmpty(type);
    }

    /// <summary>Gives how a new object is created and filled. A refusal says for which path the type is needed.</summary>
    /// <exception cref="SecretsSourceException">No secret can become the type, or a member cannot be filled: <see cref="SecretsErrorCode.InvalidConfiguration"/>.</exception>
    public static TypeShape Of(Type type, SecretPath path)
    {
        TypeShape? shape = null;
        At(path, () => shape = Of(type));
        return shape!;
    }

    /// <summary>Runs a check, and says for which path it was made if it fails.</summary>
    public static void At(SecretPath path, Action check)
    {
        try
        {
            check();
        }
        catch (SecretsSourceException failure) when (path.Segments.Count > 0)
        {
            throw new SecretsSourceException(failure.Code, $"{failure.Message} The type is needed for {path}.");
        }
    }

    /// <summary>Gives how an object that exists is filled.</summary>
    public static TypeShape OfExisting(Type type) => new(
        constructor: null, [], TypeMembers.Of(type, created: null), new Lazy<object?>(() => CollectionTypes.CanCreate(type) ? Create(type) : null));

    /// <exception cref="SecretsSourceException">No secret can become the type: <see cref="SecretsErrorCode.InvalidConfiguration"/>.</exception>
    public static void ThrowIfRefused(Type type)
    {
        if (TypeKinds.Refusal(Nullable.GetUnderlyingType(type) ?? type) is { } refusal)
        {
            throw Refused(type, $"it {refusal}.");
        }
    }

    /// <exception cref="SecretsSourceException">A parameter cannot be a secret: <see cref="SecretsErrorCode.InvalidConfiguration"/>.</exception>
    public static IReadOnlyList<Member> ParametersOf(MethodBase method, Type? owner = null, int skip = 0) =>
        [.. method.GetParameters().Skip(skip).Select(p => OfParameter(p, owner))];

    /// <summary>Gives the object that a member holds, if it can be filled: what the program gave it survives where no secret is there.</summary>
    public static object? Held(Member member, object owner)
    {
        Type inner = Nullable.GetUnderlyingType(member.Type) ?? member.Type;
        return TypeKinds.IsComposite(inner)
            && member.Read(owner) is { } held
            && !(inner.IsValueType && held.Equals(TypeKinds.DefaultOf(inner)))
            && TypeKinds.IsComposite(held.GetType())
            && (member.Role == MemberRole.Fill || OfExisting(held.GetType()).Others.All(m => m.Role != MemberRole.Fixed))
                ? held
                : null;
    }

    /// <summary>Gives what the members of a new object hold; <see langword="null"/> where a constructor needs arguments.</summary>
    public object? Sample => _sample.Value;

    /// <summary>True where another object of the type holds the same object, as where a static one is the default.</summary>
    public bool IsShared(Member member, object held) =>
        held is not ValueType && Sample is { } sample && ReferenceEquals(member.Read(sample), held);

    /// <exception cref="SecretsSourceException">The type has no member that a secret can fill: <see cref="SecretsErrorCode.InvalidConfiguration"/>.</exception>
    public TypeShape OrThrowIfEmpty(Type type) =>
        Members.Any() ? this : throw Refused(type, $"binding finds no public member that a secret can fill. {Trimming.Hint}");

    public static SecretPath PathOf(ICustomAttributeProvider member, string name) => PathOf(member, member, name);

    /// <summary>Gives the constructor without parameters, or else the longest; <see langword="null"/> for a struct's own.</summary>
    private static ConstructorInfo? ConstructorOf(Type type)
    {
        ConstructorInfo[] longestFirst = [.. type.GetConstructors().OrderByDescending(c => c.GetParameters().Length)];
        return longestFirst switch
        {
            [.., var last] when last.GetParameters().Length == 0 => last,
            [] => type.IsValueType ? null : throw Refused(type, $"binding finds no public constructor. {Trimming.Hint}"),
            [var first, var second, ..] when first.GetParameters().Length == second.GetParameters().Length =>
                throw Refused(type, "its longest constructors have equally many parameters; add one without parameters, or remove one of them."),
            [var first, ..] => first,
        };
    }

    private static Member OfParameter(ParameterInfo parameter, Type? owner)
    {
        Type type = parameter is { ParameterType.IsByRef: true, IsIn: true } ? parameter.ParameterType.GetElementType()! : parameter.ParameterType;
        bool isOptional = parameter.HasDefaultValue || parameter.IsOptional || Nullability.IsNullable(parameter) || IsParams(parameter);
        string? refusal = string.IsNullOrEmpty(parameter.Name) ? "belongs to a parameter without a name, as in a compiled expression; no secret is found without one"
            : type.IsByRef ? "is passed by reference, which a secret cannot be" : TypeKinds.Refusal(Nullable.GetUnderlyingType(type) ?? type);
        if (refusal is not null && !isOptional)
        {
            string name = string.IsNullOrEmpty(parameter.Name) ? string.Create(CultureInfo.InvariantCulture, $"{parameter.Position + 1}") : parameter.Name;
            string reason = $"the parameter {name} has {TextConverter.Describe(type)}, which {refusal}.";
            throw owner is null
                ? new SecretsSourceException(SecretsErrorCode.InvalidConfiguration, $"The method cannot be called with secrets: {reason}")
                : Refused(owner, reason);
        }

        // GetProperty would throw where a property hides another.
        PropertyInfo? property = owner is null ? null : Array.Find(owner.GetProperties(), p => string.Equals(p.Name, parameter.Name, StringComparison.Ordinal));
        ICustomAttributeProvider named = property is null || parameter.IsDefined(typeof(SecretNameAttribute)) ? parameter : property;
        return new Member(parameter.Name ?? "", PathOf(parameter, named, parameter.Name ?? ""), type, refusal is null ? MemberRole.Set : MemberRole.Unsupported)
        {
            IsRequired = !isOptional,
            IsNullable = isOptional,
            Fallback = IsParams(parameter) && !parameter.HasDefaultValue ? SequenceShape.Of(type)?.Create([]) : DefaultOf(parameter),
        };
    }

    private static bool IsParams(ParameterInfo parameter) =>
        parameter.IsDefined(typeof(ParamArrayAttribute)) || parameter.IsDefined(typeof(ParamCollectionAttribute));

    // Of a nullable enum's default, reflection gives the number.
    private static object? DefaultOf(ParameterInfo parameter) =>
        !parameter.HasDefaultValue ? null
        : parameter.DefaultValue is { } value && Nullable.GetUnderlyingType(parameter.ParameterType) is { IsEnum: true } type ? Enum.ToObject(type, value)
        : parameter.DefaultValue;

    /// <summary>A parameter and its property are the same secret, whichever of the two says how it is named.</summary>
    private static IEnumerable<Member> Without(IReadOnlyList<Member> parameters, ConstructorInfo? constructor, IEnumerable<Member> members)
    {
        var names = new HashSet<SecretPath>(
            [.. parameters.Select(p => p.Path), .. constructor?.GetParameters().Select(p => new SecretPath(KeySpellings.Snake(p.Name ?? ""))) ?? []],
            PathComparer.Equivalent);
        return members.Where(m => !names.Contains(m.Path) && !names.Contains(new SecretPath(KeySpellings.Snake(m.Name))));
    }

    /// <summary>Says which members would silently stay without what a secret has for them.</summary>
    private IEnumerable<string> Problems()
    {
        foreach (Member member in Others)
        {
            if (member.Role == MemberRole.Unsupported)
            {
                if (member.IsRequired && member.IsSettable)
                {
                    yield return $"the member {member.Name} has {TextConverter.Describe(member.Type)}, which {TypeKinds.Refusal(Nullable.GetUnderlyingType(member.Type) ?? member.Type)}";
                }
            }
            else if (member.HasSetter)
            {
                yield return $"binding finds no public setter for {member.Name} (make it public, init is enough, or give a constructor a parameter of that name)";
            }
            else if (Parameters.Count == 0 && member.Type != typeof(object))
            {
                yield return $"binding finds no setter for {member.Name} (add one, init is enough, or write a computed property, =>, if no secret sets it)";
            }
        }
    }

    private static object? Create(Type type)
    {
        try
        {
            return Activator.CreateInstance(type);
        }
        catch (TargetInvocationException)
        {
            // The object only serves to read the defaults; creating the real one reports the failure.
            return null;
        }
    }

    private static SecretsSourceException Refused(Type type, string reason) => new(
        SecretsErrorCode.InvalidConfiguration, $"Secrets cannot be bound to {TextConverter.Describe(type)}: {reason}");

    private static SecretPath PathOf(ICustomAttributeProvider member, ICustomAttributeProvider other, string name)
    {
        object[] attributes = [.. member.GetCustomAttributes(typeof(SecretNameAttribute), inherit: true), .. other.GetCustomAttributes(typeof(SecretNameAttribute), inherit: true)];
        if (attributes.Length == 0)
        {
            return new SecretPath(KeySpellings.Snake(name));
        }

        return SecretPath.TryParse(((SecretNameAttribute)attributes[0]).Path, provider: null, out SecretPath? path)
            ? path
            : throw new SecretsSourceException(SecretsErrorCode.InvalidConfiguration, $"The [SecretName] of {name} is not a path.");
    }
}
