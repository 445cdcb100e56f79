using System.Text;
using System.Text.Json;

namespace Secrets.Cli.Imports;

/// <summary>A JSON file of .NET configuration: objects nest, and so does a colon in a key; comments and commas at the end are allowed.</summary>
internal sealed class JsonFileSource(string path, string displayName) : ISecretsSource
{
    private static readonly JsonReaderOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    public string Name => "json";

    public async ValueTask<SecretsBatch> LoadAsync(SecretsRequest request, CancellationToken cancellationToken)
    {
        byte[] utf8 = await File.ReadAllBytesAsync(path, cancellationToken);
        IReadOnlyList<SecretEntry> entries = SecretFormat.Json.Read(Strict(utf8), request.Origin(displayName));
        return new SecretsBatch(entries.Select(e => new SecretEntry(new SecretPath(e.Path.Segments.SelectMany(s => s.Split(':'))), e.Value))) { Places = [displayName] };
    }

    // The same document as RFC 8259 has it.
    private string Strict(byte[] utf8)
    {
        var reader = new Utf8JsonReader(utf8.AsSpan(utf8.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0), Lenient);
        using var strict = new MemoryStream();
        try
        {
            using var writer = new Utf8JsonWriter(strict, new JsonWriterOptions { SkipValidation = false });
            while (reader.Read())
            {
                Copy(ref reader, writer);
            }
        }
        catch (JsonException failure)
        {
            throw new SecretsFormatException("this is not JSON", displayName, (int)(failure.LineNumber ?? -1) + 1, (int)(failure.BytePositionInLine ?? -1) + 1);
        }

        return Encoding.UTF8.GetString(strict.ToArray());
    }

    private static void Copy(ref Utf8JsonReader reader, Utf8JsonWriter writer)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                writer.WriteStartObject();
                break;
            case JsonTokenType.EndObject:
                writer.WriteEndObject();
                break;
            case JsonTokenType.StartArray:
                writer.WriteStartArray();
                break;
            case JsonTokenType.EndArray:
                writer.WriteEndArray();
                break;
            case JsonTokenType.PropertyName:
                writer.WritePropertyName(reader.GetString()!);
                break;
            case JsonTokenType.String:
                writer.WriteStringValue(reader.GetString());
                break;
            default:
                writer.WriteRawValue(reader.ValueSpan);
                break;
        }
    }
}
