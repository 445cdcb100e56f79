using System.Net;

namespace Secrets.Remote.Http;

public sealed class LoopbackBypassProxyTests
{
    private readonly LoopbackBypassProxy _proxy = new(new WebProxy("http://proxy.example:3128", BypassOnLocal: false, ["inside[.]example"]));

    [Theory]
    [InlineData("http://127.0.0.1:8200", null)]
    [InlineData("http://localhost:8200", null)]
    [InlineData("http://[::1]:8200", null)]
    [InlineData("https://localhost", null)]
    [InlineData("https://inside.example", null)]
    [InlineData("https://vault.example", "http://proxy.example:3128/")]
    [InlineData("http://localhost.example", "http://proxy.example:3128/")]
    public void It_stands_before_all_but_this_machine_and_what_the_other_one_leaves_out(string address, string? expected)
    {
        var uri = new Uri(address);
        Assert.Equal((expected is null, expected), (_proxy.IsBypassed(uri), _proxy.IsBypassed(uri) ? null : _proxy.GetProxy(uri)?.AbsoluteUri));
    }

    [Fact]
    public void Its_credentials_are_the_other_one_s()
    {
        var inner = new WebProxy();
        var proxy = new LoopbackBypassProxy(inner) { Credentials = new NetworkCredential("a", "b") };
        Assert.Same(proxy.Credentials, inner.Credentials);
    }
}
