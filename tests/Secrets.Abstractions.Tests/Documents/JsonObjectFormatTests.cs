using System.Text;
using Secrets.Testing;

namespace Secrets.Documents;

public class JsonObjectFormatTests
{
    private static readonly SecretOrigin Origin = new("aws", "arn:x", "v1", DateTimeOffset.UnixEpoch);

    /// <summary>A text, and what it is as: path, kind, text and place of each leaf.</summary>
    public static TheoryData<string, string> Objects => new()
    {
        { "{}", "" },
        { """ {"a":"x"} """, "a String x #/a" },
        { """{"a":{"b":"x","c":{"d":"y"}}}""", "a.b String x #/a/b|a.c.d String y #/a/c/d" },
        { """{"a":null,"b":""}""", "b String  #/b" },
        { """{"n":-42,"max":9223372036854775807}""", "n Integer -42 #/n|max Integer 9223372036854775807 #/max" },
        { """{"over":9223372036854775808,"f":1.50,"e":1e3}""", "over Float 9223372036854775808 #/over|f Float 1.50 #/f|e Float 1e3 #/e" },
        { """{"t":true,"f":false,"s":"true"}""", "t Boolean true #/t|f Boolean false #/f|s String true #/s" },
        { """{"a.b":"x","c d":"y","ключ":"z"}""", "\"a.b\" String x #/a.b|\"c d\" String y #/c d|\"ключ\" String z #/ключ" },
        { """{"a/b":"x","c~d":"y"}""", "\"a/b\" String x #/a~1b|\"c~d\" String y #/c~0d" },
        { """{"empty":{}}""", "empty Section  #/empty" },
        { """{"\u0061":"\ud83d\ude00"}""", "a String 😀 #/a" },
    };

    /// <summary>Texts that are no JSON object.</summary>
    public static TheoryData<string> OtherTexts => ["", " ", "x", "42", "true", "null", "\"quoted\"", "[1,2]", "{", "{abc", "{\"a\":1", "{\"a\":1}}", "{\"a\":1} x", "{'a':1}", "{\"a\":1,}", "{a:1}"];

    [Theory]
    [MemberData(nameof(Objects))]
    public void An_object_is_a_section(string json, string expected)
    {
        foreach (SecretFormat format in new[] { SecretFormat.Auto, SecretFormat.Json })
        {
            IReadOnlyList<SecretEntry> leaves = format.Read(json, Origin);
            Assert.Equal(expected, string.Join('|', leaves.Select(l =>
                $"{l.Path} {l.Value.Kind} {(l.Value.Kind == SecretKind.Section ? "" : l.Value.Reveal())} {l.Value.Origin.Location["arn:x".Length..]}")));
            Assert.All(leaves, l => Assert.Equal(("aws", "v1"), (l.Value.Origin.SourceName, l.Value.Origin.Version)));
        }
    }

    [Theory]
    [MemberData(nameof(OtherTexts))]
    public void Any_other_text_is_itself(string text)
    {
        SecretEntry leaf = Assert.Single(SecretFormat.Auto.Read(text, Origin));
        Assert.Equal(SecretPath.Root, leaf.Path);
        Assert.Equal(text, leaf.Value.Reveal());
        Assert.Same(Origin, leaf.Value.Origin);
    }

    [Theory]
    [MemberData(nameof(OtherTexts))]
    public void Where_an_object_is_required_any_other_text_is_a_mistake(string text) =>
        Assert.StartsWith("arn:x", Assert.Throws<SecretsFormatException>(() => SecretFormat.Json.Read(text, Origin)).Message, StringComparison.Ordinal);

    [Fact]
    public void An_array_is_one_value_without_its_nulls()
    {
        SecretEntry leaf = Assert.Single(SecretFormat.Auto.Read("""{"a":[1,null,"x",[true],{"k":"v"}]}""", Origin));
        Assert.Equal(SecretKind.Array, leaf.Value.Kind);
        IReadOnlyList<SecretValue> elements = leaf.Value.AsList();
        Assert.Equal([SecretKind.Integer, SecretKind.String, SecretKind.Array, SecretKind.Section], elements.Select(e => e.Kind));
        Assert.Equal(["arn:x#/a/0", "arn:x#/a/2", "arn:x#/a/3", "arn:x#/a/4"], elements.Select(e => e.Origin.Location));
    }

    [Theory]
    [InlineData("""{"a":1,"a":2}""", "arn:x#/a: expected each key once; this key appears twice")]
    [InlineData("""{"s":{"a":1,"b":2,"a":3}}""", "arn:x#/s/a: expected each key once; this key appears twice")]
    [InlineData("""{"a":"\ud800"}""", "arn:x#/a: expected valid Unicode text; it contains half of a surrogate pair")]
    public void A_mistake_within_an_object_names_the_place(string json, string message)
    {
        Assert.Equal(message, Assert.Throws<SecretsFormatException>(() => SecretFormat.Auto.Read(json, Origin)).Message);
        Assert.Equal(message, Assert.Throws<SecretsFormatException>(() => SecretFormat.Json.Read(json, Origin)).Message);
    }

    // 64 levels of objects are read, 65 are refused, and a million cost no stack.
    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    [InlineData(1_000_000, false)]
    public void Nesting_of_arrays_is_bounded_too(int depth, bool isRead)
    {
        string json = "{\"a\":" + new string('[', depth - 1) + new string(']', depth - 1) + "}";
        foreach (SecretFormat format in new[] { SecretFormat.Auto, SecretFormat.Json })
        {
            if (isRead)
            {
                Assert.Equal(SecretKind.Array, Assert.Single(format.Read(json, Origin)).Value.Kind);
            }
            else
            {
                Assert.Equal("arn:x: expected at most 64 levels of JSON", Assert.Throws<SecretsFormatException>(() => format.Read(json, Origin)).Message);
            }
        }
    }

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    [InlineData(1_000_000, false)]
    public void Nesting_is_bounded(int depth, bool isRead)
    {
        string json = new StringBuilder().Insert(0, "{\"a\":", depth - 1).Append("{}").Append('}', depth - 1).ToString();
        if (isRead)
        {
            Assert.Equal(depth - 1, Assert.Single(SecretFormat.Auto.Read(json, Origin)).Path.Segments.Count);
        }
        else
        {
            Assert.Equal("arn:x: expected at most 64 levels of JSON", Assert.Throws<SecretsFormatException>(() => SecretFormat.Auto.Read(json, Origin)).Message);
        }
    }

    /// <summary>A mistake, its line and column in characters, and what the message says.</summary>
    public static TheoryData<string, int, int, string> Mistakes => new()
    {
        { "{", 1, 2, "the text ends before the object is closed" },
        { "{\"a\":1", 1, 7, "the text ends before the object is closed" },
        { "{\"a\":{\"b\":1}", 1, 13, "the text ends before the object is closed" },
        { "{'a':1}", 1, 2, "keys and text are written in plain double quotes" },
        { "{\"a\":'x'}", 1, 6, "keys and text are written in plain double quotes" },
        { "{\u201Ca\u201D:1}", 1, 2, "keys and text are written in plain double quotes" },
        { "{\"a\":1,}", 1, 8, "there is a comma before the end of the object or array" },
        { "{\"a\":[1,\n]}", 2, 1, "there is a comma before the end of the object or array" },
        { "{ // x\n\"a\":1}", 1, 3, "JSON has no comments" },
        { "{\"ä\":1 # x\n}", 1, 8, "JSON has no comments" },
        { "{\"a\":\"x\ny\"}", 1, 8, "a line break or another control character in text is written as an escape, such as \\n" },
        { "{\"a\":\"C:\\dir\"}", 1, 10, "this is not an escape in JSON; a literal backslash is written \\\\" },
        { "{\"a\":\"C:\\users\"}", 1, 11, "this is not an escape in JSON; a literal backslash is written \\\\" },
        { "{\"a\":\"\\u12\"}", 1, 11, "this is not an escape in JSON; a literal backslash is written \\\\" },
        { "{\"a\":\u00A01}", 1, 6, "this is not a plain space: replace it" },
        { "{\"a\" 1}", 1, 6, "a colon, a comma, or the end of the object, is missing here, or there is text after the end" },
        { "{a:1}", 1, 2, "a key in double quotes is missing here" },
        { "{\"a\":x}", 1, 6, "a value is missing here; text is written in double quotes" },
        { "{\"a\":1 \"b\":2}", 1, 8, "a colon, a comma, or the end of the object, is missing here, or there is text after the end" },
        { "{\"a\":1}}", 1, 8, "a colon, a comma, or the end of the object, is missing here, or there is text after the end" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_says_what_is_wrong_and_where(string json, int line, int column, string problem)
    {
        foreach (string mark in new[] { "", "\uFEFF" })
        {
            SecretsFormatException e = Assert.Throws<SecretsFormatException>(() => SecretFormat.Json.Read(mark + json, Origin));
            Assert.Equal($"arn:x({line},{column}): expected a JSON object; {problem}", e.Message);
        }
    }

    [Theory]
    [InlineData("[1]", "another JSON value")]
    [InlineData("\"{}\"", "another JSON value")]
    [InlineData("42", "another JSON value")]
    [InlineData("", "not JSON")]
    [InlineData("hunter2", "not JSON")]
    public void What_is_no_object_is_told_from_a_mistake(string text, string kind) =>
        Assert.Equal($"arn:x: expected a JSON object, and this is {kind}", Assert.Throws<SecretsFormatException>(() => SecretFormat.Json.Read(text, Origin)).Message);

    [Fact]
    public void A_mistake_at_the_deepest_level_is_no_nesting()
    {
        string json = new StringBuilder().Insert(0, "{\"a\":", 64).Append("x}").ToString();

        Assert.Contains("a value is missing here", Assert.Throws<SecretsFormatException>(() => SecretFormat.Json.Read(json, Origin)).Message, StringComparison.Ordinal);
        Assert.Equal(json, Assert.Single(SecretFormat.Auto.Read(json, Origin)).Value.Reveal());
    }

    [Fact]
    public void A_byte_order_mark_does_not_make_an_object_text()
    {
        foreach (SecretFormat format in new[] { SecretFormat.Auto, SecretFormat.Json })
        {
            SecretEntry leaf = Assert.Single(format.Read("\uFEFF{\"a\":\"x\"}", Origin));
            Assert.Equal(("a", "x"), (leaf.Path.ToString(), leaf.Value.Reveal()));
        }
    }

    [Fact]
    public void A_mistake_has_a_position_and_none_of_the_text()
    {
        var canary = new Canary();
        SecretsFormatException e = Assert.Throws<SecretsFormatException>(() => SecretFormat.Json.Read($"{{\n  \"a\": {canary.Value}\n}}", Origin));
        Assert.StartsWith("arn:x(2,", e.Message, StringComparison.Ordinal);
        Assert.Null(e.InnerException);
        Assert.DoesNotContain(canary.Value, e.ToString(), StringComparison.Ordinal);
    }
}
