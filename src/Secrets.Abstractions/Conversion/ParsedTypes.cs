using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Secrets.Conversion;

/// <summary>The types that read themselves from text: those that are <see cref="IParsable{T}"/>, or have a public static <c>TryParse(string, out T)</c>.</summary>
[RequiresUnreferencedCode(Trimming.Note)]
[RequiresDynamicCode(Trimming.Note)]
internal static class ParsedTypes
{
    public static bool Contains(Type type) => IsParsable(type) || OwnTryParse(type) is not null;

    /// <summary>Parses a text, or gives <see langword="null"/> where the type refuses it.</summary>
    public static object? Parse(Type type, SecretKind kind, string text)
    {
        if (IsParsable(type))
        {
            MethodInfo parse = typeof(ParsedTypes).GetMethod(nameof(ParseWith), BindingFlags.NonPublic | BindingFlags.Static)!;
            return parse.MakeGenericMethod(type).Invoke(null, [kind, text]);
        }

        try
        {
            object?[] arguments = [text, null];
            return OwnTryParse(type)!.Invoke(null, arguments) is true ? arguments[1] : null;
        }
        catch (TargetInvocationException)
        {
            // TryParse should not throw; one that does may quote the text.
            return null;
        }
    }

    private static bool IsParsable(Type type) =>
        Array.Exists(type.GetInterfaces(), i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IParsable<>) && i.GenericTypeArguments[0] == type);

    private static MethodInfo? OwnTryParse(Type type) =>
        type.IsByRefLike ? null
        : type.GetMethod("TryParse", BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly, [typeof(string), type.MakeByRefType()]) is { } method
            && method.ReturnType == typeof(bool) && method.GetParameters()[1].IsOut
            ? method
            : null;

    private static object? ParseWith<T>(SecretKind kind, string text)
        where T : IParsable<T> =>
        TextConverter.TryParse<T>(kind, text, out T? result) ? result : null;
}
