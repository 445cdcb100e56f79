using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Secrets.Testing;

namespace Secrets.Hosting.Tests;

public sealed class SecretsHttpClientBuilderExtensionsTests
{
    private readonly FakeSource _source = Hosts.Source(("api.token", "old"));

    private async Task<(IHost Host, HttpClient Client)> ClientAsync(Func<HttpRequestMessage, HttpStatusCode> answer, List<string> seen)
    {
        var builder = Hosts.Builder();
        await builder.AddSecretsAsync(c => c.Watch(false).Add(_source), cancellationToken: Hosts.Token);
        builder.Services.AddHttpClient("api", c => c.BaseAddress = new Uri("http://api.test/"))
            .AddSecretBearerToken("api.token")
            .ConfigurePrimaryHttpMessageHandler(() => new Server(answer, seen));
        IHost host = builder.Build();
        return (host, host.Services.GetRequiredService<IHttpClientFactory>().CreateClient("api"));
    }

    private static HttpStatusCode AcceptNew(HttpRequestMessage request) =>
        request.Headers.Authorization?.Parameter == "new" ? HttpStatusCode.OK : HttpStatusCode.Unauthorized;

    [Fact]
    public async Task Each_request_carries_the_present_token()
    {
        var seen = new List<string>();
        (IHost host, HttpClient client) = await ClientAsync(_ => HttpStatusCode.OK, seen);
        using IHost disposed = host;

        await client.GetAsync("x", Hosts.Token);
        _source.Set("api.token", "new");
        await host.Services.GetRequiredService<SecretsStore>().RefreshAsync(Hosts.Token);
        await client.GetAsync("x", Hosts.Token);

        Assert.Equal(["Bearer old ", "Bearer new "], seen);
    }

    [Theory]
    [InlineData("hunter2\n")]
    [InlineData("hunter2\0")]
    [InlineData("hunter2 ")]
    [InlineData("hünter2")]
    [InlineData("")]
    public async Task A_secret_that_is_no_token_is_named_and_nothing_is_sent(string token)
    {
        _source.Set("api.token", token);
        var seen = new List<string>();
        (IHost host, HttpClient client) = await ClientAsync(_ => HttpStatusCode.OK, seen);
        using IHost disposed = host;

        SecretsFormatException failure = await Assert.ThrowsAsync<SecretsFormatException>(() => client.GetAsync("x", Hosts.Token));

        string place = host.Services.GetRequiredService<SecretsStore>().Explain("api.token").Origin!.Location;
        Assert.StartsWith($"{place}: api.token cannot be sent as a bearer token", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("nter2", failure.ToString(), StringComparison.Ordinal);
        Assert.Throws<SecretsFormatException>(() => client.Send(new HttpRequestMessage(HttpMethod.Get, "x"), Hosts.Token));
        Assert.Empty(seen);
    }

    public static TheoryData<string> Repeatable => ["none", "text", "json"];

    [Theory]
    [MemberData(nameof(Repeatable))]
    public async Task A_refused_token_is_read_again_and_the_request_is_sent_once_more(string kind)
    {
        var seen = new List<string>();
        (IHost host, HttpClient client) = await ClientAsync(AcceptNew, seen);
        using IHost disposed = host;
        _source.Set("api.token", "new");
        using HttpContent? content = kind switch { "text" => new StringContent("body"), "json" => JsonContent.Create("body"), _ => null };

        HttpResponseMessage response = await client.PostAsync("x", content, Hosts.Token);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        string body = kind switch { "text" => "body", "json" => "\"body\"", _ => "" };
        Assert.Equal(["Bearer old " + body, "Bearer new " + body], seen);
    }

    [Fact]
    public async Task A_stream_is_sent_once_and_the_next_request_has_the_new_token()
    {
        var seen = new List<string>();
        (IHost host, HttpClient client) = await ClientAsync(AcceptNew, seen);
        using IHost disposed = host;
        _source.Set("api.token", "new");
        using var content = new StreamContent(new MemoryStream([65]));

        Assert.Equal(HttpStatusCode.Unauthorized, (await client.PostAsync("x", content, Hosts.Token)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("x", Hosts.Token)).StatusCode);
        Assert.Equal(2, seen.Count);
    }

    [Fact]
    public async Task A_token_that_has_not_changed_is_not_sent_twice()
    {
        var seen = new List<string>();
        (IHost host, HttpClient client) = await ClientAsync(_ => HttpStatusCode.Unauthorized, seen);
        using IHost disposed = host;

        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("x", Hosts.Token)).StatusCode);
        Assert.Single(seen);
    }

    [Fact]
    public async Task A_new_token_does_not_follow_a_redirect()
    {
        var seen = new List<string>();
        (IHost host, HttpClient client) = await ClientAsync(
            request =>
            {
                request.RequestUri = new Uri("http://elsewhere.test/");
                return HttpStatusCode.Unauthorized;
            },
            seen);
        using IHost disposed = host;
        _source.Set("api.token", "new");

        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("x", Hosts.Token)).StatusCode);
        Assert.Equal(["Bearer old "], seen);
    }

    [Fact]
    public async Task A_synchronous_request_carries_the_token()
    {
        var seen = new List<string>();
        (IHost host, HttpClient client) = await ClientAsync(_ => HttpStatusCode.OK, seen);
        using IHost disposed = host;
        using var request = new HttpRequestMessage(HttpMethod.Get, "x");

        client.Send(request, Hosts.Token);

        Assert.Equal(["Bearer old "], seen);
    }

    [Fact]
    public async Task A_refused_token_after_the_host_has_stopped_is_the_caller_s()
    {
        var seen = new List<string>();
        (IHost host, HttpClient client) = await ClientAsync(_ => HttpStatusCode.Unauthorized, seen);
        using IHost disposed = host;
        await host.Services.GetRequiredService<SecretsStore>().DisposeAsync();

        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("x", Hosts.Token)).StatusCode);
    }

    private sealed class Server(Func<HttpRequestMessage, HttpStatusCode> answer, List<string> seen) : HttpMessageHandler
    {
        protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            seen.Add($"{request.Headers.Authorization} ");
            return new HttpResponseMessage(answer(request));
        }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            string body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
            seen.Add($"{request.Headers.Authorization} {body}");
            return new HttpResponseMessage(answer(request));
        }
    }
}
