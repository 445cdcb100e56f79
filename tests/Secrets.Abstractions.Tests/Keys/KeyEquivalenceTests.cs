using System.Globalization;
using Secrets.Keys;
using Secrets.Tests.Fakes;

namespace Secrets.Tests.Keys;

public class KeyEquivalenceTests
{
    [Theory]
    [InlineData("api_key", "api_key", true)]
    [InlineData("api_key", "api-key", true)]
    [InlineData("api_key", "ApiKey", true)]
    [InlineData("api_key", "API_KEY", true)]
    [InlineData("api_key", "apikey", true)]
    [InlineData("api_key", "_api--key_", true)]
    [InlineData("größe", "GRÖSSE", false)]
    [InlineData("größe", "GRÖßE", true)]
    [InlineData("пароль", "ПАРОЛЬ", true)]
    [InlineData("Σίσυφος", "ΣΊΣΥΦΟΣ", true)]
    [InlineData("title", "TITLE", true)]
    [InlineData("title", "TİTLE", false)]
    [InlineData("title", "tıtle", false)]
    [InlineData("mass", "maſſ", false)]
    [InlineData("k", "\u212a", false)]
    [InlineData("api.key", "apikey", false)]
    [InlineData("api key", "apikey", false)]
    [InlineData("key1", "key2", false)]
    [InlineData("key", "keys", false)]
    [InlineData("é", "e\u0301", false)]
    [InlineData("", "_-", true)]
    [InlineData("", "a", false)]
    public void Case_and_separators_make_no_difference_and_nothing_else_does(string x, string y, bool areEqual)
    {
        IEqualityComparer<string> keys = KeyEquivalence.For(KeyComparison.Equivalent);

        Assert.Equal(areEqual, keys.Equals(x, y));
        Assert.Equal(areEqual, keys.Equals(y, x));
        if (areEqual)
        {
            Assert.Equal(keys.GetHashCode(x), keys.GetHashCode(y));
        }
    }

    [Theory]
    [InlineData("api_key", "api_key", true)]
    [InlineData("api_key", "API_KEY", false)]
    [InlineData("api_key", "api-key", false)]
    [InlineData("api_key", "apikey", false)]
    public void Ordinal_is_the_exact_spelling(string x, string y, bool areEqual) =>
        Assert.Equal(areEqual, KeyEquivalence.For(KeyComparison.Ordinal).Equals(x, y));

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("az")]
    [InlineData("lt-LT")]
    public void No_culture_changes_which_keys_are_one(string culture)
    {
        using var other = new InCulture(culture);
        IEqualityComparer<string> keys = KeyEquivalence.For(KeyComparison.Equivalent);

        Assert.True(keys.Equals("client_id", "CLIENT_ID"));
        Assert.Equal(keys.GetHashCode("client_id"), keys.GetHashCode("CLIENT_ID"));
        Assert.False(keys.Equals("client_id", "CLİENT_İD"));
    }

    [Theory]
    [InlineData("key_{0}", "0", "1")]
    [InlineData("{0}", "abba", "baab")]
    [InlineData("{0}", "ДВ", "ЗБ")]
    [InlineData("a_long_and_common_beginning_of_every_one_of_these_names_that_goes_on_and_on_{0}", "xy", "yx")]
    public void Names_do_not_share_a_hash_code_however_they_were_chosen(string name, string zero, string one)
    {
        IEqualityComparer<string> keys = KeyEquivalence.For(KeyComparison.Equivalent);
        int distinct = Enumerable.Range(0, 4_096)
            .Select(i => Convert.ToString(i, 2).PadLeft(12, '0').Replace("0", "o").Replace("1", one).Replace("o", zero))
            .Select(bits => keys.GetHashCode(string.Format(CultureInfo.InvariantCulture, name, bits)))
            .Distinct().Count();

        Assert.True(distinct > 4_090, $"{distinct} of 4096 hash codes differ");
    }
}
