using Secrets.Keys;
using Secrets.Merging;
using Secrets.Tests.Fakes;

namespace Secrets.Tests.Merging;

public class KeyTableTests
{
    private const int Reads = 10_000;

    private static readonly string Long = string.Join('_', Enumerable.Repeat("segment", 40));

    public static TheoryData<string, string> Equal => new()
    {
        { "api_key", "api_key" },
        { "api_key", "API_KEY" },
        { "api_key", "api-key" },
        { "api_key", "Api-Key" },
        { "api_key", "ApiKey" },
        { "api_key", "apikey" },
        { "api_key", "a-p_iKEY" },
        { "api_key", "_api--key_" },
        { "api-key", "api_key" },
        { "api-key", "ApiKey" },
        { "ApiKey", "api_key" },
        { "ApiKey", "api-key" },
        { "apikey", "--API__KEY--" },
        { "a_b-c", "a_b_c" },
        { "a_b-c", "a-b-c" },
        { "a_b-c", "a-b_c" },
        { "a_b-c", "ABC" },
        { "größe_x", "GRÖßE-X" },
        { "пароль", "ПАР_ОЛЬ" },
        { "\U00010428_x", "\U00010400X" },
        { "", "" },
        { "", "_" },
        { "", "-_-" },
        { "_", "" },
        { "_", "-" },
        { "--", "_" },
        { "--", "____" },
        { "database.api_key", "DATABASE.ApiKey" },
        { Long, Long },
        { Long, Long.ToUpperInvariant() },
        { Long, Long.Replace('_', '-') },
        { Long, Long.Replace("_", "", StringComparison.Ordinal) },
        { Long.Replace("_", "", StringComparison.Ordinal), "-" + Long },
        { new string('_', 300), "-" },
        { "-", new string('_', 300) },
    };

    public static TheoryData<string, string> Different => new()
    {
        { "api_key", "api_keys" },
        { "api_key", "api_ke" },
        { "api_key", "api.key" },
        { "api_key", "api key" },
        { "api_key", "" },
        { "api_key", "_" },
        { "", "a" },
        { "", "." },
        { "_", "." },
        { "title", "tıtle" },
        { "title", "TİTLE" },
        { "mass", "maſſ" },
        { "k", "\u212a" },
        { "größe", "GRÖSSE" },
        { "é", "e\u0301" },
        { "key[", "key{" },
        { "@key", "`key" },
        { "key\u001f", "key?" },
        { "key_", "key\u007f" },
        { "ab\0", "ab" },
        { Long, Long + "x" },
        { Long, Long[..^1] },
    };

    [Theory]
    [MemberData(nameof(Equal))]
    public void Every_equal_spelling_is_found_alone_and_among_many(string key, string asked)
    {
        Assert.True(KeyEquivalence.For(KeyComparison.Equivalent).Equals(key, asked));
        SecretValue value = Stores.Text(SecretKind.String, key);

        Assert.Same(value, Table(KeyComparison.Equivalent, (key, value)).Find(asked));
        Assert.Same(value, Table(KeyComparison.Equivalent, (key, value)).Find(asked.AsSpan()));
        Assert.Same(value, Table(KeyComparison.Equivalent, [.. Others(500), (key, value), .. Others(500, "more")]).Find(asked));
    }

    [Theory]
    [MemberData(nameof(Different))]
    public void What_is_not_equal_is_not_found(string key, string asked)
    {
        Assert.False(KeyEquivalence.For(KeyComparison.Equivalent).Equals(key, asked));
        SecretValue value = Stores.Text(SecretKind.String, key);

        Assert.Null(Table(KeyComparison.Equivalent, (key, value)).Find(asked));
        Assert.Null(Table(KeyComparison.Equivalent, [.. Others(500), (key, value)]).Find(asked));
    }

    [Fact]
    public void It_agrees_with_the_one_equivalence_on_every_short_key()
    {
        IEqualityComparer<string> keys = KeyEquivalence.For(KeyComparison.Equivalent);
        string[] all = [.. Words("aA_-é.", 3)];
        foreach (string key in all)
        {
            KeyTable table = Table(KeyComparison.Equivalent, (key, Stores.Text(SecretKind.String, key)));
            foreach (string asked in all)
            {
                Assert.True(keys.Equals(key, asked) == table.Find(asked) is not null, $"\"{key}\" asked as \"{asked}\"");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Equal))]
    public void Ordinal_finds_the_exact_spelling_alone(string key, string asked)
    {
        SecretValue value = Stores.Text(SecretKind.String, key);
        KeyTable table = Table(KeyComparison.Ordinal, [.. Others(10), (key, value)]);

        Assert.Same(value, table.Find(key));
        Assert.Equal(string.Equals(key, asked, StringComparison.Ordinal), table.Find(asked) is not null);
    }

    [Fact]
    public void Ordinal_keeps_spellings_apart()
    {
        string[] spellings = ["api_key", "api-key", "ApiKey", "API_KEY", "apikey", "", "_", "-"];
        KeyTable table = Table(KeyComparison.Ordinal, [.. spellings.Select(s => (s, Stores.Text(SecretKind.String, s)))]);

        Assert.All(spellings, s => Assert.Equal(s, table.Find(s)?.Text));
    }

    [Fact]
    public void An_empty_table_has_nothing()
    {
        Assert.Null(Table(KeyComparison.Equivalent).Find(""));
        Assert.Null(Table(KeyComparison.Equivalent).Find("a_b"));
        Assert.Null(Table(KeyComparison.Ordinal).Find("a_b"));
    }

    [Theory]
    [InlineData(KeyComparison.Equivalent)]
    [InlineData(KeyComparison.Ordinal)]
    public void Crafted_keys_are_all_found(KeyComparison comparison)
    {
        string[] keys = [.. Words("[{", 10).Where(k => k.Length == 10)];
        KeyTable table = Table(comparison, [.. keys.Select(k => (k, Stores.Text(SecretKind.String, k)))]);

        Assert.Equal(1_024, keys.Length);
        Assert.All(keys, k => Assert.Equal(k, table.Find(k)?.Text));
        Assert.All(keys, k => Assert.Null(table.Find(k[..^1])));
    }

    [Fact]
    public void A_hundred_thousand_keys_are_all_found()
    {
        (string, SecretValue)[] entries = [.. Others(100_000)];
        KeyTable table = Table(KeyComparison.Equivalent, entries);

        Assert.All(entries, e => Assert.Same(e.Item2, table.Find(e.Item1.ToUpperInvariant().Replace('_', '-'))));
    }

    [Theory]
    [InlineData("api_key")]
    [InlineData("API-KEY")]
    [InlineData("ApiKey")]
    [InlineData("-a_p-iKEY-")]
    [InlineData("größe_x")]
    [InlineData("GRÖßE-X")]
    [InlineData("_größex_")]
    [InlineData("nothing")]
    [InlineData("not_a-thing")]
    [InlineData("")]
    public void Finding_allocates_nothing(string asked)
    {
        KeyTable table = Table(KeyComparison.Equivalent, ("api_key", Stores.Text(SecretKind.String, "a")), ("größe_x", Stores.Text(SecretKind.String, "b")));

        Assert.Equal(0, Allocations.Of(() => table.Find(asked), Reads));
        Assert.Equal(0, Allocations.Of(() => table.Find(asked.AsSpan()), Reads));
    }

    private static KeyTable Table(KeyComparison comparison, params (string Key, SecretValue Value)[] entries) =>
        new([.. entries.Select(e => KeyValuePair.Create(e.Key, e.Value))], comparison);

    private static IEnumerable<(string Key, SecretValue Value)> Others(int count, string name = "other") =>
        Enumerable.Range(0, count).Select(i => ($"{name}_key_{i}", Stores.Text(SecretKind.String, "x")));

    private static IEnumerable<string> Words(string letters, int longest) =>
        longest == 0 ? [""] : Words(letters, longest - 1).SelectMany(w => letters.Select(l => w + l)).Concat(Words(letters, longest - 1)).Distinct();
}
