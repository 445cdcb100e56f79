namespace Secrets.Conversion;

/// <summary>The types that one leaf becomes without reflection.</summary>
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
        [typeof(Uri)] = (_, text) => AbsoluteUri(text),
        // The number 1.10 is 1.1, and another version.
        [typeof(Version)] = (kind, text) => kind == SecretKind.String && Version.TryParse(text, out Version? version) ? version : null,
        [typeof(byte[])] = (kind, text) => kind == SecretKind.String ? Base64(text) : null,
    };

    public static bool Contains(Type type) => Parsers.ContainsKey(type) || type.IsEnum;

    /// <summary>Parses a text as one of these types, or gives <see langword="null"/> where the text does not have that type's form.</summary>
    public static object? Parse(Type type, SecretKind kind, string text) =>
        Parsers.TryGetValue(type, out Func<SecretKind, string, object?>? parse) ? parse(kind, text) : EnumText.Parse(type, text);

    /// <summary>Converts a value where a program's dynamic code asks for a type.</summary>
    /// <exception cref="SecretsFormatException">The value cannot be read as that type.</exception>
    public static object? Convert(SecretValue value, Type type)
    {
        Type target = Nullable.GetUnderlyingType(type) ?? type;
        if (target == typeof(byte[]) && value.Kind == SecretKind.Bytes)
        {
            return value.RevealBytes();
        }

        if (Contains(target))
        {
            return Parse(target, value.Kind, value.Reveal()) ?? throw value.NotA(target);
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

    // "/a/b" is a file on one system and an error on another, and "C:/a" names a drive: only a scheme that the text itself has is the same everywhere.
    private static Uri? AbsoluteUri(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) && text.StartsWith(uri.Scheme + ":", StringComparison.OrdinalIgnoreCase) ? uri : null;

    private static byte[]? Base64(string text)
    {
        byte[] buffer = new byte[(text.Length / 4 * 3) + 3];
        return System.Convert.TryFromBase64String(text, buffer, out int length) ? buffer[..length] : null;
    }
}
