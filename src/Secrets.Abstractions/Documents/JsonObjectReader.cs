using System.Text;
using System.Text.Json;

namespace Secrets.Documents;

/// <summary>Reads the members of a JSON object that is known to be well formed (RFC 8259); places are JSON pointers in fragments (RFC 6901, section 6).</summary>
internal sealed class JsonObjectReader(SecretOrigin origin)
{
    public const int MaxDepth = 64;

    public static JsonReaderOptions Options { get; } = new() { MaxDepth = MaxDepth };

    public SecretValue Read(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, Options);
        reader.Read();
        return Value(ref reader, "#")!;
    }

    private SecretValue? Value(ref Utf8JsonReader reader, string pointer) => reader.TokenType switch
    {
        JsonTokenType.Null => null,
        JsonTokenType.True => SecretValue.FromText(SecretKind.Boolean, "true", At(pointer)),
        JsonTokenType.False => SecretValue.FromText(SecretKind.Boolean, "false", At(pointer)),
        JsonTokenType.Number => SecretValue.FromText(
            reader.TryGetInt64(out _) ? SecretKind.Integer : SecretKind.Float, Encoding.UTF8.GetString(reader.ValueSpan), At(pointer)),
        JsonTokenType.StartArray => SecretValue.FromArray(Elements(ref reader, pointer), At(pointer)),
        JsonTokenType.StartObject => SecretValue.FromSection(Members(ref reader, pointer), At(pointer)),
        _ => SecretValue.FromText(Text(ref reader, pointer), At(pointer)),
    };

    private List<KeyValuePair<string, SecretValue>> Members(ref Utf8JsonReader reader, string pointer)
    {
        var members = new List<KeyValuePair<string, SecretValue>>();
        var keys = new HashSet<string>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            string key = Text(ref reader, pointer);
            string place = pointer + "/" + key.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
            if (!keys.Add(key))
            {
                throw Mistake("expected each key once; this key appears twice", place);
            }

            reader.Read();
            if (Value(ref reader, place) is { } value)
            {
                members.Add(KeyValuePair.Create(key, value));
            }
        }

        return members;
    }

    // A place counts the elements that are null, so that the pointer leads to it in the store's own text.
    private List<SecretValue> Elements(ref Utf8JsonReader reader, string pointer)
    {
        var elements = new List<SecretValue>();
        for (int i = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; i++)
        {
            if (Value(ref reader, FormattableString.Invariant($"{pointer}/{i}")) is { } element)
            {
                elements.Add(element);
            }
        }

        return elements;
    }

    private string Text(ref Utf8JsonReader reader, string pointer)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw Mistake("expected valid Unicode text; it contains half of a surrogate pair", pointer);
        }
    }

    private SecretOrigin At(string pointer) => new(origin.SourceName, origin.Location + pointer, origin.Version, origin.ReadAt);

    private SecretsFormatException Mistake(string problem, string pointer) => new(problem, origin.Location + pointer);
}
