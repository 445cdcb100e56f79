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
            case SecretKind.Integer when long.TryParse(value.Reveal(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long integer):
                writer.WriteNumberValue(integer);
                break;
            case SecretKind.Integer:
                writer.WriteRawValue(value.Reveal());
                break;
            case SecretKind.Float when double.TryParse(value.Reveal(), CultureInfo.InvariantCulture, out double number) && double.IsFinite(number):
                writer.WriteNumberValue(number);
                break;
            default:
                writer.WriteStringValue(value.Reveal());
                break;
        }
    }
}
