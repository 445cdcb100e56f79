using Secrets.Conversion;
using Secrets.Tests.Fakes;

namespace Secrets.Tests.Conversion;

public sealed class SimpleTypesTests
{
    private enum Color
    {
        Red = 1,
        DarkBlue,
    }

    [Flags]
    private enum Rights
    {
        None = 0,
        Read = 1,
        Write = 2,
    }

    public static TheoryData<Type, string, object?> Rows => new()
    {
        { typeof(Color), "Red", Color.Red },
        { typeof(Color), "darkblue", Color.DarkBlue },
        { typeof(Color), "2", Color.DarkBlue },
        { typeof(Color), "3", null },
        { typeof(Color), "green", null },
        { typeof(Color), "", null },
        { typeof(Rights), "Read, Write", Rights.Read | Rights.Write },
        { typeof(Rights), "none", Rights.None },
        { typeof(Uri), "https://example.org/a?b=c", new Uri("https://example.org/a?b=c") },
        { typeof(Uri), "not absolute", null },
        { typeof(Uri), "", null },
        { typeof(Uri), "/a/b", null },
        { typeof(Uri), "//host/share", null },
        { typeof(Uri), @"\\host\share", null },
        { typeof(Uri), "C:/a", null },
        { typeof(Uri), @"C:\a", null },
        { typeof(Uri), "example.org:443", new Uri("example.org:443") },
        { typeof(Uri), "FILE:///a/b", new Uri("file:///a/b") },
        { typeof(Uri), "urn:x:y", new Uri("urn:x:y") },
        { typeof(Version), "1.2.3", new Version(1, 2, 3) },
        { typeof(Version), "1", null },
        { typeof(Version), "1.x", null },
        { typeof(byte[]), "AQI=", new byte[] { 1, 2 } },
        { typeof(byte[]), "A Q\nI=", new byte[] { 1, 2 } },
        { typeof(byte[]), "", Array.Empty<byte>() },
        { typeof(byte[]), "AQI", null },
        { typeof(byte[]), "not base64!", null },
        { typeof(string), "x", "x" },
        { typeof(char), "x", 'x' },
        { typeof(int), "x", null },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void Parse_gives_null_for_a_text_that_is_none(Type type, string text, object? expected)
    {
        using var _ = new InCulture("tr-TR");

        Assert.True(SimpleTypes.Contains(type));
        Assert.Equal(expected, SimpleTypes.Parse(type, SecretKind.String, text));
    }

    [Fact]
    public void A_number_is_no_version_because_1_10_is_1_1()
    {
        Assert.Null(SimpleTypes.Parse(typeof(Version), SecretKind.Float, "1.1"));
    }

    [Theory]
    [InlineData(typeof(Color?), "the type Color (Red, DarkBlue)")]
    [InlineData(typeof(ConsoleKey), "the type ConsoleKey (None, Backspace, Tab, Clear, Enter, Pause, Escape, Spacebar, PageUp, PageDown, and 135 more)")]
    [InlineData(typeof(bool), "a Boolean (true or false, yes or no, on or off, 1 or 0)")]
    [InlineData(typeof(DateTime), "a DateTime (a date and time)")]
    [InlineData(typeof(Version), "a Version (in quotes, of two to four numbers)")]
    public void A_text_that_is_refused_is_told_what_is_accepted(Type type, string expected)
    {
        Assert.Equal(expected, TextConverter.Describe(type));
    }

    [Theory]
    [InlineData("DARKBLUE")]
    [InlineData("darkblue")]
    public void An_enum_name_ignores_case_whatever_the_culture(string text)
    {
        using var _ = new InCulture("tr-TR");

        Assert.Equal(Title.WRITING, SimpleTypes.Parse(typeof(Title), SecretKind.String, "writing"));
        Assert.Equal(Color.DarkBlue, SimpleTypes.Parse(typeof(Color), SecretKind.String, text));
    }

    [Theory]
    [InlineData(typeof(object))]
    [InlineData(typeof(SecretValue))]
    [InlineData(typeof(int?))]
    [InlineData(typeof(List<int>))]
    public void What_is_more_than_one_text_is_no_simple_type(Type type) => Assert.False(SimpleTypes.Contains(type));

    [Fact]
    public void Convert_serves_what_dynamic_code_asks_for()
    {
        using SecretsStore store = Stores.Of(("n", 7), ("list", new[] { 1 }), ("section.x", "y"), ("blob", new byte[] { 1 }), ("word", "red"), ("base64", "AQI="));

        Assert.Equal(7, SimpleTypes.Convert(store["n"], typeof(int)));
        Assert.Equal(7, SimpleTypes.Convert(store["n"], typeof(int?)));
        Assert.Equal(Color.Red, SimpleTypes.Convert(store["word"], typeof(Color)));
        Assert.Equal([1], Assert.IsType<byte[]>(SimpleTypes.Convert(store["blob"], typeof(byte[]))));
        Assert.Same(store.Section("section"), SimpleTypes.Convert(store["section"], typeof(SecretsView)));
        Assert.Same(store.Section("section"), SimpleTypes.Convert(store["section"], typeof(IReadOnlyDictionary<string, SecretValue>)));
        Assert.Single((IReadOnlyList<SecretValue>)SimpleTypes.Convert(store["list"], typeof(IEnumerable<SecretValue>))!);
        Assert.Equal([1, 2], Assert.IsType<byte[]>(SimpleTypes.Convert(store["base64"], typeof(byte[]))));
        Assert.Throws<SecretsFormatException>(() => SimpleTypes.Convert(store["word"], typeof(byte[])));
        Assert.Throws<SecretsFormatException>(() => SimpleTypes.Convert(store["word"], typeof(int)));
        Assert.Throws<SecretsFormatException>(() => SimpleTypes.Convert(store["word"], typeof(Stream)));
        Assert.Throws<SecretsFormatException>(() => SimpleTypes.Convert(store["list"], typeof(int)));
    }

    private enum Title
    {
        WRITING,
    }
}
