using Secrets.Tests.Fakes;

namespace Secrets.Tests;

/// <summary>The promise that a read allocates nothing, measured on the thread that reads.</summary>
public sealed class AllocationTests
{
    private const int Reads = 10_000;

    private static readonly SecretsStore Store = Stores.Of(("a.b", "value"), ("flat", "value"), ("deep.er.still", "value"));

    public static TheoryData<string, Action> Rows => new()
    {
        { "store[\"a\"][\"b\"]", () => _ = Store["a"]["b"] },
        { "store[\"a\"][\"b\"].Reveal()", () => _ = Store["a"]["b"].Reveal() },
        { "store[\"A\"][\"-b-\"]", () => _ = Store["A"]["-b-"] },
        { "GetString(\"a.b\")", () => _ = Store.GetString("a.b") },
        { "GetString(\"deep.er.still\")", () => _ = Store.GetString("deep.er.still") },
        { "GetString(\"A.B\")", () => _ = Store.GetString("A.B") },
        { "GetString(\"a.b\", fallback)", () => _ = Store.GetString("a.b", "fallback") },
        { "TryGetValue(\"flat\")", () => _ = Store.TryGetValue("flat", out SecretValue? _) },
        { "TryGetValue(\"FLAT\")", () => _ = Store.TryGetValue("FLAT", out SecretValue? _) },
        { "ContainsKey(\"flat\")", () => _ = Store.ContainsKey("flat") },
        { "Current", () => _ = Store.Current },
        { "Section(\"a\").GetString(\"b\")", () => _ = Store.Section("a").GetString("b") },
        { "value == text", () => _ = Store["flat"] == "value" },
        { "AsSection()", () => _ = Store["a"].AsSection() },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_read_allocates_nothing(string read, Action action)
    {
        long allocated = Allocations.Of(action, Reads);
        Assert.True(allocated == 0, $"{Reads} times {read} allocated {allocated} bytes.");
    }
}
