using System.Collections;
using Secrets.InMemory;
using Secrets.Tests.Fakes;

namespace Secrets.Tests.InMemory;

public sealed class ClrValueTests
{
    private static readonly SecretsRequest Request = new("memory");

    public static TheoryData<object, SecretKind, string> Scalars => new()
    {
        { "text", SecretKind.String, "text" },
        { "", SecretKind.String, "" },
        { true, SecretKind.Boolean, "true" },
        { (sbyte)-1, SecretKind.Integer, "-1" },
        { byte.MaxValue, SecretKind.Integer, "255" },
        { long.MinValue, SecretKind.Integer, "-9223372036854775808" },
        { (ulong)long.MaxValue, SecretKind.Integer, "9223372036854775807" },
        { 1.5, SecretKind.Float, "1.5" },
        { 1.0, SecretKind.Float, "1.0" },
        { -0.0, SecretKind.Float, "-0.0" },
        { 1e100, SecretKind.Float, "1e+100" },
        { double.NaN, SecretKind.Float, "nan" },
        { double.NegativeInfinity, SecretKind.Float, "-inf" },
        { 0.5f, SecretKind.Float, "0.5" },
        { 0.1f, SecretKind.Float, "0.1" },
        { 16777216f, SecretKind.Float, "16777216.0" },
        { float.NaN, SecretKind.Float, "nan" },
        { float.PositiveInfinity, SecretKind.Float, "inf" },
        { 1.50m, SecretKind.Float, "1.50" },
        { new DateTimeOffset(1979, 5, 27, 7, 32, 0, 500, TimeSpan.FromHours(-7)), SecretKind.OffsetDateTime, "1979-05-27T07:32:00.5-07:00" },
        { new DateTime(1979, 5, 27, 7, 32, 0, DateTimeKind.Utc), SecretKind.OffsetDateTime, "1979-05-27T07:32:00Z" },
        { new DateTime(1979, 5, 27, 7, 32, 0, DateTimeKind.Unspecified), SecretKind.LocalDateTime, "1979-05-27T07:32:00" },
        { new DateOnly(1979, 5, 27), SecretKind.LocalDate, "1979-05-27" },
        { new TimeOnly(7, 32), SecretKind.LocalTime, "07:32:00" },
        { TimeSpan.FromSeconds(30), SecretKind.String, "00:00:30" },
        { Guid.Empty, SecretKind.String, "00000000-0000-0000-0000-000000000000" },
        { new Uri("https://example.org/%20?q"), SecretKind.String, "https://example.org/%20?q" },
        { 'c', SecretKind.String, "c" },
        { new Version(1, 2, 3), SecretKind.String, "1.2.3" },
        { DayOfWeek.Monday, SecretKind.String, "Monday" },
    };

    [Theory]
    [MemberData(nameof(Scalars))]
    public void Each_type_is_one_kind_in_every_culture(object value, SecretKind kind, string text)
    {
        foreach (string culture in new[] { "", "tr-TR", "de-DE", "ar-SA" })
        {
            using var _ = new InCulture(culture);
            SecretValue secret = ClrValue.ToSecret(value, SecretPath.Parse("a.b"), Request);

            Assert.Equal((kind, text), (secret.Kind, secret.Reveal()));
            Assert.Equal(("memory", "a.b"), (secret.Origin.SourceName, secret.Origin.Location));
        }
    }

    [Fact]
    public void Dictionaries_are_sections_sequences_are_arrays_and_null_is_absent()
    {
        SecretValue section = ClrValue.ToSecret(
            new Hashtable { ["only"] = new object[] { 1, new Dictionary<string, int> { ["x"] = 2 }, new List<string> { "y" } } }, SecretPath.Parse("s"), Request);
        SecretValue untyped = ClrValue.ToSecret(Pairs(), SecretPath.Parse("s"), Request);

        Assert.Equal(["1", "2"], [section["only"][0].Reveal(), section["only"][1]["x"].Reveal()]);
        Assert.Equal("s.only.2.0", section["only"][2][0].Origin.Location);
        Assert.Equal(["there"], untyped.AsSection().Keys);
        Assert.Equal([1, 2], ClrValue.ToSecret(new byte[] { 1, 2 }, SecretPath.Parse("s"), Request).RevealBytes());

        static IEnumerable<KeyValuePair<string, object?>> Pairs() => [KeyValuePair.Create<string, object?>("there", 1), KeyValuePair.Create<string, object?>("absent", null)];
    }

    public static TheoryData<object, string> Refused => new()
    {
        { new object(), "s has the type System.Object, which is unsupported; give text, " },
        { ulong.MaxValue, "s has the type System.UInt64, which is unsupported; give text, " },
        { new object?[] { "a", null }, "s.1 is null; an array has no gaps." },
        { new Dictionary<int, string> { [1] = "x" }, "s is a dictionary whose keys are not text." },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_a_secret_cannot_be_is_an_argument_error_that_names_the_place(object value, string message) =>
        Assert.StartsWith(message, Assert.Throws<ArgumentException>(() => Materialize(value)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_collection_that_holds_itself_is_an_argument_error()
    {
        var self = new Dictionary<string, object?>();
        self["self"] = self;
        self["again"] = self;
        var list = new List<object>();
        list.Add(list);
        list.Add(list);

        Assert.StartsWith("s.self contains itself.", Assert.Throws<ArgumentException>(() => Materialize(self)).Message, StringComparison.Ordinal);
        Assert.StartsWith("s.0 contains itself.", Assert.Throws<ArgumentException>(() => Materialize(list)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_collection_may_stand_in_two_places()
    {
        string[] shared = ["a"];

        Assert.Equal(2, Materialize(new[] { shared, shared }).AsList().Count);
    }

    [Theory]
    [InlineData(255, true)]
    [InlineData(256, false)]
    [InlineData(50_000, false)]
    public void Values_may_be_nested_as_deeply_as_paths_may_be_long(int levels, bool isAllowed)
    {
        object value = "x";
        for (int i = 0; i < levels; i++)
        {
            value = new Dictionary<string, object?> { ["a"] = value };
        }

        SecretsSourceException? failure = Record.Exception(() => Materialize(value)) as SecretsSourceException;

        Assert.Equal(isAllowed ? null : SecretsErrorCode.InvalidFormat, failure?.Code);
    }

    private static SecretValue Materialize(object value) => ClrValue.ToSecret(value, SecretPath.Parse("s"), Request);
}
