using System.Globalization;

namespace Secrets.Tests;

public class SecretPathTests
{
    [Theory]
    [InlineData("a", "a")]
    [InlineData("database.password", "database|password")]
    [InlineData("  a . b\t. c ", "a|b|c")]
    [InlineData("servers.0.host", "servers|0|host")]
    [InlineData("api-key_2", "api-key_2")]
    [InlineData("\"odd.key\".x", "odd.key|x")]
    [InlineData("'C:\\dir'.x", @"C:\dir|x")]
    [InlineData("\"a\\\"b\\\\c\"", "a\"b\\c")]
    [InlineData("\"\\t\\n\\r\\b\\f\\e\"", "\t\n\r\b\f\u001b")]
    [InlineData("\"\\x41\\u00e9\\U0001F600\"", "Aé😀")]
    [InlineData("größe.пароль", "größe|пароль")]
    [InlineData("\"\"", "")]
    [InlineData("''.a", "|a")]
    public void A_dotted_key_is_read_as_TOML_reads_it(string text, string segments)
    {
        Assert.Equal(segments.Split('|'), SecretPath.Parse(text).Segments);
        Assert.True(SecretPath.TryParse(text, CultureInfo.InvariantCulture, out SecretPath? parsed));
        Assert.Equal(SecretPath.Parse(text), parsed);
    }

    [Theory]
    [InlineData("", "expected a key", 1)]
    [InlineData("  ", "expected a key", 3)]
    [InlineData(".", "expected a key", 1)]
    [InlineData("a.", "expected a key", 3)]
    [InlineData("a..b", "expected a key", 3)]
    [InlineData("a b", "expected \".\" or the end of the path", 3)]
    [InlineData("a$b", "expected \".\" or the end of the path", 2)]
    [InlineData("a.\"b", "expected a closing quote", 5)]
    [InlineData("a.'b", "expected a closing quote", 5)]
    [InlineData("\"\\q\"", "expected an escape that TOML knows", 2)]
    [InlineData("\"\\", "expected an escape that TOML knows", 2)]
    [InlineData("\"\\u12\"", "expected an escape that TOML knows", 2)]
    [InlineData("\"\\U0000D800\"", "expected an escape that TOML knows", 2)]
    [InlineData("\"\\U00110000\"", "expected an escape that TOML knows", 2)]
    [InlineData("\"a\"b", "expected \".\" or the end of the path", 4)]
    public void A_mistake_is_told_with_what_was_expected_and_where(string text, string expected, int character)
    {
        ArgumentException mistake = Assert.Throws<ArgumentException>(() => SecretPath.Parse(text));

        Assert.Contains(expected, mistake.Message);
        Assert.Contains($"at character {character} of the path", mistake.Message);
        Assert.False(SecretPath.TryParse(text, null, out _));
    }

    [Theory]
    [InlineData("a|b", "a.b")]
    [InlineData("odd.key|x", "\"odd.key\".x")]
    [InlineData("", "\"\"")]
    [InlineData("a b", "\"a b\"")]
    [InlineData("größe", "\"größe\"")]
    [InlineData("say \"hi\" \\o/", "\"say \\\"hi\\\" \\\\o/\"")]
    [InlineData("tab\tline\nreturn\rnul\0del\u007f", "\"tab\\tline\\nreturn\\rnul\\u0000del\\u007F\"")]
    [InlineData("😀", "\"😀\"")]
    [InlineData("next\u0085line\u2028paragraph\u2029", "\"next\\u0085line\\u2028paragraph\\u2029\"")]
    [InlineData("left\u202Eright\u200Bjoin\u00AD", "\"left\\u202Eright\\u200Bjoin\\u00AD\"")]
    [InlineData("tag\U000E0041", "\"tag\\U000E0041\"")]
    public void Its_text_is_a_TOML_key_that_reads_back(string segments, string text)
    {
        var path = new SecretPath(segments.Split('|'));

        Assert.Equal(text, path.ToString());
        Assert.Equal(path, SecretPath.Parse(text));
    }

    // An attribute cannot hold these: its text is stored as UTF-8.
    [Fact]
    public void Keys_with_surrogates_that_have_no_partner_have_texts_of_their_own_that_read_back()
    {
        string[] keys = ["\ud800", "\ud801", "\udc00", "\udc00\ud800", "a\ud800", "\ufffd", "\ud83d\ude00", "\\uD800", "\ud800\\udc00"];
        SecretPath[] paths = [.. keys.Select(k => new SecretPath(k, "x"))];

        Assert.Equal(keys.Length, paths.Select(p => p.ToString()).Distinct(StringComparer.Ordinal).Count());
        Assert.All(paths, p => Assert.Equal(p, SecretPath.Parse(p.ToString())));
        Assert.Equal("\"\\uD800\".x", paths[0].ToString());
    }

    [Fact]
    public void A_method_that_takes_a_path_names_its_own_argument()
    {
        Assert.Throws<ArgumentException>("text", () => SecretPath.Parse("a..b"));
        Assert.Throws<ArgumentException>("key", () => SecretPath.Parse("a..b", "key"));
        Assert.Throws<ArgumentNullException>("key", () => SecretPath.Parse(null!, "key"));
    }

    [Fact]
    public void Segments_are_taken_as_they_are()
    {
        Assert.Equal(["a.b", "\"c\""], new SecretPath("a.b", "\"c\"").Segments);
        Assert.Equal(["a", "b.c"], SecretPath.Parse("a").Append("b.c").Segments);
        Assert.Equal(["a", "b", "c"], SecretPath.Parse("a").Append(SecretPath.Parse("b.c")).Segments);
    }

    [Fact]
    public void The_root_has_no_segments_and_an_empty_text()
    {
        Assert.Empty(SecretPath.Root.Segments);
        Assert.Equal("", SecretPath.Root.ToString());
        Assert.Equal(SecretPath.Root, new SecretPath());
        Assert.Equal(SecretPath.Parse("a"), SecretPath.Root.Append(SecretPath.Parse("a")));
        Assert.Equal(SecretPath.Parse("a"), SecretPath.Parse("a").Append(SecretPath.Root));
    }

    [Theory]
    [InlineData("a.b", "a . b", true)]
    [InlineData("a.b", "'a'.\"b\"", true)]
    [InlineData("a.b", "'a.b'", false)]
    [InlineData("a.b", "a.B", false)]
    [InlineData("a", "a.b", false)]
    public void Two_paths_are_equal_by_the_exact_spelling_of_their_segments(string left, string right, bool areEqual)
    {
        SecretPath one = SecretPath.Parse(left), other = SecretPath.Parse(right);

        Assert.Equal(areEqual, one == other);
        Assert.Equal(!areEqual, one != other);
        Assert.Equal(areEqual, one.Equals((object)other));
        Assert.Equal(areEqual, one.GetHashCode() == other.GetHashCode());
        Assert.False(one == null);
        Assert.False(one.Equals(null));
    }

    [Fact]
    public void Null_is_refused_by_the_name_of_its_parameter()
    {
        Assert.Throws<ArgumentNullException>(() => SecretPath.Parse(null!));
        Assert.Throws<ArgumentNullException>(() => SecretPath.Root.Append((string)null!));
        Assert.Throws<ArgumentNullException>(() => SecretPath.Root.Append((SecretPath)null!));
        Assert.Throws<ArgumentNullException>("segments", () => new SecretPath((IEnumerable<string>)null!));
        Assert.Throws<ArgumentException>("segments", () => new SecretPath("a", null!));
        Assert.False(SecretPath.TryParse(null, null, out _));
    }

    [Fact]
    public void It_is_parsable_whatever_the_culture() =>
        Assert.Equal(["i", "I"], Parse<SecretPath>("i.I", CultureInfo.GetCultureInfo("tr-TR")).Segments);

    private static T Parse<T>(string text, IFormatProvider culture)
        where T : IParsable<T> => T.Parse(text, culture);

    [Theory]
    [InlineData("a.b", "a.b")]
    [InlineData("a.b", "A.B")]
    [InlineData("api_key", "ApiKey")]
    [InlineData("a.b", "a.b.c")]
    [InlineData("a", "b")]
    public void Equality_hash_StartsWith_and_comparers_agree(string left, string right)
    {
        SecretPath one = SecretPath.Parse(left), other = SecretPath.Parse(right);
        IEqualityComparer<SecretPath> exact = SecretPath.Comparer(KeyComparison.Ordinal), equivalent = SecretPath.Comparer(KeyComparison.Equivalent);
        bool isExact = one == other, isEquivalent = equivalent.Equals(one, other);

        Assert.Equal(isExact, one.StartsWith(other) && other.StartsWith(one));
        Assert.Equal(isExact, exact.Equals(one, other));
        Assert.Equal(isExact, one.GetHashCode() == other.GetHashCode());
        Assert.Equal(isExact, exact.GetHashCode(one) == exact.GetHashCode(other));
        Assert.Equal(isEquivalent, one.StartsWith(other, KeyComparison.Equivalent) && other.StartsWith(one, KeyComparison.Equivalent));
        Assert.Equal(isEquivalent, equivalent.GetHashCode(one) == equivalent.GetHashCode(other));
        Assert.True(isEquivalent || !isExact);
    }

    [Theory]
    [InlineData("a.b", "", KeyComparison.Ordinal, true)]
    [InlineData("a.b", "a", KeyComparison.Ordinal, true)]
    [InlineData("a.b", "a.b", KeyComparison.Ordinal, true)]
    [InlineData("a.b", "a.b.c", KeyComparison.Ordinal, false)]
    [InlineData("ab.c", "a", KeyComparison.Ordinal, false)]
    [InlineData("api_key.x", "API-KEY", KeyComparison.Equivalent, true)]
    [InlineData("api_key.x", "API-KEY", KeyComparison.Ordinal, false)]
    public void A_path_begins_with_those_above_it(string path, string prefix, KeyComparison comparison, bool expected) =>
        Assert.Equal(expected, SecretPath.Parse(path).StartsWith(prefix.Length == 0 ? SecretPath.Root : SecretPath.Parse(prefix), comparison));
}
