using System.Globalization;
using System.Text.Json.Nodes;

namespace Secrets.TestServers.Gcp;

/// <summary>The ways in which protobuf's messages are written as JSON ("ProtoJSON Format"): the one that Google has, and another that readers must take as well.</summary>
internal static class GcpSpelling
{
    /// <summary>Leaves out what is empty: the default of a member is not written.</summary>
    public static JsonObject AsJson(JsonObject message) => Changed(message, name => name, (_, value) => value, keepsEmpty: false);

    /// <summary>Gives members the names of the .proto file, integers and enumerations as numbers, and writes what is empty.</summary>
    public static JsonObject AsProto(JsonObject message) => Changed(
        message,
        name => string.Concat(name.Select(c => char.IsAsciiLetterUpper(c) ? "_" + char.ToLowerInvariant(c) : c.ToString())),
        (name, value) => name switch
        {
            "dataCrc32c" => long.Parse((string)value!, CultureInfo.InvariantCulture),
            "state" => (string?)value == "ENABLED" ? 1 : 2,
            _ => value,
        },
        keepsEmpty: true);

    private static JsonObject Changed(JsonObject message, Func<string, string> rename, Func<string, JsonNode?, JsonNode?> revalue, bool keepsEmpty)
    {
        var changed = new JsonObject();
        foreach ((string name, JsonNode? value) in message)
        {
            if (keepsEmpty || !IsEmpty(value))
            {
                changed[rename(name)] = value is JsonObject inner ? Changed(inner, rename, revalue, keepsEmpty) : revalue(name, value?.DeepClone());
            }
        }

        return changed;
    }

    private static bool IsEmpty(JsonNode? value) => value switch
    {
        JsonArray list => list.Count == 0,
        JsonValue leaf => leaf.ToString() is "" or "0" && !(leaf.TryGetValue(out string? text) && text == "0"),
        _ => value is null,
    };
}
