using System.Text;
using System.Text.Json;

namespace Secrets.Documents;

/// <summary>A JSON object as a section; where none is required, any other text as it is.</summary>
internal sealed class JsonObjectFormat(bool isRequired) : SecretFormat
{
    public override IReadOnlyList<SecretEntry> Read(string text, SecretOrigin origin)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(origin);

        // A byte order mark is left by editors and by uploads of files; a reader may ignore it (RFC 8259, section 8.1).
        byte[] json = Encoding.UTF8.GetBytes(text.StartsWith('\uFEFF') ? text[1..] : text);
        return FindMistake(json, origin.Location) switch
        {
            null => [.. Leaves(SecretPath.Root, new JsonObjectReader(origin).Read(json))],
            { } mistake when isRequired || mistake.IsBeyondLimit => throw mistake,
            _ => Text.Read(text, origin),
        };
    }

    private static SecretsFormatException? FindMistake(byte[] json, string place)
    {
        var reader = new Utf8JsonReader(json, JsonObjectReader.Options);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return new SecretsFormatException("expected a JSON object, and this is another JSON value", place);
            }

            while (reader.Read())
            {
            }

            return null;
        }
        catch (JsonException mistake)
        {
            if (reader.TokenType == JsonTokenType.None)
            {
                return new SecretsFormatException("expected a JSON object, and this is not JSON", place);
            }

            int depth = reader.CurrentDepth + (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray ? 1 : 0);
            return JsonMistake.Describe(json, reader.TokenType, mistake, place, isFull: depth == JsonObjectReader.MaxDepth);
        }
    }

    private static IEnumerable<SecretEntry> Leaves(SecretPath path, SecretValue value) =>
        value.Entries is { } members && (members.Length > 0 || path.Segments.Count == 0)
            ? members.SelectMany(m => Leaves(path.Append(m.Key), m.Value))
            : [new SecretEntry(path, value)];
}
