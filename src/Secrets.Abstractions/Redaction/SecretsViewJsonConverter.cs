using System.Text.Json;
using System.Text.Json.Serialization;

namespace Secrets.Redaction;

/// <summary>Writes the keys of a view with masked leaves, and reads nothing. A section deeper than the serializer's <c>MaxDepth</c> is masked whole.</summary>
internal sealed class SecretsViewJsonConverter : JsonConverter<SecretsView>
{
    public override bool CanConvert(Type typeToConvert) => typeof(SecretsView).IsAssignableFrom(typeToConvert);

    public override SecretsView Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Secrets are not read from JSON: masked output does not hold them.");

    public override void Write(Utf8JsonWriter writer, SecretsView value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach ((string key, SecretValue child) in value)
        {
            writer.WritePropertyName(key);

            // Deeper than its limit the writer throws, and what is written here is often a line of a log.
            if (child.Kind == SecretKind.Section && writer.CurrentDepth < writer.Options.MaxDepth)
            {
                Write(writer, child.AsSection(), options);
            }
            else
            {
                writer.WriteStringValue(Redactor.Mask);
            }
        }

        writer.WriteEndObject();
    }
}
