using System.Reflection;

namespace Secrets.Binding;

/// <summary>A constructor's or method's parameter, or a property, that a secret fills.</summary>
internal sealed class Member(SecretPath path, Type type, bool isRequired, object? fallback, PropertyInfo? property)
{
    /// <summary>Gets the path below the section that is bound.</summary>
    public SecretPath Path { get; } = path;

    public Type Type { get; } = type;

    public bool IsRequired { get; } = isRequired;

    /// <summary>Gets what absence gives a parameter.</summary>
    public object? Fallback { get; } = fallback;

    /// <summary>Gets the property; <see langword="null"/> of a parameter.</summary>
    public PropertyInfo? Property { get; } = property;
}
