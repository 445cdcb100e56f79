using System.Text.Json;
using Secrets;

namespace CustomSource;

/// <summary>
/// Secrets in JSON files. <b>Name</b> <c>json</c>. <b>Keys</b> objects are sections, null is absent. <b>Location</b> <c>file:/database/password</c>, a JSON pointer.
/// <b>Refresh</b> each load reads the files. <b>Errors</b> InvalidFormat for a mistake in a file, AccessDenied and Unavailable for one that cannot be read. <b>Permissions</b> to read the files.
/// </summary>
public sealed class JsonFileSource(SecretsFileOptions options, SecretsBuilder? builder = null) : SecretsFileSource("json", options, builder)
{
    protected override IReadOnlyList<SecretEntry> Read(SecretsFileContent content, SecretsRequest request, CancellationToken cancellationToken)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(content.ReadText());
            return json.RootElement.ValueKind == JsonValueKind.Object
                ? [.. Members(json.RootElement, content.File + ":", request).Select(m => new SecretEntry(new SecretPath(m.Key), m.Value))]
                : throw new SecretsFormatException("expected an object", content.File);
        }
        catch (JsonException mistake)
        {
            // Its message quotes the file; its position does not.
            throw new SecretsFormatException("expected JSON", content.File, (int)(mistake.LineNumber ?? 0) + 1, (int)(mistake.BytePositionInLine ?? 0) + 1);
        }
    }

    private static IEnumerable<KeyValuePair<string, SecretValue>> Members(JsonElement section, string place, SecretsRequest request) =>
        from member in section.EnumerateObject()
        where member.Value.ValueKind != JsonValueKind.Null
        select KeyValuePair.Create(member.Name, Value(member.Value, $"{place}/{member.Name}", request));

    private static SecretValue Value(JsonElement json, string place, SecretsRequest request) => json.ValueKind switch
    {
        JsonValueKind.Object => SecretValue.FromSection(Members(json, place, request).ToArray(), request.Origin(place)),
        JsonValueKind.Array => SecretValue.FromArray(json.EnumerateArray().Select((e, i) => Value(e, $"{place}/{i}", request)).ToArray(), request.Origin(place)),
        JsonValueKind.Number => SecretValue.FromText(json.TryGetInt64(out _) ? SecretKind.Integer : SecretKind.Float, json.GetRawText(), request.Origin(place)),
        JsonValueKind.True or JsonValueKind.False => SecretValue.FromText(SecretKind.Boolean, json.GetRawText(), request.Origin(place)),
        _ => SecretValue.FromText(json.GetString() ?? "", request.Origin(place)),
    };
}
