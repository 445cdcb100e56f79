using System.Collections;
using System.Globalization;
using Secrets.Conversion;
using Secrets.Keys;

namespace Secrets.InMemory;

/// <summary>Turns .NET values into secrets: which type is which kind.</summary>
internal static class ClrValue
{
    /// <exception cref="ArgumentException">The type is unsupported, or a collection contains itself.</exception>
    /// <exception cref="SecretsSourceException">The values are nested too deeply: <see cref="SecretsErrorCode.InvalidFormat"/>.</exception>
    public static SecretValue ToSecret(object value, SecretPath path, SecretsRequest request) =>
        ToSecret(value, path, request, new HashSet<object>(ReferenceEqualityComparer.Instance));

    private static SecretValue ToSecret(object value, SecretPath path, SecretsRequest request, HashSet<object> above)
    {
        if (path.Segments.Count > DepthLimit.MaxKeys)
        {
            throw DepthLimit.TooDeep(request.Origin(new SecretPath(path.Segments.Take(1)).ToString()));
        }

        SecretOrigin origin = request.Origin(path.ToString());
        return value switch
        {
            string text => SecretValue.FromText(text, origin),
            byte[] bytes => SecretValue.FromBytes(bytes, origin),
            IEnumerable collection => FromCollection(collection, path, request, origin, above),
            _ => Scalar(value, path, origin),
        };
    }

    // A collection that contains itself twice would otherwise be followed along more ways than can be counted, however shallow the limit of depth.
    private static SecretValue FromCollection(IEnumerable value, SecretPath path, SecretsRequest request, SecretOrigin origin, HashSet<object> above)
    {
        if (!above.Add(value))
        {
            throw new ArgumentException($"{path} contains itself.", nameof(value));
        }

        SecretValue result = value switch
        {
            IDictionary section => SecretValue.FromSection(Children(section, path, request, above), origin),
            IEnumerable<KeyValuePair<string, object?>> section => SecretValue.FromSection(Children(section, path, request, above), origin),
            _ => SecretValue.FromArray(Elements(value, path, request, above), origin),
        };
        above.Remove(value);
        return result;
    }

    // A float's own digits: cast, 0.1f would be written as 0.10000000149011612.
    private static double Widen(float number) => double.Parse(number.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static SecretValue Scalar(object value, SecretPath path, SecretOrigin origin)
    {
        (SecretKind kind, string text) = value switch
        {
            bool b => (SecretKind.Boolean, b ? "true" : "false"),
            sbyte or byte or short or ushort or int or uint or long => (SecretKind.Integer, Invariant(value)),
            ulong number and <= long.MaxValue => (SecretKind.Integer, Invariant(number)),
            float number => (SecretKind.Float, FloatText.Of(Widen(number))),
            double number => (SecretKind.Float, FloatText.Of(number)),
            decimal number => (SecretKind.Float, Invariant(number)),
            DateTimeOffset moment => (SecretKind.OffsetDateTime, moment.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture)),
            DateTime { Kind: DateTimeKind.Unspecified } moment => (SecretKind.LocalDateTime, moment.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture)),
            DateTime moment => (SecretKind.OffsetDateTime, moment.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture)),
            DateOnly date => (SecretKind.LocalDate, date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
            TimeOnly time => (SecretKind.LocalTime, time.ToString("HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture)),
            Uri uri => (SecretKind.String, uri.OriginalString),
            char or TimeSpan or Guid or Enum or Version => (SecretKind.String, Invariant(value)),
            _ => throw new ArgumentException($"{path} has the type {value.GetType()}, which is unsupported; give text, a number, a boolean, a date, bytes, a dictionary or a sequence of these.", nameof(value)),
        };
        return SecretValue.FromText(kind, text, origin);
    }

    private static string Invariant(object value) => Convert.ToString(value, CultureInfo.InvariantCulture)!;

    private static IEnumerable<KeyValuePair<string, SecretValue>> Children(
        IDictionary section, SecretPath path, SecretsRequest request, HashSet<object> above)
    {
        foreach (DictionaryEntry entry in section)
        {
            string key = entry.Key as string ?? throw new ArgumentException($"{path} is a dictionary whose keys are not text.", nameof(section));
            if (entry.Value is not null)
            {
                yield return KeyValuePair.Create(key, ToSecret(entry.Value, path.Append(key), request, above));
            }
        }
    }

    private static IEnumerable<KeyValuePair<string, SecretValue>> Children(
        IEnumerable<KeyValuePair<string, object?>> section, SecretPath path, SecretsRequest request, HashSet<object> above) =>
        from entry in section
        where entry.Value is not null
        select KeyValuePair.Create(entry.Key, ToSecret(entry.Value!, path.Append(entry.Key), request, above));

    private static IEnumerable<SecretValue> Elements(IEnumerable array, SecretPath path, SecretsRequest request, HashSet<object> above)
    {
        int index = 0;
        foreach (object? element in array)
        {
            SecretPath at = path.Append((index++).ToString(CultureInfo.InvariantCulture));
            yield return ToSecret(element ?? throw new ArgumentException($"{at} is null; an array has no gaps.", nameof(array)), at, request, above);
        }
    }
}
