using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Secrets.Cli.Values;

/// <summary>Writes values as JSON: sections as objects, numbers and booleans as such, bytes as base64.</summary>
internal static class JsonText
{
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonWriterOptions Indented = Compact with { Indented = true };

    public static string Of(SecretValue value) => Write(writer => Write(writer, value));

    public static string OnOneLine(SecretValue value) => Write(writer => Write(writer, value), Compact);

    /// <summary>Writes leaves as one object.</summary>
    public static string Of(IReadOnlyList<Leaf> leaves) => Write(writer => WriteObject(writer, leaves, depth: 0));

    public static string Write(Action<Utf8JsonWriter> write) => Write(write, Indented);

    private static string Write(Action<Utf8JsonWriter> write, JsonWriterOptions options)
    {
        using var text = new MemoryStream();
        using (var writer = new Utf8JsonWriter(text, options))
        {
            write(writer);
        }

        return Encoding.UTF8.GetString(text.ToArray());
    }

    private static void WriteObject(Utf8JsonWriter writer, IEnumerable<Leaf> leaves, int depth)
    {
        writer.WriteStartObject();
        foreach (IGrouping<string, Leaf> key in leaves.GroupBy(l => l.Path.Segments[depth], StringComparer.Ordinal))
        {
            writer.WritePropertyName(key.Key);
            if (key.First().Path.Segments.Count == depth + 1)
            {
                Write(writer, key.First().Value);
            }
            else
            {
                WriteObject(writer, key, depth + 1);
            }
        }

        writer.WriteEndObject();
    }

    // As it is written: a double would change 1.10, and a number of twenty digits. A raw value has no line of its own in an array, so it is for what a decimal would change too.
    private static void WriteNumber(Utf8JsonWriter writer, string text)
    {
        if (decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number) && string.Equals(number.ToString(CultureInfo.InvariantCulture), text, StringComparison.Ordinal))
        {
            writer.WriteNumberValue(number);
        }
        else
        {
            writer.WriteRawValue(text);
        }
    }

    /// <summary>Says whether a text is a number of JSON and nothing else.</summary>
    private static bool IsNumber(string text)
    {
        if (text.Length == 0 || !char.IsAsciiDigit(text[^1]))
        {
            return false;
        }

        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text));
        try
        {
            return reader.Read() && reader is { TokenType: JsonTokenType.Number, TokenStartIndex: 0 } && !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static void Write(Utf8JsonWriter writer, SecretValue value)
    {
        switch (value.Kind)
        {
            case SecretKind.Section:
                writer.WriteStartObject();
                foreach ((string key, SecretValue member) in value.AsSection())
                {
                    writer.WritePropertyName(key);
                    Write(writer, member);
                }

                writer.WriteEndObject();
                break;
            case SecretKind.Array:
                writer.WriteStartArray();
                foreach (SecretValue item in value.AsList())
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            case SecretKind.Bytes:
                writer.WriteBase64StringValue(value.RevealBytes());
                break;
            case SecretKind.Boolean:
                writer.WriteBooleanValue(value.As<bool>());
                break;
            case SecretKind.Integer or SecretKind.Float when IsNumber(value.Reveal()):
                WriteNumber(writer, value.Reveal());
                break;
            default:
                writer.WriteStringValue(value.Reveal());
                break;
        }
    }
}
