using System.Text.Json;
using System.Text.Json.Serialization;

namespace Secrets.Redaction;

/// <summary>Writes the mask, whatever the value, and reads nothing.</summary>
internal sealed class SecretValueJsonConverter : JsonConverter<SecretValue>
{
    public override SecretValue Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("A secret is not read from JSON: masked output does not hold it.");

    public override void Write(Utf8JsonWriter writer, SecretValue value, JsonSerializerOptions options) =>
        writer.WriteStringValue(Redactor.Mask);
}
