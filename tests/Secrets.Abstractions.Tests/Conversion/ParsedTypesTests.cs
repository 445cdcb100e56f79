using System.Net;
using Secrets.Conversion;
using Secrets.Tests.Fakes;

namespace Secrets.Tests.Conversion;

public sealed class ParsedTypesTests
{
    [Theory]
    [InlineData(typeof(IPAddress), true)]
    [InlineData(typeof(IPEndPoint), true)]
    [InlineData(typeof(Host), true)]
    [InlineData(typeof(ReturnsText), false)]
    [InlineData(typeof(ByReference), false)]
    [InlineData(typeof(string[]), false)]
    [InlineData(typeof(Stream), false)]
    public void A_type_parses_itself_if_it_is_parsable_or_has_TryParse(Type type, bool expected) => Assert.Equal(expected, ParsedTypes.Contains(type));

    [Fact]
    public void They_are_leaves_wherever_a_value_can_stand()
    {
        using SecretsStore store = Stores.Of(("address", "127.0.0.1"), ("end_point", "127.0.0.1:80"), ("host", "alpha"), ("hosts", new[] { "a", "b" }), ("wrong", ""));

        All all = store.Get<All>();

        Assert.Equal((IPAddress.Loopback, new IPEndPoint(IPAddress.Loopback, 80), "alpha", "b"), (all.Address, all.EndPoint, all.Host.Name, all.Hosts[1].Name));
        Assert.Throws<SecretsFormatException>(() => store.Get<Host>("wrong"));
        Assert.Throws<SecretsFormatException>(() => store.Get<IPEndPoint>("host"));
    }

    [Fact]
    public void A_TryParse_that_throws_is_a_coded_error_without_what_it_threw()
    {
        using SecretsStore store = Stores.Of(("host", "throw"));

        SecretsFormatException e = Assert.Throws<SecretsFormatException>(() => store.Get<Host>("host"));

        Assert.Null(e.InnerException);
        Assert.Equal("host (memory host) is a value of kind String and cannot be read as the type Host.", e.Message);
    }

    public sealed record All(IPAddress Address, IPEndPoint EndPoint, Host Host, List<Host> Hosts);

    public sealed class Host
    {
        private Host(string name) => Name = name;

        public string Name { get; }

        public static bool TryParse(string? text, out Host? host)
        {
            host = text switch
            {
                "throw" => throw new FormatException("what is " + text),
                null or "" => null,
                _ => new Host(text),
            };
            return host is not null;
        }
    }

    public sealed class ReturnsText
    {
        public static string TryParse(string text, out ReturnsText? result)
        {
            result = null;
            return text;
        }
    }

    public sealed class ByReference
    {
        public static bool TryParse(string text, ref ByReference result) => result is not null && text.Length > 0;
    }
}
