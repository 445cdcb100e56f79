using System.Globalization;
using System.Text.Json;

namespace Secrets.Toml.Reading;

/// <summary>Compares tagged JSON by meaning: floats as numbers, date-times without regard to how they are written.</summary>
internal static class TaggedJsonComparison
{
    /// <summary>Says whether two documents mean the same.</summary>
    public static bool AreEqual(ReadOnlyMemory<byte> one, ReadOnlyMemory<byte> other)
    {
        JsonDocumentOptions options = new() { MaxDepth = 256 };
        using JsonDocument first = JsonDocument.Parse(one, options);
        using JsonDocument second = JsonDocument.Parse(other, options);
        return AreEqual(first.RootElement, second.RootElement);
    }

    private static bool AreEqual(JsonElement one, JsonElement other) => (one.ValueKind, other.ValueKind) switch
    {
        (JsonValueKind.Array, JsonValueKind.Array) =>
            one.GetArrayLength() == other.GetArrayLength()
            && one.EnumerateArray().Zip(other.EnumerateArray()).All(pair => AreEqual(pair.First, pair.Second)),
        (JsonValueKind.Object, JsonValueKind.Object) when IsScalar(one) && IsScalar(other) => AreEqualScalars(one, other),
        (JsonValueKind.Object, JsonValueKind.Object) =>
            one.EnumerateObject().Count() == other.EnumerateObject().Count()
            && one.EnumerateObject().All(member => other.TryGetProperty(member.Name, out JsonElement same) && AreEqual(member.Value, same)),
        _ => false,
    };

    private static bool IsScalar(JsonElement element) =>
        element.EnumerateObject().Count() == 2
        && element.TryGetProperty("type", out JsonElement type) && type.ValueKind == JsonValueKind.String
        && element.TryGetProperty("value", out JsonElement value) && value.ValueKind == JsonValueKind.String;

    private static bool AreEqualScalars(JsonElement one, JsonElement other)
    {
        string type = one.GetProperty("type").GetString()!;
        string first = one.GetProperty("value").GetString()!;
        string second = other.GetProperty("value").GetString()!;
        return type == other.GetProperty("type").GetString() && type switch
        {
            "float" => ToDouble(first).Equals(ToDouble(second)),
            "datetime" or "datetime-local" or "date-local" or "time-local" => Normal(first) == Normal(second),
            _ => first == second,
        };
    }

    private static double ToDouble(string text) => text switch
    {
        "inf" or "+inf" => double.PositiveInfinity,
        "-inf" => double.NegativeInfinity,
        "nan" or "+nan" or "-nan" => double.NaN,
        _ => double.Parse(text, CultureInfo.InvariantCulture),
    };

    private static string Normal(string text)
    {
        text = text.ToUpperInvariant().Replace(' ', 'T').Replace("+00:00", "Z");
        int dot = text.IndexOf('.');
        if (dot < 0)
        {
            return text;
        }

        int end = text.AsSpan(dot + 1).IndexOfAnyExceptInRange('0', '9');
        end = end < 0 ? text.Length : dot + 1 + end;
        return text[..dot] + text[dot..end].TrimEnd('0').TrimEnd('.') + text[end..];
    }
}
