using System.Net;
using System.Security.Cryptography.X509Certificates;
using Secrets.TestServers.Aws;
using Secrets.TestServers.Faults;
using Secrets.TestServers.Hosting;

namespace Secrets.Remote.Http;

public sealed class TransportTests
{
    [Theory]
    [InlineData("https://example.org", true)]
    [InlineData("https://example.org:8200/x", true)]
    [InlineData("http://127.0.0.1:8200", true)]
    [InlineData("http://localhost", true)]
    [InlineData("http://[::1]:8200", true)]
    [InlineData("http://example.org", false)]
    [InlineData("http://169.254.169.254", false)]
    [InlineData("http://localhost.example.org", false)]
    [InlineData("https://user:password@example.org", false)]
    [InlineData("ftp://example.org", false)]
    [InlineData("file:///etc/passwd", false)]
    public void An_address_is_https_or_this_machine(string address, bool isSafe) => Assert.Equal(isSafe, Transport.IsSafe(new Uri(address)));

    [Fact]
    public void A_relative_address_is_none() => Assert.False(Transport.IsSafe(new Uri("/x", UriKind.Relative)));

    /// <summary>The name in the certificate, whether it is given as an authority, and whether it is trusted.</summary>
    [Theory]
    [InlineData(true, true, true)]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    [InlineData(false, false, false)]
    public async Task A_certificate_is_trusted_where_its_authority_is_given_and_its_name_is_right(bool isNameRight, bool isGiven, bool isTrusted)
    {
        await using var server = new AwsServer { Certificate = TestCertificate.Create(isNameRight ? "localhost" : "example.org", isOfLoopback: isNameRight) };
        await server.ListenAsync();
        using X509Certificate2 authority = X509CertificateLoader.LoadCertificate(server.Certificate.RawData);
        using var client = new HttpClient(Transport.Create(TimeSpan.FromSeconds(20), 1000, TimeProvider.System, isGiven ? [authority] : null));
        if (isTrusted)
        {
            using HttpResponseMessage answer = await client.GetAsync(server.Address, TestContext.Current.CancellationToken);
            Assert.Equal(1, server.CallCount);
        }
        else
        {
            await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(server.Address, TestContext.Current.CancellationToken));
            Assert.Equal(0, server.CallCount);
        }
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using var target = new AwsServer();
        await target.ListenAsync();
        await using var server = new AwsServer { RedirectTarget = target.Address };
        await server.ListenAsync();
        server.Inject(FaultKind.Redirect);
        using var client = new HttpClient(Transport.Create(TimeSpan.FromSeconds(20), 1000, TimeProvider.System));
        using HttpResponseMessage answer = await client.GetAsync(server.Address, TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.TemporaryRedirect, 0), (answer.StatusCode, target.CallCount));
    }
}
