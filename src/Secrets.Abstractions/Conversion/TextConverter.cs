using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Secrets.Redaction;

namespace Secrets.Conversion;

/// <summary>
/// Reads typed values from a leaf's text, in the invariant culture, without ever throwing: .NET's own parsing exceptions quote their input.
/// Where .NET's <c>TryParse</c> would guess, as with a date without an offset or a duration without a unit, it refuses.
/// </summary>
internal static class TextConverter
{
    private static readonly string[] Seconds = ["", ".f", ".ff", ".fff", ".ffff", ".fffff", ".ffffff", ".fffffff"];

    private static readonly string[] OffsetDateTimes = [.. Seconds.Select(f => $"yyyy-MM-ddTHH:mm:ss{f}K"), .. Seconds.Select(f => $"yyyy-MM-dd HH:mm:ss{f}K")];

    private static readonly string[] LocalDateTimes = [.. Seconds.Select(f => $"yyyy-MM-ddTHH:mm:ss{f}"), .. Seconds.Select(f => $"yyyy-MM-dd HH:mm:ss{f}")];

    private static readonly string[] Times = [.. Seconds.Select(f => $"HH:mm:ss{f}"), "HH:mm"];

    public static bool TryParse<T>(SecretKind kind, string text, [MaybeNullWhen(false)] out T result)
        where T : IParsable<T>
    {
        if (TryParseStrictly(typeof(T), kind, text, out object? value))
        {
            result = value is null ? default : (T)value;
            return value is not null;
        }

        try
        {
            return T.TryParse(text, CultureInfo.InvariantCulture, out result);
        }
        catch (Exception)
        {
            // TryParse should not throw; one that does may quote the text.
            result = default;
            return false;
        }
    }

    /// <summary>
    /// Handles the types whose own parsing is too lenient, too strict or does not know TOML's spelling. The result says whether the type is one of these;
    /// the value is <see langword="null"/> where the text does not have the type's form.
    /// </summary>
    public static bool TryParseStrictly(Type type, SecretKind kind, string text, out object? value)
    {
        if (type == typeof(bool))
        {
            value = Boolean(text);
            return true;
        }

        return TryParseNumber(type, text, out value) || TryParseTime(type, kind, text, out value);
    }

    /// <summary>Gives a scalar in the .NET type that holds its kind, or its text where that type cannot.</summary>
    public static object ToNatural(SecretKind kind, string text) => kind switch
    {
        SecretKind.Integer when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) => number,
        SecretKind.Float when Number(text) is { } number => number,
        SecretKind.Boolean when bool.TryParse(text, out bool flag) => flag,
        SecretKind.OffsetDateTime when OffsetDateTime(kind, text) is { } moment => moment,
        SecretKind.LocalDateTime when LocalDateTime(kind, text) is { } moment => moment,
        SecretKind.LocalDate when TryParse(kind, text, out DateOnly date) => date,
        SecretKind.LocalTime when TryParse(kind, text, out TimeOnly time) => time,
        _ => text,
    };

    /// <summary>Names a type at the end of a sentence, with what it accepts.</summary>
    public static string Describe(Type type) =>
        Nullable.GetUnderlyingType(type) is { } inner ? Describe(inner)
        : type.IsEnum ? $"the type {Name(type)} ({PlaceList.Of(Enum.GetNames(type), ", ")})"
        : Accepted(type) ?? "the type " + Name(type);

    /// <summary>Gives a type's name as C# writes it, without its namespace.</summary>
    public static string Name(Type type) => type.IsGenericType
        ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>"
        : type.Name;

    private static string? Accepted(Type type) =>
        type == typeof(bool) ? "a Boolean (true or false, yes or no, on or off, 1 or 0)"
        : type == typeof(byte[]) ? "bytes (base64 text)"
        : type == typeof(DateTime) ? "a DateTime (a date and time)"
        : type == typeof(DateTimeOffset) ? "a DateTimeOffset (a date and time with an offset)"
        : type == typeof(TimeSpan) ? "a TimeSpan (hours:minutes:seconds)"
        : type == typeof(Uri) ? "a Uri (absolute, with its scheme)"
        : type == typeof(Version) ? "a Version (in quotes, of two to four numbers)"
        : null;

    private static bool TryParseNumber(Type type, string text, out object? value)
    {
        value = null;
        if (type == typeof(double))
        {
            value = Number(text);
        }
        else if (type == typeof(float))
        {
            value = Number(text) is { } number && (float.IsFinite((float)number) || !double.IsFinite(number)) ? (float)number : null;
        }
        else if (type == typeof(Half))
        {
            value = Number(text) is { } number && (Half.IsFinite((Half)number) || !double.IsFinite(number)) ? (Half)number : null;
        }
        else if (type == typeof(decimal))
        {
            value = decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number) ? number : null;
        }
        else
        {
            return false;
        }

        return true;
    }

    private static bool TryParseTime(Type type, SecretKind kind, string text, out object? value)
    {
        value = null;
        if (type == typeof(DateTimeOffset))
        {
            value = OffsetDateTime(kind, text);
        }
        else if (type == typeof(DateTime))
        {
            value = (object?)LocalDateTime(kind, text) ?? OffsetDateTime(kind, text)?.UtcDateTime;
        }
        else if (type == typeof(DateOnly))
        {
            value = kind is SecretKind.String or SecretKind.LocalDate
                && DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date) ? date : null;
        }
        else if (type == typeof(TimeOnly))
        {
            value = kind is SecretKind.String or SecretKind.LocalTime
                && TimeOnly.TryParseExact(ToTicks(text), Times, CultureInfo.InvariantCulture, DateTimeStyles.None, out TimeOnly time) ? time : null;
        }
        else if (type == typeof(TimeSpan))
        {
            // "30" would be thirty days, and so would "30:00:00".
            value = text.Contains(':', StringComparison.Ordinal)
                && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out TimeSpan span)
                && (span.Days == 0 || text.AsSpan().IndexOf('.') is var dot and >= 0 && dot < text.IndexOf(':', StringComparison.Ordinal)) ? span : null;
        }
        else
        {
            return false;
        }

        return true;
    }

    private static bool? Boolean(string text) => text.Trim().ToUpperInvariant() switch
    {
        "TRUE" or "YES" or "ON" or "1" => true,
        "FALSE" or "NO" or "OFF" or "0" => false,
        _ => null,
    };

    private static double? Number(string text) => text switch
    {
        "inf" or "+inf" => double.PositiveInfinity,
        "-inf" => double.NegativeInfinity,
        "nan" or "+nan" or "-nan" => double.NaN,
        _ => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) ? number : null,
    };

    private static DateTimeOffset? OffsetDateTime(SecretKind kind, string text) =>
        kind is SecretKind.String or SecretKind.OffsetDateTime
        && HasOffset(text)
        && DateTimeOffset.TryParseExact(ToTicks(text), OffsetDateTimes, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTimeOffset moment)
            ? moment
            : null;

    private static DateTime? LocalDateTime(SecretKind kind, string text) =>
        kind is SecretKind.String or SecretKind.LocalDateTime
        && DateTime.TryParseExact(ToTicks(text), LocalDateTimes, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime moment)
            ? moment
            : null;

    // "K" also matches nothing, and would then take the machine's own offset.
    private static bool HasOffset(string text) => text.Length > 10 && text.AsSpan(10).ContainsAny("Zz+-");

    /// <summary>Cuts a fraction of a second to the seven digits that .NET's types hold; TOML allows an implementation to truncate.</summary>
    private static string ToTicks(string text)
    {
        int start = text.IndexOf('.', StringComparison.Ordinal) + 1;
        if (start == 0)
        {
            return text;
        }

        int end = start;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
        {
            end++;
        }

        return end - start <= 7 ? text : string.Concat(text.AsSpan(0, start + 7), text.AsSpan(end));
    }
}
