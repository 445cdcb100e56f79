using System.Text.Json;
using Secrets;

namespace CustomSource;

/// <summary>
/// Secrets in one JSON file. <b>Name</b> <c>json</c>. <b>Keys</b> objects are sections, null is absent. <b>Location</b> <c>file:/database/password</c>, a JSON pointer.
/// <b>Refresh</b> the file is read by each load. <b>Errors</b> InvalidFormat for a mistake in it, AccessDenied and Unavailable for a file that cannot be read. <b>Permissions</b> to read it.
/// </summary>
public sealed class JsonFileSource(string file) : ISecretsSource
{
    public string Name => "json";

    public async ValueTask<SecretsBatch> LoadAsync(SecretsRequest request, CancellationToken cancellationToken)
    {
        try
        {
            await using FileStream stream = File.OpenRead(file);
            using JsonDocument json = await JsonDocument.ParseAsync(stream, cancellationToken: cancellationToken);
            return json.RootElement.ValueKind == JsonValueKind.Object
                ? new SecretsBatch(Members(json.RootElement, file + ":", request).Select(m => new SecretEntry(new SecretPath(m.Key), m.Value))) { Places = [file] }
                : throw new SecretsFormatException("expected an object", file);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return new SecretsBatch([]) { IsMissing = true, Places = [file] };
        }
        catch (JsonException mistake)
        {
            // Its message quotes the file; its position does not.
            throw new SecretsFormatException("expected JSON", file, (int)(mistake.LineNumber ?? 0) + 1, (int)(mistake.BytePositionInLine ?? 0) + 1);
        }
        catch (UnauthorizedAccessException)
        {
            throw new SecretsSourceException(SecretsErrorCode.AccessDenied, $"{file} cannot be read: let this process's user read it.", request.SourceName);
        }
        catch (IOException)
        {
            throw new SecretsSourceException(SecretsErrorCode.Unavailable, $"{file} cannot be read: the system reports an error.", request.SourceName);
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
