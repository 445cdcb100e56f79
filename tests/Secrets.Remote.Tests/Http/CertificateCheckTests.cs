using Secrets.TestServers.Aws;
using Secrets.TestServers.Hosting;

namespace Secrets.Remote.Http;

public sealed class CertificateCheckTests
{
    [Theory]
    [InlineData(true, "shows a certificate of an authority that this machine does not trust")]
    [InlineData(false, "shows a certificate for another name")]
    public async Task Each_reason_has_its_own_words(bool isNameRight, string reason)
    {
        await using var server = new AwsServer { Certificate = TestCertificate.Create(isNameRight ? "localhost" : "example.org", isOfLoopback: isNameRight) };
        await server.ListenAsync();
        Assert.Equal($"{server.Address.Authority} {reason}", await FailureOfAsync(server.Address));
    }

    [Fact]
    public async Task A_server_without_tls_is_told_as_that()
    {
        await using var server = new AwsServer();
        await server.ListenAsync();
        Assert.Equal($"{server.Address.Authority} does not speak TLS, or no version of it that this machine accepts", await FailureOfAsync(new Uri($"https://{server.Address.Authority}/")));
    }

    private static async Task<string> FailureOfAsync(Uri address)
    {
        using var client = new HttpClient(Transport.Create(TimeSpan.FromSeconds(20), 1000, TimeProvider.System));
        return NetworkFailure.Describe(await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(address, TestContext.Current.CancellationToken))).Problem;
    }
}
