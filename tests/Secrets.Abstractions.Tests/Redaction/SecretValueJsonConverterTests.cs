using System.Text.Json;
using Newtonsoft.Json;
using Secrets.Tests.Fakes;
using JsonSerializer = System.Text.Json.JsonSerializer;

namespace Secrets.Tests.Redaction;

public sealed class SecretValueJsonConverterTests
{
    public static TheoryData<string> Paths => ["text", "number", "blob", "list", "section", "denied"];

    private static SecretsStore Store => new SecretsBuilder()
        .AddInMemory(new Dictionary<string, object?> { ["text"] = "x", ["number"] = 1, ["blob"] = new byte[] { 1 }, ["list"] = new[] { 1 }, ["section.a"] = 1 })
        .Add(new BatchSource(("denied", Stores.Unreadable())))
        .Build();

    [Theory]
    [MemberData(nameof(Paths))]
    public void A_value_is_the_mask_whatever_its_kind_and_declared_type(string path)
    {
        using SecretsStore store = Store;
        SecretValue value = store[path];

        Assert.Equal("\"***\"", JsonSerializer.Serialize(value));
        Assert.Equal("\"***\"", JsonSerializer.Serialize<object>(value));
        Assert.Equal("{\"Value\":\"***\"}", JsonSerializer.Serialize(new Holder(value)));
        Assert.Equal("[\"***\",null]", JsonSerializer.Serialize(new[] { value, null }));
        Assert.Equal("{\"k\":\"***\"}", JsonSerializer.Serialize(new Dictionary<string, SecretValue> { ["k"] = value }));
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void Newtonsoft_writes_the_mask_too(string path)
    {
        using SecretsStore store = Store;
        SecretValue value = store[path];

        Assert.Equal("\"***\"", JsonConvert.SerializeObject(value));
        Assert.Equal("{\"Value\":\"***\"}", JsonConvert.SerializeObject(new Holder(value)));
        Assert.Equal("[\"***\",null]", JsonConvert.SerializeObject(new[] { value, null }));
        Assert.Equal("{\"k\":\"***\"}", JsonConvert.SerializeObject(new Dictionary<string, SecretValue> { ["k"] = value }));
        Assert.Equal("{\"***\":1}", JsonConvert.SerializeObject(new Dictionary<SecretValue, int> { [value] = 1 }));
    }

    [Fact]
    public void Nothing_is_read_from_JSON() =>
        Assert.Throws<NotSupportedException>(() => JsonSerializer.Deserialize<Holder>("{\"Value\":\"***\"}"));

    private sealed record Holder(SecretValue Value);
}
