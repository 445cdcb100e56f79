using System.Diagnostics.CodeAnalysis;

namespace Secrets.Binding;

/// <summary>The types that one leaf becomes, without reflection.</summary>
internal static class SimpleTypes
{
    private static readonly Dictionary<Type, Func<SecretKind, string, object?>> Parsers = new()
    {
        [typeof(string)] = (_, text) => text,
        [typeof(bool)] = Parse<bool>,
        [typeof(char)] = Parse<char>,
        [typeof(sbyte)] = Parse<sbyte>,
        [typeof(byte)] = Parse<byte>,
        [typeof(short)] = Parse<short>,
        [typeof(ushort)] = Parse<ushort>,
        [typeof(int)] = Parse<int>,
        [typeof(uint)] = Parse<uint>,
        [typeof(long)] = Parse<long>,
        [typeof(ulong)] = Parse<ulong>,
        [typeof(float)] = Parse<float>,
        [typeof(double)] = Parse<double>,
        [typeof(decimal)] = Parse<decimal>,
        [typeof(Guid)] = Parse<Guid>,
        [typeof(DateTimeOffset)] = Parse<DateTimeOffset>,
        [typeof(DateTime)] = Parse<DateTime>,
        [typeof(DateOnly)] = Parse<DateOnly>,
        [typeof(TimeOnly)] = Parse<TimeOnly>,
        [typeof(TimeSpan)] = Parse<TimeSpan>,
        [typeof(Uri)] = (_, text) => Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) ? uri : null,
    };

    public static bool Contains(Type type) => Parsers.ContainsKey(type) || type.IsEnum;

    /// <summary>Parses a text as one of these types; <see langword="null"/> where it is none.</summary>
    public static object? Parse(Type type, SecretKind kind, string text) =>
        Parsers.TryGetValue(type, out Func<SecretKind, string, object?>? parse) ? parse(kind, text) : Enumeration(type, text);

    /// <summary>Converts where a program's dynamic code asks for a type.</summary>
    /// <exception cref="SecretsFormatException">The value is none of that type.</exception>
    public static object? Convert(SecretValue value, Type type)
    {
        Type target = Nullable.GetUnderlyingType(type) ?? type;
        if (Contains(target))
        {
            return Parse(target, value.Kind, value.Reveal()) ?? throw value.NotA(target);
        }

        if (target == typeof(byte[]))
        {
            return value.RevealBytes();
        }

        if (target.IsAssignableFrom(typeof(SecretsView)))
        {
            return value.AsSection();
        }

        return target.IsAssignableFrom(typeof(IReadOnlyList<SecretValue>)) ? value.AsList() : throw value.NotA(target);
    }

    private static object? Parse<T>(SecretKind kind, string text)
        where T : struct, IParsable<T> =>
        TextConverter.TryParse(kind, text, out T result) ? result : null;

    private static object? Enumeration(Type type, string text) =>
        Enum.TryParse(type, text, ignoreCase: true, out object? value) && (Enum.IsDefined(type, value) || type.IsDefined(typeof(FlagsAttribute), inherit: false))
            ? value
            : null;
}
