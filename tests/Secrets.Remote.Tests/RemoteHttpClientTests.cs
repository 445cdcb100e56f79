using System.Net;
using System.Net.Http.Headers;
using Secrets.Remote.Http;

namespace Secrets.Remote;

public sealed class RemoteHttpClientTests
{
    [Fact]
    public async Task The_json_of_an_answer_is_read() => Assert.Equal("x", await SendAsync(200, """{"value":"x"}"""));

    [Theory]
    [InlineData("""{"code":"NO_SUCH_SECRET"}""", "NO_SUCH_SECRET")]
    [InlineData("""{"code":"a text that quotes not-a-real-password"}""", null)]
    [InlineData("""{"code":3}""", null)]
    [InlineData("""{}""", null)]
    [InlineData("<html>", null)]
    public async Task An_error_has_its_status_and_its_code_and_nothing_of_its_text(string body, string? code)
    {
        RemoteHttpException failure = await Assert.ThrowsAsync<RemoteHttpException>(() => SendAsync(404, body));
        Assert.Equal((404, code), (failure.Status, failure.VendorCode));
        Assert.Equal("The server answered with status 404.", failure.Message);
    }

    [Fact]
    public async Task An_error_says_how_long_to_wait() =>
        Assert.Equal(TimeSpan.FromSeconds(7), (await Assert.ThrowsAsync<RemoteHttpException>(() => SendAsync(429, "{}", retryAfter: "7"))).RetryAfter);

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"value":3}""")]
    [InlineData("""["x"]""")]
    [InlineData("not json")]
    [InlineData("")]
    public async Task An_answer_that_is_not_what_is_read_is_malformed(string body) =>
        Assert.Equal(SecretsErrorCode.InvalidFormat, RemoteFailures.Default.Find(await Assert.ThrowsAsync<MalformedAnswerException>(() => SendAsync(200, body)))!.Code);

    [Fact]
    public async Task An_answer_beyond_its_limit_is_not_read() =>
        Assert.Equal(SecretsErrorCode.InvalidFormat, RemoteFailures.Default.Find(await Assert.ThrowsAsync<AnswerTooLargeException>(() => SendAsync(200, new string(' ', 200))))!.Code);

    [Theory]
    [InlineData("")]
    [InlineData("two\nlines")]
    [InlineData("tökén")]
    public void A_token_that_no_header_can_hold_is_refused_and_not_quoted(string token)
    {
        Exception refused = Assert.ThrowsAny<Exception>(() => RemoteHttpClient.Bearer(token));
        Assert.Equal("the token is not one line of letters, digits and signs", refused.Message);
        Assert.Equal((RemoteFailureKind.Store, SecretsErrorCode.AccessDenied), (RemoteFailures.Default.Find(refused)!.Kind, RemoteFailures.Default.Find(refused)!.Code));
        Assert.Equal(new AuthenticationHeaderValue("Bearer", "abc"), RemoteHttpClient.Bearer("abc"));
    }

    [Theory]
    [InlineData("https://shelf.example", true)]
    [InlineData("http://shelf.example", false)]
    [InlineData("http://127.0.0.1:80", true)]
    [InlineData("https://user@shelf.example", false)]
    public void A_credential_is_sent_over_https_or_to_this_machine(string address, bool isSafe) => Assert.Equal(isSafe, RemoteHttpClient.IsSafe(new Uri(address)));

    [Fact]
    public async Task A_reader_that_fails_on_an_answer_finds_it_malformed_and_an_error_without_a_code()
    {
        using var good = new OneAnswer(200, """{"values":[]}""", retryAfter: null);
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://shelf.example/");
        await Assert.ThrowsAsync<MalformedAnswerException>(() => new RemoteHttpClient(new Options(), handler: good).SendAsync(
            request, json => json.GetProperty("values")[0].GetString(), TestContext.Current.CancellationToken));

        using var bad = new OneAnswer(503, """{"errors":[]}""", retryAfter: null);
        using var again = new HttpRequestMessage(HttpMethod.Get, "https://shelf.example/");
        RemoteHttpException failure = await Assert.ThrowsAsync<RemoteHttpException>(() => new RemoteHttpClient(
            new Options(), json => json.GetProperty("errors")[0].GetProperty("code").GetString(), bad).SendAsync(again, _ => 1, TestContext.Current.CancellationToken));
        Assert.Equal((503, null), (failure.Status, failure.VendorCode));
    }

    [Theory]
    [InlineData("http://shelf.example/")]
    [InlineData("https://user:not-a-real-password@shelf.example/")]
    public async Task A_request_that_would_travel_in_the_clear_is_not_sent(string address)
    {
        using var handler = new OneAnswer(200, """{"value":"x"}""", retryAfter: null);
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        Exception refused = await Assert.ThrowsAnyAsync<Exception>(() => new RemoteHttpClient(new Options(), handler: handler).SendAsync(request, _ => 1, TestContext.Current.CancellationToken));
        Assert.Equal(0, handler.Calls);
        Assert.Equal((RemoteFailureKind.Store, SecretsErrorCode.InvalidConfiguration), (Assert.IsType<RemoteException>(refused).Failure.Kind, ((RemoteException)refused).Failure.Code));
        Assert.DoesNotContain("not-a-real-password", refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_handler_of_the_program_that_follows_redirects_is_refused()
    {
        using var sockets = new SocketsHttpHandler();
        using var outer = new OuterHandler(sockets);
        using var platform = new HttpClientHandler();
        foreach (HttpMessageHandler handler in new HttpMessageHandler[] { sockets, outer, platform })
        {
            Assert.Contains("AllowAutoRedirect", Assert.Throws<ArgumentException>(() => RemoteHttpClient.CreateHandler(new Options(), handler)).Message, StringComparison.Ordinal);
            Assert.Throws<ArgumentException>(() => new RemoteHttpClient(new Options(), handler: handler));
        }

        sockets.AllowAutoRedirect = false;
        platform.AllowAutoRedirect = false;
        using HttpMessageHandler created = RemoteHttpClient.CreateHandler(new Options(), outer);
        Assert.NotNull(new RemoteHttpClient(new Options(), handler: platform));
    }

    private static async Task<string> SendAsync(int status, string body, string? retryAfter = null)
    {
        using var handler = new OneAnswer(status, body, retryAfter);
        var client = new RemoteHttpClient(new Options { MaxAnswerBytes = 100 }, json => json.GetProperty("code").GetString(), handler);
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://shelf.example/");
        return await client.SendAsync(request, json => json.GetProperty("value").GetString()!, TestContext.Current.CancellationToken);
    }

    private sealed class Options : RemoteSourceOptions;

    private sealed class OuterHandler(HttpMessageHandler inner) : DelegatingHandler(inner);

    private sealed class OneAnswer(int status, string body, string? retryAfter) : HttpMessageHandler
    {
        public int Calls { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Calls++;
            var answer = new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body) };
            answer.Headers.TryAddWithoutValidation("Retry-After", retryAfter);
            return Task.FromResult(answer);
        }
    }
}
