using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Collections.ObjectModel;
using System.Dynamic;
using Secrets.Binding;
using Secrets.Tests.Fakes;

namespace Secrets.Tests.Binding;

public sealed class DictionaryShapeTests
{
    [Theory]
    [InlineData(typeof(Dictionary<string, int>), typeof(Dictionary<string, int>), true)]
    [InlineData(typeof(IDictionary<string, int>), typeof(Dictionary<string, int>), true)]
    [InlineData(typeof(IReadOnlyDictionary<string, int>), typeof(Dictionary<string, int>), true)]
    [InlineData(typeof(ReadOnlyDictionary<string, int>), typeof(ReadOnlyDictionary<string, int>), true)]
    [InlineData(typeof(ImmutableDictionary<string, int>), typeof(ImmutableDictionary<string, int>), true)]
    [InlineData(typeof(IImmutableDictionary<string, int>), typeof(ImmutableDictionary<string, int>), true)]
    [InlineData(typeof(ConcurrentDictionary<string, int>), typeof(ConcurrentDictionary<string, int>), true)]
    [InlineData(typeof(OrderedDictionary<string, int>), typeof(OrderedDictionary<string, int>), true)]
    [InlineData(typeof(SortedDictionary<string, int>), typeof(SortedDictionary<string, int>), false)]
    [InlineData(typeof(Own), typeof(Own), false)]
    public void Each_type_is_created_and_keeps_the_equivalence_of_keys_where_it_can(Type type, Type expected, bool isEquivalent)
    {
        using SecretsStore store = Stores.Of(("limits.api_key", 1), ("limits.other", 2));

        object created = Reflected.Get(type, store, "limits")!;
        var entries = (IEnumerable<KeyValuePair<string, int>>)created;

        Assert.IsType(expected, created);
        Assert.Equal([1, 2], entries.Select(e => e.Value).Order());
        Assert.Equal(isEquivalent, created is IReadOnlyDictionary<string, int> dictionary && dictionary.ContainsKey("ApiKey"));
    }

    [Fact]
    public void A_frozen_dictionary_keeps_the_equivalence_of_keys()
    {
        using SecretsStore store = Stores.Of(("limits.api_key", 1));

        Assert.Equal(1, store.Get<FrozenDictionary<string, int>>("limits")["API-KEY"]);
    }

    [Fact]
    public void Keys_compare_as_the_chain_s_do()
    {
        using SecretsStore ordinal = new SecretsBuilder { KeyComparison = KeyComparison.Ordinal }
            .AddInMemory(new Dictionary<string, string> { ["limits.a_b"] = "1", ["limits.ab"] = "2" })
            .Build();

        Dictionary<string, string> limits = ordinal.Get<Dictionary<string, string>>("limits");

        Assert.Equal(["a_b", "ab"], limits.Keys);
        Assert.False(limits.ContainsKey("AB"));
    }

    [Fact]
    public void Keys_may_have_the_types_that_a_text_can_be()
    {
        using SecretsStore store = Stores.Of(("days.monday", 1), ("days.FRIDAY", 5), ("ports.80", "http"), ("ports.443", "https"), ("modes.verify-full", true));

        Assert.Equal(5, store.Get<Dictionary<DayOfWeek, int>>("days")[DayOfWeek.Friday]);
        Assert.Equal("https", store.Get<IReadOnlyDictionary<int, string>>("ports")[443]);
        Assert.True(store.Get<Dictionary<Mode, bool>>("modes")[Mode.VerifyFull]);
    }

    [Fact]
    public void A_key_of_another_type_and_two_keys_that_are_the_same_are_problems_by_name()
    {
        using SecretsStore store = Stores.Of(("ports.80", "a"), ("ports.080", "b"), ("ports.http", "c"));

        SecretsFormatException e = Assert.Throws<SecretsFormatException>(() => store.Get<Dictionary<int, string>>("ports"));

        Assert.Equal(
            "The key of ports.080 (memory ports.080) equals another key of its section.\nThe key of ports.http (memory ports.http) cannot be read as the type Int32.",
            e.Message.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void What_is_filled_holds_the_new_entries_alone()
    {
        var existing = new Dictionary<string, int> { ["old"] = 1 };
        DictionaryShape shape = DictionaryShape.Of(typeof(IDictionary<string, int>))!;

        shape.Fill(existing, [KeyValuePair.Create((object)"new", (object?)2)]);

        Assert.Equal(["new"], existing.Keys);
        Assert.True(shape.CanFill(existing));
        Assert.False(shape.CanFill(new ReadOnlyDictionary<string, int>(existing)));
        Assert.False(DictionaryShape.Of(typeof(IReadOnlyDictionary<string, int>))!.IsFillable);
    }

    [Theory]
    [InlineData(typeof(List<int>))]
    [InlineData(typeof(IEnumerable<KeyValuePair<string, int>>))]
    [InlineData(typeof(Lazy<int>))]
    public void Other_types_are_no_dictionaries(Type type) => Assert.Null(DictionaryShape.Of(type));

    [Fact]
    public void An_expando_is_a_dictionary()
    {
        using SecretsStore store = Stores.Of(("a.b", 1));

        Assert.Equal(1L, ((dynamic)store.Get<ExpandoObject>("a")).b);
    }

    public enum Mode
    {
        Disable,
        VerifyFull,
    }

    public sealed class Own : Dictionary<string, int>;
}
