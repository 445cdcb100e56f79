using Secrets.TestServers.Aws;
using Secrets.TestServers.Faults;

namespace Secrets.TestServers;

public sealed class FaultTests
{
    /// <summary>A fault, and what a plain client sees of it: a status and the beginning of a body, or how it fails.</summary>
    public static TheoryData<FaultKind, string> Rows => new()
    {
        { FaultKind.Throttle, "400 {\"__type\"" },
        { FaultKind.TooManyRequests, "429 " },
        { FaultKind.ServerError, "500 {\"__type\"" },
        { FaultKind.Unavailable, "503 " },
        { FaultKind.Reset, "HttpRequestException" },
        { FaultKind.Truncated, "HttpRequestException" },
        { FaultKind.Garbage, "200 \0" },
        { FaultKind.EmptyObject, "200 {}" },
        { FaultKind.WrongShape, "200 [" },
        { FaultKind.EndlessBody, "TaskCanceledException" },
        { FaultKind.Silence, "TaskCanceledException" },
        { FaultKind.Oversize, "HttpRequestException" },
        { FaultKind.WrongContentType, "200 <html>" },
        { FaultKind.PageNotFound, "404 <html>" },
        { FaultKind.Redirect, "307 " },
        { FaultKind.ExpiredToken, "400 {\"__type\"" },
        { FaultKind.AccessDenied, "400 {\"__type\"" },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task A_fault_is_seen_and_healed(FaultKind kind, string expected)
    {
        await using var server = new AwsServer();
        await server.ListenAsync();
        using var sockets = new SocketsHttpHandler { AllowAutoRedirect = false };
        using var client = new HttpClient(sockets) { Timeout = TimeSpan.FromMilliseconds(500), MaxResponseContentBufferSize = 1_000_000 };
        server.Inject(kind);
        Assert.StartsWith(expected, await SeeAsync(client, server.Address), StringComparison.Ordinal);
        server.Heal();
        Assert.StartsWith("400 {\"__type\"", await SeeAsync(client, server.Address), StringComparison.Ordinal);
        Assert.Equal(2, server.CallCount);
    }

    [Fact]
    public void Every_kind_is_tried() => Assert.Equal(Enum.GetValues<FaultKind>(), Rows.Select(r => r.Data.Item1).Order());

    [Fact]
    public async Task A_fault_meets_so_many_calls_and_those_that_it_is_meant_for()
    {
        await using var server = new AwsServer();
        await server.ListenAsync();
        using var client = new HttpClient();
        server.Inject(FaultKind.Unavailable, times: 2);
        server.Inject(FaultKind.TooManyRequests, when: c => c.Path == "/b");
        var seen = new List<int>();
        foreach (string path in new[] { "a", "a", "a", "b" })
        {
            using HttpResponseMessage answer = await client.GetAsync(new Uri(server.Address, path), TestContext.Current.CancellationToken);
            seen.Add((int)answer.StatusCode);
        }

        Assert.Equal([503, 503, 400, 429], seen);
    }

    [Fact]
    public async Task A_server_goes_and_comes_back_at_its_address()
    {
        await using var server = new AwsServer();
        await server.ListenAsync();
        using var client = new HttpClient();
        await server.StopListeningAsync();
        Assert.Equal("HttpRequestException", await SeeAsync(client, server.Address));
        await server.ListenAsync();
        Assert.StartsWith("400", await SeeAsync(client, server.Address), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("throttle", true)]
    [InlineData("throttle:2", true)]
    [InlineData("wrong-content-type:1", true)]
    [InlineData("throttle:0", false)]
    [InlineData("throttle:x", false)]
    [InlineData("throttle:1:2", false)]
    [InlineData("nonsense", false)]
    [InlineData("99", false)]
    public void A_fault_is_read_from_a_word(string text, bool isRead) => Assert.Equal(isRead, ServerFault.Parse(text) is not null);

    private static async Task<string> SeeAsync(HttpClient client, Uri address)
    {
        try
        {
            using HttpResponseMessage answer = await client.PostAsync(address, content: null, TestContext.Current.CancellationToken);
            return $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}";
        }
        catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException)
        {
            return failure.GetType().Name;
        }
    }
}
