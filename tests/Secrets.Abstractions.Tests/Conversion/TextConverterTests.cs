using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Numerics;
using Secrets.Conversion;
using Secrets.Tests.Fakes;

namespace Secrets.Tests.Conversion;

/// <summary>Which text of which kind is which typed value. Each row runs under three cultures.</summary>
public sealed class TextConverterTests
{
    private const SecretKind Text = SecretKind.String;

    public static TheoryData<SecretKind, string, Type, object?> Rows => new()
    {
        { SecretKind.Float, "1.5", typeof(Half), (Half)1.5 },
        { SecretKind.Float, "-inf", typeof(Half), Half.NegativeInfinity },
        { SecretKind.String, "1,5", typeof(Half), null },
        { SecretKind.Float, "1e+06", typeof(Half), null },
        // kind, text, type, value; null: it is none
        { SecretKind.Integer, "42", typeof(int), 42 },
        { SecretKind.Integer, "-42", typeof(long), -42L },
        { SecretKind.Integer, "42", typeof(double), 42.0 },
        { SecretKind.Integer, "42", typeof(decimal), 42m },
        { SecretKind.Integer, "42", typeof(string), "42" },
        { SecretKind.Integer, "9223372036854775807", typeof(long), long.MaxValue },
        { SecretKind.Integer, "9223372036854775808", typeof(long), null },
        { SecretKind.Integer, "2147483648", typeof(int), null },
        { SecretKind.Integer, "256", typeof(byte), null },
        { SecretKind.Integer, "-1", typeof(uint), null },
        { SecretKind.Integer, "-129", typeof(sbyte), null },
        { SecretKind.Integer, "65535", typeof(ushort), ushort.MaxValue },
        { SecretKind.Integer, "18446744073709551615", typeof(ulong), ulong.MaxValue },
        { SecretKind.Integer, "340282366920938463463374607431768211456", typeof(BigInteger), BigInteger.Pow(2, 128) },
        { SecretKind.Integer, "1", typeof(bool), true },
        { SecretKind.Integer, "0", typeof(bool), false },
        { SecretKind.Integer, "2", typeof(bool), null },
        { SecretKind.Integer, "30", typeof(TimeSpan), null },
        { SecretKind.Integer, "42", typeof(DateTimeOffset), null },
        { SecretKind.Integer, "7", typeof(char), '7' },
        { Text, "42", typeof(int), 42 },
        { Text, "0x2a", typeof(int), null },
        { Text, "1,000", typeof(int), null },
        { Text, "1_000", typeof(int), null },
        { Text, "", typeof(int), null },
        { Text, "", typeof(string), "" },
        { Text, "İ", typeof(string), "İ" },

        { SecretKind.Float, "1.5", typeof(double), 1.5 },
        { SecretKind.Float, "1.5", typeof(float), 1.5f },
        { SecretKind.Float, "1.5", typeof(decimal), 1.5m },
        { SecretKind.Float, "1e3", typeof(double), 1000.0 },
        { SecretKind.Float, "1e3", typeof(decimal), 1000m },
        { SecretKind.Float, "1.0", typeof(int), null },
        { SecretKind.Float, "inf", typeof(double), double.PositiveInfinity },
        { SecretKind.Float, "+inf", typeof(double), double.PositiveInfinity },
        { SecretKind.Float, "-inf", typeof(double), double.NegativeInfinity },
        { SecretKind.Float, "-inf", typeof(float), float.NegativeInfinity },
        { SecretKind.Float, "nan", typeof(double), double.NaN },
        { SecretKind.Float, "-nan", typeof(float), float.NaN },
        { SecretKind.Float, "nan", typeof(decimal), null },
        { SecretKind.Float, "inf", typeof(long), null },
        { SecretKind.Float, "1e400", typeof(double), null },
        { SecretKind.Float, "1e39", typeof(float), null },
        { SecretKind.Float, "1e29", typeof(decimal), null },
        { Text, "1.5", typeof(double), 1.5 },
        { Text, "1,5", typeof(double), null },
        { Text, "1,5", typeof(decimal), null },
        { Text, "1.000,5", typeof(decimal), null },
        { Text, "-0.0", typeof(double), -0.0 },

        { SecretKind.Boolean, "true", typeof(bool), true },
        { SecretKind.Boolean, "false", typeof(bool), false },
        { SecretKind.Boolean, "true", typeof(string), "true" },
        { SecretKind.Boolean, "true", typeof(int), null },
        { Text, "TRUE", typeof(bool), true },
        { Text, "False", typeof(bool), false },
        { Text, " true ", typeof(bool), true },
        { Text, "yes", typeof(bool), true },
        { Text, "No", typeof(bool), false },
        { Text, "ON", typeof(bool), true },
        { Text, "off", typeof(bool), false },
        { Text, "1", typeof(bool), true },
        { Text, "0", typeof(bool), false },
        { Text, "", typeof(bool), null },
        { Text, "y", typeof(bool), null },
        { Text, "disabled", typeof(bool), null },
        { SecretKind.Float, "1.0", typeof(bool), null },

        { Text, "0f8fad5b-d9cb-469f-a165-70867728950e", typeof(Guid), Guid.Parse("0f8fad5b-d9cb-469f-a165-70867728950e") },
        { Text, "0f8fad5b", typeof(Guid), null },
        { Text, "10.0.0.1", typeof(IPAddress), IPAddress.Parse("10.0.0.1") },
        { Text, "10.0.0.256", typeof(IPAddress), null },
        { Text, "ab", typeof(char), null },

        { Text, "00:00:30", typeof(TimeSpan), TimeSpan.FromSeconds(30) },
        { Text, "1.02:03:04.5", typeof(TimeSpan), new TimeSpan(1, 2, 3, 4, 500) },
        { SecretKind.LocalTime, "07:32:00", typeof(TimeSpan), new TimeSpan(7, 32, 0) },
        { Text, "30", typeof(TimeSpan), null },
        { Text, "1.5", typeof(TimeSpan), null },
        { Text, "00:61:00", typeof(TimeSpan), null },
        { Text, "23:59:59", typeof(TimeSpan), new TimeSpan(23, 59, 59) },
        { Text, "24:00:00", typeof(TimeSpan), null },
        { Text, "30:00:00", typeof(TimeSpan), null },
        { Text, "100:00:00.5", typeof(TimeSpan), null },
        { Text, "99999999.00:00:00", typeof(TimeSpan), null },

        { SecretKind.OffsetDateTime, "1979-05-27T07:32:00Z", typeof(DateTimeOffset), new DateTimeOffset(1979, 5, 27, 7, 32, 0, TimeSpan.Zero) },
        { SecretKind.OffsetDateTime, "1979-05-27T00:32:00.5-07:00", typeof(DateTimeOffset), new DateTimeOffset(1979, 5, 27, 0, 32, 0, 500, TimeSpan.FromHours(-7)) },
        { SecretKind.OffsetDateTime, "1979-05-27T00:32:00.1234567899Z", typeof(DateTimeOffset), new DateTimeOffset(1979, 5, 27, 0, 32, 0, TimeSpan.Zero).AddTicks(1234567) },
        { SecretKind.OffsetDateTime, "1990-12-31T23:59:60Z", typeof(DateTimeOffset), null },
        { SecretKind.OffsetDateTime, "0000-01-01T00:00:00Z", typeof(DateTimeOffset), null },
        { SecretKind.OffsetDateTime, "0001-01-01T00:00:00+14:00", typeof(DateTimeOffset), null },
        { SecretKind.OffsetDateTime, "1979-05-27T07:32:00+23:59", typeof(DateTimeOffset), null },
        { SecretKind.OffsetDateTime, "1979-05-27T07:32:00+02:00", typeof(DateTime), new DateTime(1979, 5, 27, 5, 32, 0, DateTimeKind.Utc) },
        { SecretKind.OffsetDateTime, "1979-05-27T07:32:00Z", typeof(DateOnly), null },
        { SecretKind.LocalDateTime, "1979-05-27T07:32:00.25", typeof(DateTime), new DateTime(1979, 5, 27, 7, 32, 0, 250, DateTimeKind.Unspecified) },
        { SecretKind.LocalDateTime, "1979-05-27T07:32:00.12345678", typeof(DateTime), new DateTime(1979, 5, 27, 7, 32, 0, DateTimeKind.Unspecified).AddTicks(1234567) },
        { SecretKind.LocalDateTime, "1979-05-27T07:32:00", typeof(DateTimeOffset), null },
        { SecretKind.LocalDateTime, "0000-01-01T00:00:00", typeof(DateTime), null },
        { SecretKind.LocalDate, "1979-05-27", typeof(DateOnly), new DateOnly(1979, 5, 27) },
        { SecretKind.LocalDate, "1979-05-27", typeof(DateTime), null },
        { SecretKind.LocalDate, "0000-02-29", typeof(DateOnly), null },
        { SecretKind.LocalTime, "07:32:00.999999999", typeof(TimeOnly), new TimeOnly(7, 32).Add(TimeSpan.FromTicks(9999999)) },
        { SecretKind.LocalTime, "23:59:60", typeof(TimeOnly), null },
        { SecretKind.LocalTime, "24:00:00", typeof(TimeOnly), null },
        { Text, "1979-05-27 07:32:00Z", typeof(DateTimeOffset), new DateTimeOffset(1979, 5, 27, 7, 32, 0, TimeSpan.Zero) },
        { Text, "1979-05-27", typeof(DateOnly), new DateOnly(1979, 5, 27) },
        { Text, "27.05.1979", typeof(DateOnly), null },
        { Text, "05/27/1979", typeof(DateTime), null },
        { Text, "07:32", typeof(TimeOnly), new TimeOnly(7, 32) },
        { Text, "7:32 PM", typeof(TimeOnly), null },

        { Text, "red", typeof(Custom), new Custom("red") },
        { Text, "", typeof(Custom), null },
        { Text, "throw", typeof(Custom), null },
        { SecretKind.Integer, "7", typeof(Custom), new Custom("7") },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void Each_kind_becomes_each_type_in_every_culture(SecretKind kind, string text, Type type, object? expected)
    {
        foreach (string culture in new[] { "", "tr-TR", "de-DE" })
        {
            using var _ = new InCulture(culture);
            using SecretsStore store = Stores.OfValues(("x", Stores.Text(kind, text)));

            Check(expected, () => As(type, store["x"]));
            Check(expected, () => Get(type, store));
        }
    }

    [Fact]
    public void A_type_whose_TryParse_throws_is_a_coded_error_without_what_it_threw()
    {
        SecretsFormatException e = Assert.Throws<SecretsFormatException>(() => Stores.Text(Text, "throw").As<Custom>());

        Assert.Null(e.InnerException);
        Assert.Equal("a secret at here (test here) is a value of kind String and cannot be read as the type Custom.", e.Message);
    }

    public static TheoryData<SecretKind, string, object> Naturals => new()
    {
        { Text, "42", "42" },
        { SecretKind.Integer, "42", 42L },
        { SecretKind.Integer, "9223372036854775808", "9223372036854775808" },
        { SecretKind.Float, "1.5", 1.5 },
        { SecretKind.Float, "-inf", double.NegativeInfinity },
        { SecretKind.Boolean, "true", true },
        { SecretKind.OffsetDateTime, "1979-05-27T07:32:00Z", new DateTimeOffset(1979, 5, 27, 7, 32, 0, TimeSpan.Zero) },
        { SecretKind.OffsetDateTime, "1990-12-31T23:59:60Z", "1990-12-31T23:59:60Z" },
        { SecretKind.OffsetDateTime, "0000-01-01T00:00:00Z", "0000-01-01T00:00:00Z" },
        { SecretKind.LocalDateTime, "1979-05-27T07:32:00", new DateTime(1979, 5, 27, 7, 32, 0, DateTimeKind.Unspecified) },
        { SecretKind.LocalDate, "1979-05-27", new DateOnly(1979, 5, 27) },
        { SecretKind.LocalDate, "0000-01-01", "0000-01-01" },
        { SecretKind.LocalTime, "07:32:00", new TimeOnly(7, 32) },
        { SecretKind.LocalTime, "23:59:60", "23:59:60" },
    };

    [Theory]
    [MemberData(nameof(Naturals))]
    public void A_plain_value_is_the_type_that_holds_its_kind_or_else_its_text(SecretKind kind, string text, object expected)
    {
        using var _ = new InCulture("de-DE");

        object actual = TextConverter.ToNatural(kind, text);

        Assert.IsType(expected.GetType(), actual);
        Assert.Equal(expected, actual);
    }

    [Theory]
    [InlineData(typeof(int), "the type Int32")]
    [InlineData(typeof(int?), "the type Int32")]
    [InlineData(typeof(TimeSpan), "a TimeSpan (hours:minutes:seconds)")]
    [InlineData(typeof(DateTimeOffset?), "a DateTimeOffset (a date and time with an offset)")]
    [InlineData(typeof(Dictionary<string, List<int>>), "the type Dictionary<String, List<Int32>>")]
    [InlineData(typeof(string[]), "the type String[]")]
    [InlineData(typeof(byte[]), "bytes (base64 text)")]
    [InlineData(typeof(Uri), "a Uri (absolute, with its scheme)")]
    [InlineData(typeof(List<int>.Enumerator), "the type Enumerator<Int32>")]
    public void A_type_is_named_as_a_reader_of_CSharp_knows_it(Type type, string expected) => Assert.Equal(expected, TextConverter.Describe(type));

    private static void Check(object? expected, Func<object?> read)
    {
        if (expected is null)
        {
            Assert.Equal(SecretsErrorCode.InvalidFormat, Assert.Throws<SecretsFormatException>(() => read()).Code);
            return;
        }

        object? actual = read();
        Assert.IsType(expected.GetType(), actual);
        Assert.Equal(expected, actual);
        if (expected is DateTime moment)
        {
            Assert.Equal(moment.Kind, ((DateTime)actual!).Kind);
        }
    }

    private static object? As(Type type, SecretValue value) => Reflected.Call(typeof(SecretValue).GetMethod(nameof(SecretValue.As))!.MakeGenericMethod(type), value);

    private static object? Get(Type type, SecretsView view) =>
        Reflected.Call(typeof(SecretsView).GetMethod(nameof(SecretsView.Get), [typeof(string)])!.MakeGenericMethod(type), view, "x");

    public sealed record Custom(string Name) : IParsable<Custom>
    {
        public static Custom Parse(string s, IFormatProvider? provider) => throw new FormatException(s);

        public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out Custom result)
        {
            Assert.Equal(CultureInfo.InvariantCulture, provider);
            result = s is "throw" ? throw new FormatException("what is " + s) : string.IsNullOrEmpty(s) ? null : new Custom(s);
            return result is not null;
        }
    }
}
