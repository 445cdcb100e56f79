namespace Secrets.Toml.Tests;

public class TomlEntriesTests
{
    private const string Document = """
        text = "x"
        "odd.key" = 'y'
          integer = 0x1F
        float = 1.50
        boolean = true
        offset = 1979-05-27 07:32:00z
        datetime = 1979-05-27T07:32:00.5
        date = 1979-05-27
        time = 07:32
        array = [1, "two",
          { three = 3 }, [4.0]]
        inline = { a = 1, b.c = 2 }
        dotted.a.b = "d"
        multi = '''
        a
        b'''
        # ä comment
        [section]
        key = 1
        [section.deep]
        "ключ" = 2

        [[tables]]
        name = "first"
        [[tables]]
        name = "second"
        [tables.below]
        x = 1
        """;

    public static TheoryData<string, SecretKind, string?, int, int> Values => new()
    {
        { "text", SecretKind.String, "x", 1, 1 },
        { "\"odd.key\"", SecretKind.String, "y", 2, 1 },
        { "integer", SecretKind.Integer, "31", 3, 3 },
        { "float", SecretKind.Float, "1.5", 4, 1 },
        { "boolean", SecretKind.Boolean, "true", 5, 1 },
        { "offset", SecretKind.OffsetDateTime, "1979-05-27T07:32:00Z", 6, 1 },
        { "datetime", SecretKind.LocalDateTime, "1979-05-27T07:32:00.5", 7, 1 },
        { "date", SecretKind.LocalDate, "1979-05-27", 8, 1 },
        { "time", SecretKind.LocalTime, "07:32:00", 9, 1 },
        { "array", SecretKind.Array, null, 10, 1 },
        { "array.0", SecretKind.Integer, "1", 10, 10 },
        { "array.1", SecretKind.String, "two", 10, 13 },
        { "array.2", SecretKind.Section, null, 11, 3 },
        { "array.2.three", SecretKind.Integer, "3", 11, 5 },
        { "array.3", SecretKind.Array, null, 11, 18 },
        { "array.3.0", SecretKind.Float, "4.0", 11, 19 },
        { "inline", SecretKind.Section, null, 12, 1 },
        { "inline.a", SecretKind.Integer, "1", 12, 12 },
        { "inline.b", SecretKind.Section, null, 12, 19 },
        { "inline.b.c", SecretKind.Integer, "2", 12, 19 },
        { "dotted", SecretKind.Section, null, 13, 1 },
        { "dotted.a.b", SecretKind.String, "d", 13, 1 },
        { "multi", SecretKind.String, "a\nb", 14, 1 },
        { "section", SecretKind.Section, null, 18, 1 },
        { "section.key", SecretKind.Integer, "1", 19, 1 },
        { "section.deep", SecretKind.Section, null, 20, 1 },
        { "section.deep.\"ключ\"", SecretKind.Integer, "2", 21, 1 },
        { "tables", SecretKind.Array, null, 23, 1 },
        { "tables.0", SecretKind.Section, null, 23, 1 },
        { "tables.0.name", SecretKind.String, "first", 24, 1 },
        { "tables.1", SecretKind.Section, null, 25, 1 },
        { "tables.1.name", SecretKind.String, "second", 26, 1 },
        { "tables.1.below", SecretKind.Section, null, 27, 1 },
        { "tables.1.below.x", SecretKind.Integer, "1", 28, 1 },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void Every_kind_of_value_has_its_text_and_the_place_where_an_editor_finds_it(string path, SecretKind kind, string? text, int line, int column)
    {
        using SecretsStore secrets = new SecretsBuilder().AddTomlText(Document.ReplaceLineEndings("\n"), o => o.ExportToEnvironment = false).Build();

        Assert.True(secrets.TryGetValue(path, out SecretValue? value));
        Assert.Equal(kind, value.Kind);
        if (text is not null)
        {
            Assert.Equal(text, value.Reveal());
        }

        Assert.Equal(("toml", "text", line, column), (value.Origin.SourceName, value.Origin.File, value.Origin.Line, value.Origin.Column));
        Assert.Equal($"toml text({line},{column})", value.Origin.ToString());
    }

    [Fact]
    public void Keys_keep_the_order_of_the_document()
    {
        using SecretsStore secrets = new SecretsBuilder().AddTomlText("z = 1\nb.x = 1\na = 1\nb.a = 1\n[y]\n[c]", o => o.ExportToEnvironment = false).Build();

        Assert.Equal(["z", "b", "a", "y", "c"], secrets.Keys);
        Assert.Equal(["x", "a"], secrets.Section("b").Keys);
    }

    [Fact]
    public void Origins_carry_the_time_of_the_load()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2024, 5, 6, 7, 8, 9, TimeSpan.Zero));

        using SecretsStore secrets = new SecretsBuilder { TimeProvider = clock }.AddTomlText("[a]\nb = [1]", o => o.ExportToEnvironment = false).Build();

        Assert.Equal(clock.GetUtcNow(), secrets["a"].Origin.ReadAt);
        Assert.Equal(clock.GetUtcNow(), secrets["a"]["b"][0].Origin.ReadAt);
    }

    [Fact]
    public void A_date_that_no_type_holds_keeps_its_text_and_fails_only_when_converted()
    {
        using SecretsStore secrets = new SecretsBuilder()
            .AddTomlText("leap = 2016-12-31T23:59:60Z\nzero = 0000-01-01", o => o.ExportToEnvironment = false)
            .Build();

        Assert.Equal("2016-12-31T23:59:60Z 0000-01-01", $"{secrets.GetString("leap")} {secrets.GetString("zero")}");
        SecretsFormatException e = Assert.Throws<SecretsFormatException>(() => secrets["zero"].As<DateOnly>());
        Assert.Equal((2, 1), (e.Line, e.Column));
        Assert.DoesNotContain("0000", e.Message);
    }
}
