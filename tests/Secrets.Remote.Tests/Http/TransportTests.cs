using System.Net;
using System.Net.Security;
using System.Net.Sockets;
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

    /// <summary>RFC 5280, section 4.2.1.12: what a certificate is for.</summary>
    [Theory]
    [InlineData(null, true)]
    [InlineData("1.3.6.1.5.5.7.3.1", true)]
    [InlineData("1.3.6.1.5.5.7.3.2", false)]
    public async Task A_certificate_for_clients_is_no_server_s(string? usage, bool isTrusted)
    {
        // A web server would refuse to serve with it.
        using X509Certificate2 certificate = TestCertificate.Create("localhost", isOfLoopback: true, usage);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Task serving = ServeOneAsync(listener, certificate);
        using X509Certificate2 authority = X509CertificateLoader.LoadCertificate(certificate.RawData);
        using var client = new HttpClient(Transport.Create(TimeSpan.FromSeconds(20), 1000, TimeProvider.System, [authority]));
        Task<HttpResponseMessage> call = client.GetAsync(new Uri($"https://localhost:{((IPEndPoint)listener.LocalEndpoint).Port}/"), TestContext.Current.CancellationToken);
        await Task.WhenAll(call, serving).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        Assert.Equal(isTrusted, call.IsCompletedSuccessfully);
    }

    [Fact]
    public void No_proxy_stands_before_this_machine()
    {
        var handler = (BoundedHandler)Transport.Create(TimeSpan.FromSeconds(1), 1000, TimeProvider.System);
        Assert.IsType<LoopbackBypassProxy>(((SocketsHttpHandler)handler.InnerHandler!).Proxy);
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

    private static async Task ServeOneAsync(TcpListener listener, X509Certificate2 certificate)
    {
        using TcpClient peer = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        await using var tls = new SslStream(peer.GetStream());
        await tls.AuthenticateAsServerAsync(certificate);
        _ = await tls.ReadAsync(new byte[4096], TestContext.Current.CancellationToken);
        await tls.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
    }
}
