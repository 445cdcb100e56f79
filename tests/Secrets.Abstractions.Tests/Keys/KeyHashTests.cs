using Secrets.Keys;
using Secrets.Tests.Fakes;

namespace Secrets.Tests.Keys;

public class KeyHashTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("k", "K")]
    [InlineData("key", "KEY")]
    [InlineData("keys", "KeyS")]
    [InlineData("api_key", "API_KEY")]
    [InlineData("api-key.of.a_section", "API-Key.Of.A_Section")]
    [InlineData("größe", "GRÖßE")]
    [InlineData("пароль", "ПАРОЛЬ")]
    [InlineData("key_ё", "KEY_Ё")]
    [InlineData("\U00010428", "\U00010400")]
    public void Keys_that_are_the_same_but_for_case_have_the_same_hash(string key, string other)
    {
        Assert.Equal(key, other, StringComparer.OrdinalIgnoreCase);
        Assert.Equal(KeyHash.Of(key), KeyHash.Of(other));
    }

    [Fact]
    public void Every_character_has_its_cases_hash_wherever_it_stands()
    {
        for (int code = 0; code <= char.MaxValue; code++)
        {
            char upper = char.ToUpperInvariant((char)code);
            if (upper == code)
            {
                continue;
            }

            foreach (string before in new[] { "", "a", "ab", "abc", "abcd" })
            {
                string key = before + (char)code, other = before + upper;
                Assert.True(
                    !key.Equals(other, StringComparison.OrdinalIgnoreCase) || KeyHash.Of(key) == KeyHash.Of(other),
                    $"U+{code:X4} after {before.Length} letters");
            }
        }
    }

    // A key of ASCII and one beyond are hashed in two ways: they must never be equal.
    [Fact]
    public void No_character_beyond_ascii_is_an_ascii_one_but_for_case()
    {
        string[] ascii = [.. Enumerable.Range(0, 128).Select(code => ((char)code).ToString())];
        for (int code = 128; code <= char.MaxValue; code++)
        {
            string key = ((char)code).ToString();
            Assert.False(Array.Exists(ascii, a => key.Equals(a, StringComparison.OrdinalIgnoreCase)), $"U+{code:X4}");
        }
    }

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("lt-LT")]
    public void No_culture_changes_a_hash(string culture)
    {
        int hash = KeyHash.Of("client_id"), beyond = KeyHash.Of("größe_i");
        using var other = new InCulture(culture);

        Assert.Equal(hash, KeyHash.Of("CLIENT_ID"));
        Assert.Equal(beyond, KeyHash.Of("GRÖßE_I"));
    }

    // Lengths around the four characters that are taken at a time, names that differ in one character, and names with the same characters in another order.
    [Theory]
    [InlineData("{0}")]
    [InlineData("x{0}")]
    [InlineData("xy{0}")]
    [InlineData("xyz{0}")]
    [InlineData("{0}.password")]
    [InlineData("section_{0}.key_{0}")]
    [InlineData("größe_{0}")]
    public void Different_keys_do_not_share_a_hash(string name)
    {
        string[] keys = [.. Enumerable.Range(0, 4_096).Select(i => name.Replace("{0}", Convert.ToString(i, 8), StringComparison.Ordinal))];

        int distinct = keys.Select(k => KeyHash.Of(k)).Distinct().Count();
        int buckets = keys.Select(k => KeyHash.Of(k) & 0xFFFF).Distinct().Count();

        Assert.True(distinct > 4_080, $"{distinct} of 4096 hashes differ");
        Assert.True(buckets > 2_000, $"{buckets} of 4096 have a slot of their own");
    }

    [Fact]
    public void The_length_counts()
    {
        string[] keys = [.. Enumerable.Range(0, 200).Select(length => new string('\0', length))];

        Assert.Equal(keys.Length, keys.Select(k => KeyHash.Of(k)).Distinct().Count());
    }

    [Fact]
    public void Hashing_allocates_nothing()
    {
        string[] keys = ["", "key", "database.password", "größe", new string('k', 1_000)];
        int hash = 0;
        long allocated = Allocations.Of(
            () =>
            {
                foreach (string key in keys)
                {
                    hash ^= KeyHash.Of(key);
                }
            },
            calls: 10_000);

        Assert.Equal(0, allocated);
        Assert.NotEqual(int.MinValue, hash & 1);
    }
}
