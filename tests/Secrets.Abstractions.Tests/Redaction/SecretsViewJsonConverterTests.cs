using System.Text.Json;
using Newtonsoft.Json;
using Secrets.Tests.Fakes;
using JsonSerializer = System.Text.Json.JsonSerializer;

namespace Secrets.Tests.Redaction;

public sealed class SecretsViewJsonConverterTests
{
    private const string Masked = """{"a":"***","b":{"c":"***","d":{"e":"***"}},"odd \u0022key\u0022":"***"}""";

    private static readonly JsonSerializerOptions[] Limits = [.. new[] { 0, 2, 5, 1_000 }.Select(limit => new JsonSerializerOptions { MaxDepth = limit })];

    private static readonly SecretsStore Store = Stores.Of(("a", "x"), ("b.c", 1), ("b.d.e", new[] { 1 }), ("'odd \"key\"'", true));

    [Fact]
    public void A_view_is_its_keys_with_masked_leaves_whatever_the_declared_type()
    {
        Assert.Equal(Masked, JsonSerializer.Serialize(Store));
        Assert.Equal(Masked, JsonSerializer.Serialize<SecretsView>(Store));
        Assert.Equal(Masked, JsonSerializer.Serialize(Store.Current));
        Assert.Equal(Masked, JsonSerializer.Serialize<object>(Store));
        Assert.Equal($"{{\"View\":{Masked}}}", JsonSerializer.Serialize(new Holder(Store)));
        Assert.Equal($"[{Masked},null]", JsonSerializer.Serialize(new SecretsView?[] { Store, null }));
    }

    [Fact]
    public void As_the_dictionary_that_it_is_the_leaves_are_masked_too()
    {
        Assert.StartsWith("{\"a\":\"***\",\"b\":\"***\"", JsonSerializer.Serialize<IReadOnlyDictionary<string, SecretValue>>(Store), StringComparison.Ordinal);
        Assert.DoesNotContain("\"x\"", JsonSerializer.Serialize<IEnumerable<KeyValuePair<string, SecretValue>>>(Store), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(64)]
    [InlineData(100)]
    [InlineData(256)]
    public void A_section_deeper_than_the_serializer_writes_is_masked_whole(int levels)
    {
        using SecretsStore deep = Stores.Of((string.Join('.', Enumerable.Repeat("a", levels)), "x"));
        foreach (JsonSerializerOptions options in Limits)
        {
            int limit = options.MaxDepth;
            string json = JsonSerializer.Serialize(deep, options);
            int written = Math.Min(levels, limit == 0 ? 64 : limit);

            Assert.Equal(string.Concat(Enumerable.Repeat("{\"a\":", written)) + "\"***\"" + new string('}', written), json);
            using JsonDocument read = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = limit });
        }

        Assert.StartsWith("{\"View\":{\"a\":", JsonSerializer.Serialize(new Holder(deep)), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_read_from_JSON()
    {
        Assert.Throws<NotSupportedException>(() => JsonSerializer.Deserialize<SecretsView>("{\"a\":\"***\"}"));
        Assert.Throws<NotSupportedException>(() => JsonSerializer.Deserialize<SecretsStore>("{}"));
    }

    // To Newtonsoft.Json a view is a dictionary, and a section in it is a value like any other.
    [Fact]
    public void Newtonsoft_writes_the_keys_with_masked_values()
    {
        const string Keys = """{"a":"***","b":"***","odd \"key\"":"***"}""";

        Assert.Equal(Keys, JsonConvert.SerializeObject(Store));
        Assert.Equal($"{{\"Store\":{Keys},\"Section\":{{\"c\":\"***\",\"d\":\"***\"}}}}", JsonConvert.SerializeObject(new { Store, Section = Store.Section("b") }));
    }

    private sealed record Holder(SecretsView View);
}
