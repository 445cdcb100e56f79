using System.ComponentModel;
using System.Globalization;
using Microsoft.Extensions.Configuration;
using Newtonsoft.Json;

namespace Secrets.Tests.Conversion;

public sealed class SecretValueTypeConverterTests
{
    public sealed class Options
    {
        public string? User { get; set; }

        public SecretValue? Password { get; set; }

        public Dictionary<string, SecretValue> Tokens { get; } = [];
    }

    [Fact]
    public void Configuration_binds_a_member_that_is_a_secret_and_it_stays_masked()
    {
        IConfiguration configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["User"] = "Jane", ["Password"] = "12345!", ["Tokens:a"] = "t" })
            .Build();

        Options options = configuration.Get<Options>()!;

        Assert.True(options.Password == "12345!");
        Assert.Equal("***", options.Password!.ToString());
        Assert.Equal("t", options.Tokens["a"].Reveal());
    }

    [Fact]
    public void It_converts_from_text_and_to_the_mask()
    {
        TypeConverter converter = TypeDescriptor.GetConverter(typeof(SecretValue));

        var value = (SecretValue)converter.ConvertFromInvariantString("12345!")!;

        Assert.Equal(("12345!", SecretKind.String, "converted"), (value.Reveal(), value.Kind, value.Origin.SourceName));
        Assert.Equal("***", converter.ConvertToString(value));
        Assert.Equal("***", converter.ConvertTo(null, CultureInfo.InvariantCulture, value, typeof(string)));
        Assert.False(converter.CanConvertFrom(typeof(int)));
        Assert.DoesNotContain("12345!", Assert.Throws<NotSupportedException>(() => converter.ConvertFrom(new object[] { "12345!" })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Newtonsoft_writes_the_mask() =>
        Assert.Equal("""{"value":"***"}""", JsonConvert.SerializeObject(new { value = Fakes.Stores.Text(SecretKind.String, "12345!") }));
}
