using System.Globalization;
using System.Reflection;
using System.Text;
using Secrets.Tests.Fakes;

namespace Secrets.Tests;

public sealed class SecretValueTests
{
    private const string Plain = "correct horse";

    private static readonly SecretValue Leaf = Stores.Text(SecretKind.String, Plain);

    [Theory]
    [InlineData(SecretKind.String, "text")]
    [InlineData(SecretKind.Integer, "-12")]
    [InlineData(SecretKind.Float, "1.5e10")]
    [InlineData(SecretKind.Boolean, "true")]
    [InlineData(SecretKind.OffsetDateTime, "1979-05-27T07:32:00Z")]
    [InlineData(SecretKind.LocalDateTime, "1979-05-27T07:32:00")]
    [InlineData(SecretKind.LocalDate, "1979-05-27")]
    [InlineData(SecretKind.LocalTime, "07:32:00")]
    public void Reveal_gives_the_text_of_each_kind_that_has_one(SecretKind kind, string text)
    {
        SecretValue value = SecretValue.FromText(kind, text, Stores.Origin);

        Assert.Equal(kind, value.Kind);
        Assert.Equal(text, value.Reveal());
        Assert.Equal(text, (string)value);
        Assert.Equal(text, value.As<string>());
        Assert.Equal(Encoding.UTF8.GetBytes(text), value.RevealBytes());
        Assert.Same(Stores.Origin, value.Origin);
    }

    public static TheoryData<string, SecretValue, SecretValue, bool> Pairs => new()
    {
        { "text", Stores.Text(SecretKind.String, "s3cret"), Stores.Text(SecretKind.String, "s3cret"), true },
        { "other text", Stores.Text(SecretKind.String, "s3cret"), Stores.Text(SecretKind.String, "s3creT"), false },
        { "longer text", Stores.Text(SecretKind.String, "s3cret"), Stores.Text(SecretKind.String, "s3cret "), false },
        { "text of two kinds", Stores.Text(SecretKind.Integer, "7"), Stores.Text(SecretKind.String, "7"), true },
        { "bytes", SecretValue.FromBytes([1, 2], Stores.Origin), SecretValue.FromBytes([1, 2], Stores.Origin), true },
        { "other bytes", SecretValue.FromBytes([1, 2], Stores.Origin), SecretValue.FromBytes([1, 3], Stores.Origin), false },
        { "bytes and text", SecretValue.FromBytes("a"u8, Stores.Origin), Stores.Text(SecretKind.String, "a"), false },
        { "arrays", SecretValue.FromArray([], Stores.Origin), SecretValue.FromArray([], Stores.Origin), false },
    };

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Two_values_are_equal_where_they_hold_the_same(string what, SecretValue left, SecretValue right, bool areEqual)
    {
        _ = what;
        dynamic one = left, other = right;

        Assert.Equal(areEqual, left == right);
        Assert.Equal(!areEqual, left != right);
        Assert.Equal(areEqual, right == left);
        Assert.Equal(areEqual, (bool)(one == other));
        Assert.Equal(!areEqual, (bool)(one != other));
        Assert.False(left.Equals(right));
        Assert.Equal([true, true], new[] { left, right }.Select(v => v.Equals((object)v)));
    }

    [Fact]
    public void Nothing_equals_nothing_alone()
    {
        SecretValue value = Stores.Text(SecretKind.String, ""), none = null!;
        dynamic late = value;

        Assert.False(value == none);
        Assert.True(none != value);
        Assert.True(none == null);
        Assert.True(value != null);
        Assert.False((bool)(late == null));
        Assert.True((bool)(late != null));
        Assert.False((bool)(late == (dynamic?)null));
    }

    [Fact]
    public void An_unreadable_value_equals_no_value_and_throws_its_code()
    {
        SecretValue denied = Stores.Unreadable(), value = Stores.Text(SecretKind.String, "x");

        Assert.Equal(SecretsErrorCode.AccessDenied, Assert.Throws<SecretsSourceException>(() => denied == value).Code);
        Assert.Equal(SecretsErrorCode.AccessDenied, Assert.Throws<SecretsSourceException>(() => value != denied).Code);
    }

    [Theory]
    [InlineData(256, true)]
    [InlineData(257, false)]
    [InlineData(200_000, false)]
    public void A_value_is_nested_at_most_256_levels(int levels, bool isAllowed)
    {
        foreach (Func<SecretValue, SecretValue> nest in new Func<SecretValue, SecretValue>[]
        {
            v => SecretValue.FromSection([KeyValuePair.Create("a", v)], Stores.Origin),
            v => SecretValue.FromArray([v], Stores.Origin),
        })
        {
            SecretsSourceException? failure = Record.Exception(() => Nest(nest, levels)) as SecretsSourceException;

            Assert.Equal(isAllowed ? null : SecretsErrorCode.InvalidFormat, failure?.Code);
        }

        if (isAllowed)
        {
            SecretValue deep = Nest(v => SecretValue.FromSection([KeyValuePair.Create("a", v)], Stores.Origin), levels);
            Assert.True(deep.HasSameContent(Nest(v => SecretValue.FromSection([KeyValuePair.Create("a", v)], Stores.Origin), levels)));
            Assert.Equal("x", deep[string.Join('.', Enumerable.Repeat("a", levels))].Reveal());
        }

        static SecretValue Nest(Func<SecretValue, SecretValue> nest, int levels)
        {
            SecretValue value = Stores.Text(SecretKind.String, "x");
            for (int i = 0; i < levels; i++)
            {
                value = nest(value);
            }

            return value;
        }
    }

    [Fact]
    public void An_array_and_a_section_have_no_gaps()
    {
        Assert.Throws<ArgumentException>("elements", () => SecretValue.FromArray([null!], Stores.Origin));
        Assert.Throws<ArgumentException>("entries", () => SecretValue.FromSection([default], Stores.Origin));
        Assert.Throws<ArgumentException>("entries", () => SecretValue.FromSection([KeyValuePair.Create("a", (SecretValue)null!)], Stores.Origin));
    }

    [Fact]
    public void Reveal_of_what_has_no_text_is_a_coded_error_that_names_the_way_out()
    {
        SecretsFormatException bytes = Assert.Throws<SecretsFormatException>(() => SecretValue.FromBytes([1, 2], Stores.Origin).Reveal());
        SecretsFormatException array = Assert.Throws<SecretsFormatException>(() => SecretValue.FromArray([Leaf], Stores.Origin).Reveal());
        SecretsFormatException section = Assert.Throws<SecretsFormatException>(() => SecretValue.FromSection([], Stores.Origin).Reveal());

        Assert.Equal("a secret at here (test here) is a value of kind Bytes and cannot be read as text; RevealBytes gives it.", bytes.Message);
        Assert.Equal("a secret at here (test here) is an array and cannot be read as text.", array.Message);
        Assert.Equal("a secret at here (test here) is a section and cannot be read as text.", section.Message);
        Assert.All([bytes, array, section], e => Assert.Equal(SecretsErrorCode.InvalidFormat, e.Code));
    }

    [Fact]
    public void A_failed_read_of_a_file_s_value_begins_with_the_place_that_an_editor_can_open()
    {
        SecretValue value = SecretValue.FromText("x", new SecretOrigin("toml", "secrets.toml", 12, 3, DateTimeOffset.UnixEpoch));

        SecretsFormatException e = Assert.Throws<SecretsFormatException>(() => value.As<int>());

        Assert.StartsWith("secrets.toml(12,3): ", e.Message, StringComparison.Ordinal);
        Assert.Equal(("secrets.toml", 12, 3), (e.File, e.Line, e.Column));
    }

    [Fact]
    public void RevealBytes_gives_a_copy_each_time_and_keeps_none_of_the_caller_s()
    {
        byte[] given = [1, 2, 3];
        SecretValue value = SecretValue.FromBytes(given, Stores.Origin);
        given[0] = 9;
        value.RevealBytes()[1] = 9;

        Assert.Equal([1, 2, 3], value.RevealBytes());
        Assert.Throws<SecretsFormatException>(() => SecretValue.FromArray([], Stores.Origin).RevealBytes());
    }

    [Fact]
    public void Everything_that_reads_an_unreadable_secret_throws_its_code_and_facts()
    {
        var failure = new SecretsSourceException(SecretsErrorCode.AccessDenied, "no permission", "vault")
        {
            Status = 403,
            VendorCode = "permission denied",
            RequestId = "r-1",
            NativeName = "secret/data/x",
        };
        SecretValue value = SecretValue.Unreadable(failure, Stores.Origin);
        Action[] reads =
        [
            () => value.Reveal(),
            () => value.RevealBytes(),
            () => value.As<int>(),
            () => _ = (string)value,
            () => _ = value["x"],
            () => _ = value[0],
            () => value.AsSection(),
            () => value.AsList(),
            () => value.Contains("x"),
            () => _ = value == "x",
            () => _ = "x" != value,
        ];

        Assert.All(reads, read =>
        {
            SecretsSourceException e = Assert.Throws<SecretsSourceException>(read);
            Assert.Equal(SecretsErrorCode.AccessDenied, e.Code);
            Assert.Equal((403, "permission denied", "r-1", "secret/data/x", "vault"), (e.Status, e.VendorCode, e.RequestId, e.NativeName, e.SourceName));
            Assert.NotSame(failure, e);
        });
        Assert.Equal(SecretKind.Unreadable, value.Kind);
        Assert.Equal("***", value.ToString());
    }

    [Theory]
    [InlineData(Plain, true)]
    [InlineData("correct hors", false)]
    [InlineData("correct horsf", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Equality_with_a_string_compares_the_text_in_both_operand_orders(string? text, bool same)
    {
        Assert.Equal(same, Leaf == text);
        Assert.Equal(same, text == Leaf);
        Assert.Equal(!same, Leaf != text);
        Assert.Equal(!same, text != Leaf);
    }

    [Fact]
    public void A_missing_value_equals_a_null_string_alone()
    {
        SecretValue? none = null;
        string? nothing = null;

        Assert.True(none == nothing);
        Assert.True(nothing == none);
        Assert.False(none != nothing);
        Assert.False(none == "");
        Assert.True("" != none);
    }

    [Fact]
    public void What_has_no_text_equals_no_string()
    {
        Assert.False(SecretValue.FromBytes("***"u8, Stores.Origin) == "***");
        Assert.False(SecretValue.FromArray([Leaf], Stores.Origin) == Plain);
        Assert.False(SecretValue.FromSection([], Stores.Origin) == "");
    }

    [Fact]
    public void Equals_compares_by_reference_and_never_the_text()
    {
        SecretValue other = Stores.Text(SecretKind.String, Plain);

        Assert.True(Leaf.Equals(Leaf));
        Assert.False(Leaf.Equals(other));
        Assert.False(Leaf.Equals((object)Plain));
        Assert.False(Leaf.Equals(null));
        Assert.Equal(2, new HashSet<SecretValue> { Leaf, Leaf, other }.Count);
    }

    [Fact]
    public void A_string_comes_out_by_an_explicit_cast_alone()
    {
        MethodInfo[] conversions =
        [
            .. new[] { typeof(SecretValue), typeof(SecretsView), typeof(SecretsStore) }
                .SelectMany(t => t.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.FlattenHierarchy))
                .Where(m => m.Name is "op_Implicit" or "op_Explicit"),
        ];

        Assert.Equal("op_Explicit", Assert.Single(conversions).Name);
        Assert.Equal(Plain, (string)Leaf);
        Assert.Throws<ArgumentNullException>(() => (string)(SecretValue)null!);
    }

    [Fact]
    public void Whatever_makes_text_of_it_gets_the_mask()
    {
        object boxed = Leaf;

        Assert.Equal("***", Leaf.ToString());
        Assert.Equal("a***", "a" + Leaf);
        Assert.Equal("a***", string.Concat("a", boxed));
        Assert.Equal("[***]", $"[{Leaf}]");
        Assert.Equal("[   ***]", $"[{Leaf,6:N2}]");
        Assert.Equal("***", string.Format(CultureInfo.InvariantCulture, "{0:X}", Leaf));
        Assert.Equal("***,***", string.Join(',', Leaf, Leaf));
        Assert.Equal("***", new StringBuilder().Append(Leaf).ToString());
        Assert.Equal("***", Convert.ToString(boxed, CultureInfo.InvariantCulture));
    }

    [Fact]
    public void The_indexer_of_a_section_reads_below_it()
    {
        using SecretsStore store = Stores.Of(("database.password", Plain));

        Assert.Equal(Plain, store["database"]["password"].Reveal());
        Assert.Equal(Plain, store["database"]["Pass-Word"].Reveal());
        Assert.Throws<SecretNotFoundException>(() => store["database"]["user"]);
        Assert.Throws<SecretsFormatException>(() => store["database"]["password"]["x"]);
    }

    [Theory]
    [InlineData(0, "a")]
    [InlineData(2, "c")]
    [InlineData(3, null)]
    [InlineData(-1, null)]
    [InlineData(int.MinValue, null)]
    public void The_indexer_of_an_array_reads_an_element(int index, string? expected)
    {
        using SecretsStore store = Stores.Of(("list", new[] { "a", "b", "c" }));

        if (expected is null)
        {
            SecretNotFoundException e = Assert.Throws<SecretNotFoundException>(() => store["list"][index]);
            Assert.Equal([string.Create(CultureInfo.InvariantCulture, $"list.{index}")], e.Paths);
        }
        else
        {
            Assert.Equal(expected, store["list"][index].Reveal());
        }
    }

    [Fact]
    public void AsList_gives_elements_that_nobody_can_change()
    {
        using SecretsStore store = Stores.Of(("list", new object[] { "a", 2, new[] { "nested" } }), ("leaf", "x"));
        IReadOnlyList<SecretValue> list = store["list"].AsList();

        Assert.Equal([SecretKind.String, SecretKind.Integer, SecretKind.Array], list.Select(v => v.Kind));
        Assert.Throws<NotSupportedException>(() => ((IList<SecretValue>)list)[0] = Leaf);
        Assert.Equal("nested", list[2][0].Reveal());
        Assert.Throws<SecretsFormatException>(() => store["leaf"].AsList());
    }

    [Fact]
    public void AsSection_gives_a_frozen_view()
    {
        using SecretsStore store = Stores.Of(("database.password", Plain), ("leaf", "x"));

        Assert.Equal(Plain, store["database"].AsSection().GetString("password"));
        Assert.Throws<SecretsFormatException>(() => store["leaf"].AsSection());
    }

    [Fact]
    public void Contains_asks_an_array_for_a_text_and_a_section_for_a_key()
    {
        using SecretsStore store = Stores.Of(("whitelist", new object[] { "sally", 7, new[] { "bob" } }), ("api.key", "x"), ("leaf", "x"));

        Assert.True(store["whitelist"].Contains("sally"));
        Assert.True(store["whitelist"].Contains("7"));
        Assert.False(store["whitelist"].Contains("Sally"));
        Assert.False(store["whitelist"].Contains("bob"));
        Assert.True(store["api"].Contains("KEY"));
        Assert.False(store["api"].Contains("x"));
        Assert.Throws<SecretsFormatException>(() => store["leaf"].Contains("x"));
        Assert.Throws<ArgumentNullException>(() => store["whitelist"].Contains(null!));
    }

    [Fact]
    public void A_source_s_own_section_can_be_read_before_a_store_is_built()
    {
        SecretValue table = SecretValue.FromSection([KeyValuePair.Create("key", Leaf)], Stores.Origin);
        SecretValue section = SecretValue.FromSection(
            [KeyValuePair.Create("deep", table), KeyValuePair.Create("tables", SecretValue.FromArray([table], Stores.Origin))], Stores.Origin);

        Assert.Equal(Plain, section["deep"]["key"].Reveal());
        Assert.Equal(Plain, section["deep.key"].Reveal());
        Assert.Equal(Plain, section["tables"][0]["key"].Reveal());
        Assert.Throws<SecretNotFoundException>(() => section["nowhere"]);
        var revealed = (IDictionary<string, object?>)((IList<object>)section.AsSection().RevealAll()["tables"]!)[0];
        Assert.Equal(Plain, revealed["key"]);
    }

    [Fact]
    public void The_factories_refuse_null_and_kinds_without_text()
    {
        Assert.Throws<ArgumentNullException>(() => SecretValue.FromText(null!, Stores.Origin));
        Assert.Throws<ArgumentNullException>(() => SecretValue.FromText("x", null!));
        Assert.Throws<ArgumentNullException>(() => SecretValue.FromBytes([], null!));
        Assert.Throws<ArgumentNullException>(() => SecretValue.FromArray(null!, Stores.Origin));
        Assert.Throws<ArgumentNullException>(() => SecretValue.FromSection(null!, Stores.Origin));
        Assert.Throws<ArgumentNullException>(() => SecretValue.Unreadable(null!, Stores.Origin));
        Assert.All(
            new[] { SecretKind.Bytes, SecretKind.Array, SecretKind.Section, SecretKind.Unreadable, (SecretKind)(-1), (SecretKind)99 },
            kind => Assert.Throws<ArgumentOutOfRangeException>(() => SecretValue.FromText(kind, "x", Stores.Origin)));
    }
}
