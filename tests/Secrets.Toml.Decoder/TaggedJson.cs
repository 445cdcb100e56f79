using System.Text.Json;
using Secrets.Toml.Reading;

namespace Secrets.Toml.Decoder;

/// <summary>Writes a document as toml-test's JSON, in which every scalar is an object of its type and its text.</summary>
internal static class TaggedJson
{
    /// <summary>Writes a whole document.</summary>
    public static void Write(Stream output, TomlTable root)
    {
        // The reader has bounded the depth already.
        using Utf8JsonWriter writer = new(output, new JsonWriterOptions { Indented = true, MaxDepth = int.MaxValue });
        WriteTable(writer, root);
    }

    private static void WriteTable(Utf8JsonWriter writer, TomlTable table)
    {
        writer.WriteStartObject();
        foreach (ref readonly TomlEntry entry in table.Entries)
        {
            writer.WritePropertyName(entry.Key);
            WriteValue(writer, entry.Value);
        }

        writer.WriteEndObject();
    }

    private static void WriteArray(Utf8JsonWriter writer, TomlArray array)
    {
        writer.WriteStartArray();
        foreach (ref readonly TomlValue value in array.Items)
        {
            WriteValue(writer, value);
        }

        writer.WriteEndArray();
    }

    private static void WriteValue(Utf8JsonWriter writer, in TomlValue value)
    {
        switch (value.Kind)
        {
            case SecretKind.Section:
                WriteTable(writer, value.Table);
                break;
            case SecretKind.Array:
                WriteArray(writer, value.Array);
                break;
            default:
                writer.WriteStartObject();
                writer.WriteString("type", Tag(value.Kind));
                writer.WriteString("value", value.Text);
                writer.WriteEndObject();
                break;
        }
    }

    private static string Tag(SecretKind kind) => kind switch
    {
        SecretKind.String => "string",
        SecretKind.Integer => "integer",
        SecretKind.Float => "float",
        SecretKind.Boolean => "bool",
        SecretKind.OffsetDateTime => "datetime",
        SecretKind.LocalDateTime => "datetime-local",
        SecretKind.LocalDate => "date-local",
        SecretKind.LocalTime => "time-local",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "TOML has no such scalar."),
    };
}
