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
        byte[] json = Encoding.UTF8.GetBytes(text);
        return FindMistake(json, origin.Location) switch
        {
            null => [.. Leaves(SecretPath.Root, new JsonObjectReader(origin).Read(json))],
            { } mistake when isRequired => throw mistake,
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
                return new SecretsFormatException("expected a JSON object", place);
            }

            while (reader.Read())
            {
            }

            return null;
        }
        catch (JsonException mistake)
        {
            // Its message quotes the text; its position does not.
            return reader.CurrentDepth < JsonObjectReader.MaxDepth
                ? new SecretsFormatException("expected a JSON object", place, (int)(mistake.LineNumber ?? 0) + 1, (int)(mistake.BytePositionInLine ?? 0) + 1)
                : throw new SecretsFormatException($"expected at most {JsonObjectReader.MaxDepth} levels of JSON", place);
        }
    }

    private static IEnumerable<SecretEntry> Leaves(SecretPath path, SecretValue value) =>
        value.Entries is { } members && (members.Count > 0 || path.Segments.Count == 0)
            ? members.SelectMany(m => Leaves(path.Append(m.Key), m.Value))
            : [new SecretEntry(path, value)];
}
