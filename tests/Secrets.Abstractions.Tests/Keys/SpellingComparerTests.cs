using Secrets.Keys;
using Secrets.Tests.Fakes;

namespace Secrets.Tests.Keys;

public class SpellingComparerTests
{
    // Under a hash that folds case by one bit, all strings over such a pair of characters shared one hash in every process.
    public static TheoryData<string> PairsThatDifferInOneBit => ["[{", "]}", "@`", "\\|", "^~", "_\u007f", "\0 ", "01", "k\u212a", "sſ"];

    [Theory]
    [InlineData("", "")]
    [InlineData("k", "K")]
    [InlineData("api_key", "API_KEY")]
    [InlineData("api-key.of.a_section", "API-Key.Of.A_Section")]
    [InlineData("größe", "GRÖßE")]
    [InlineData("пароль", "ПАРОЛЬ")]
    [InlineData("\U00010428", "\U00010400")]
    public void Keys_that_are_the_same_but_for_case_are_equal_and_have_the_same_hash(string key, string other)
    {
        AssertEqual(SpellingComparer.IgnoreCase, key, other);
        AssertEqual(SpellingComparer.Exact, key, key);
        Assert.Equal(string.Equals(key, other, StringComparison.Ordinal), SpellingComparer.Exact.Equals(key, other));
        Assert.Equal(string.Equals(key, other, StringComparison.Ordinal), SpellingComparer.Exact.Equals(key.AsSpan(), other));
    }

    [Theory]
    [InlineData("key[", "key{")]
    [InlineData("key_", "key\u007f")]
    [InlineData("k", "\u212a")]
    [InlineData("title", "tıtle")]
    [InlineData("ab\0", "ab")]
    public void Other_keys_differ(string key, string other)
    {
        foreach (SpellingComparer comparer in new[] { SpellingComparer.Exact, SpellingComparer.IgnoreCase })
        {
            Assert.False(comparer.Equals(key, other));
            Assert.False(comparer.Equals(key.AsSpan(), other));
        }
    }

    // An attribute cannot hold these: its text is stored as UTF-8.
    [Fact]
    public void Lone_surrogates_differ_from_each_other_and_from_the_replacement_character()
    {
        Other_keys_differ("\ud800", "\ud801");
        Other_keys_differ("\ud800", "\ufffd");
        Other_keys_differ("\udc00", "\ud800");
        AssertEqual(SpellingComparer.IgnoreCase, "\ud800k", "\ud800K");
    }

    [Fact]
    public void Every_character_has_the_hash_of_its_other_case()
    {
        for (int code = 0; code <= char.MaxValue; code++)
        {
            string key = ((char)code).ToString(), other = char.ToUpperInvariant((char)code).ToString();
            Assert.True(
                !key.Equals(other, StringComparison.OrdinalIgnoreCase)
                || SpellingComparer.IgnoreCase.GetHashCode(key) == SpellingComparer.IgnoreCase.GetHashCode(other),
                $"U+{code:X4}");
        }
    }

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("lt-LT")]
    public void No_culture_changes_a_hash(string culture)
    {
        int hash = SpellingComparer.IgnoreCase.GetHashCode("client_id"), beyond = SpellingComparer.IgnoreCase.GetHashCode("größe_i");
        using var other = new InCulture(culture);

        Assert.Equal(hash, SpellingComparer.IgnoreCase.GetHashCode("CLIENT_ID"));
        Assert.Equal(beyond, SpellingComparer.IgnoreCase.GetHashCode("GRÖßE_I"));
    }

    [Theory]
    [MemberData(nameof(PairsThatDifferInOneBit))]
    public void Crafted_keys_do_not_share_a_hash(string letters)
    {
        string[] keys = [.. Words(letters, length: 12).Distinct(StringComparer.OrdinalIgnoreCase).Take(4_096)];
        int exact = keys.Select(k => SpellingComparer.Exact.GetHashCode(k)).Distinct().Count();
        int ignoringCase = keys.Select(k => SpellingComparer.IgnoreCase.GetHashCode(k)).Distinct().Count();
        int slots = keys.Select(k => SpellingComparer.IgnoreCase.GetHashCode(k) & 0xFFFF).Distinct().Count();

        Assert.True(exact > keys.Length - 16, $"{exact} of {keys.Length} exact hashes differ");
        Assert.True(ignoringCase > keys.Length - 16, $"{ignoringCase} of {keys.Length} hashes differ");
        Assert.True(slots > keys.Length / 2, $"{slots} of {keys.Length} have a slot of their own");
    }

    [Fact]
    public void Hashing_and_comparing_allocate_nothing()
    {
        string[] keys = ["", "key", "database.password", "größe", new string('k', 1_000)];
        int equal = 0;
        long allocated = Allocations.Of(
            () =>
            {
                foreach (string key in keys)
                {
                    equal += SpellingComparer.IgnoreCase.GetHashCode(key.AsSpan()) == 0 || SpellingComparer.IgnoreCase.Equals(key.AsSpan(), "KEY") ? 1 : 0;
                }
            },
            calls: 10_000);

        Assert.Equal(0, allocated);
        Assert.True(equal > 0);
    }

    private static void AssertEqual(SpellingComparer comparer, string key, string other)
    {
        Assert.True(comparer.Equals(key, other));
        Assert.True(comparer.Equals(key.AsSpan(), other));
        Assert.Equal(comparer.GetHashCode(key), comparer.GetHashCode(other));
        Assert.Equal(comparer.GetHashCode(key), comparer.GetHashCode(other.AsSpan()));
    }

    private static IEnumerable<string> Words(string letters, int length) =>
        Enumerable.Range(0, 1 << length).Select(number => string.Concat(Enumerable.Range(0, length).Select(bit => letters[(number >> bit) & 1])));
}
