using System.Reflection;
using Secrets.Keys;

namespace Secrets.Binding;

/// <summary>A constructor's or method's parameter, a property, or a field that a secret fills.</summary>
internal sealed class Member(string name, SecretPath path, Type type, MemberRole role = MemberRole.Set, MemberInfo? info = null)
{
    /// <summary>Gets the name that the program gave it.</summary>
    public string Name { get; } = name;

    /// <summary>Gets the path below the section that is bound.</summary>
    public SecretPath Path { get; } = path;

    /// <summary>Gets the same path as the program spells it: by the member's name, unless an attribute gives another path.</summary>
    public SecretPath OwnName => Path.Segments.Count == 1 && KeyEquivalence.AreEqual(Path.Segments[0], Name) ? new SecretPath(Name) : Path;

    public Type Type { get; } = type;

    public MemberRole Role { get; } = role;

    /// <summary>Gets a value indicating whether a new object needs it.</summary>
    public bool IsRequired { get; set; }

    public bool IsNullable { get; init; }

    /// <summary>Gets the argument that an absent parameter has.</summary>
    public object? Fallback { get; init; }

    /// <summary>Gets a value indicating whether <see cref="Read"/> gives what the member holds.</summary>
    public bool IsReadable => info is FieldInfo or PropertyInfo { GetMethod.IsPublic: true };

    /// <summary>Gets a value indicating whether the member can be assigned from outside.</summary>
    public bool IsSettable => info is FieldInfo { IsInitOnly: false } or PropertyInfo { SetMethod.IsPublic: true };

    /// <summary>Gets a value indicating whether the member is a property with a setter, public or not.</summary>
    public bool HasSetter => info is PropertyInfo { SetMethod: not null };

    /// <summary>Gives what the member of an object holds, or <see langword="null"/> where it cannot be read.</summary>
    public object? Read(object owner)
    {
        try
        {
            return info switch
            {
                PropertyInfo { GetMethod: { IsPublic: true } getter } => getter.Invoke(owner, null),
                FieldInfo field => field.GetValue(owner),
                _ => null,
            };
        }
        catch (TargetInvocationException)
        {
            // A property that refuses to be read before it is set holds nothing.
            return null;
        }
    }

    /// <exception cref="TargetInvocationException">The setter threw.</exception>
    public void Write(object owner, object? value)
    {
        if (info is FieldInfo field)
        {
            field.SetValue(owner, value);
        }
        else
        {
            ((PropertyInfo)info!).SetValue(owner, value);
        }
    }

    /// <summary>True where an object would be left with a null that the member's type does not allow.</summary>
    public bool IsNullIn(object owner) => !IsNullable && !Type.IsValueType && IsReadable && Read(owner) is null;
}
