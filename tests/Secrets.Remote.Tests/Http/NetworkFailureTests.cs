namespace Secrets.Remote.Http;

public sealed class NetworkFailureTests
{
    [Theory]
    [InlineData(HttpRequestError.NameResolutionError, "the name of store.example:8200 cannot be resolved")]
    [InlineData(HttpRequestError.SecureConnectionError, "store.example:8200 does not speak TLS, or no version of it that this machine accepts")]
    [InlineData(HttpRequestError.ProxyTunnelError, "the proxy does not lead to store.example:8200")]
    [InlineData(HttpRequestError.ConnectionError, "there is no connection to store.example:8200")]
    [InlineData(HttpRequestError.ResponseEnded, "store.example:8200 closed the connection before its answer was complete")]
    [InlineData(HttpRequestError.Unknown, "store.example:8200 could not be reached")]
    public void It_says_what_kept_a_call_and_where(HttpRequestError error, string expected)
    {
        var failure = new HttpRequestException(error, "quotes");
        NetworkFailure.Mark(failure, new Uri("https://user:password@store.example:8200/path?query"));
        Assert.Equal(expected, NetworkFailure.Describe(failure).Problem);
        Assert.Equal(expected, NetworkFailure.Describe(new InvalidOperationException("quotes", new IOException("quotes", failure))).Problem);
        Assert.Equal(expected, NetworkFailure.Describe(new AggregateException("quotes", new TimeoutException(), failure)).Problem);
    }

    [Fact]
    public void Of_anything_else_it_says_nothing_but_that_it_failed() => Assert.Equal("it could not be reached", NetworkFailure.Describe(new IOException("quotes", new IOException("quotes"))).Problem);

    // AWS's SDK throws what lies inside.
    [Fact]
    public void A_cause_that_a_client_keeps_alone_says_it_too()
    {
        var broken = new IOException("quotes");
        NetworkFailure.Mark(new HttpRequestException("quotes", broken), new Uri("https://store.example:8200/path"));
        Assert.Equal("store.example:8200 closed the connection before its answer was complete", NetworkFailure.Describe(broken).Problem);
    }

    [Fact]
    public async Task A_call_that_finds_nobody_is_marked()
    {
        using var client = new HttpClient(Transport.Create(TimeSpan.FromSeconds(20), 1000, TimeProvider.System));
        Exception failure = await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(new Uri("http://127.0.0.1:1/"), TestContext.Current.CancellationToken));
        Assert.Equal("there is no connection to 127.0.0.1:1", NetworkFailure.Describe(failure).Problem);
    }
}
