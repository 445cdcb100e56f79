namespace Secrets.TestServers.Gcp;

/// <summary>The answers that the Secret Manager REST reference (v1) and the pages on tokens name.</summary>
public sealed class GcpServerTests : IAsyncDisposable
{
    private const string Secrets = "/v1/projects/shop-1/secrets";

    private readonly GcpServer _server = new() { Clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero)) };

    public static TheoryData<string, string> Rows => new()
    {
        // The CRC-32C of "123456789" is E3069283 (RFC 3720, appendix B.4 has the polynomial; the value is its usual check).
        { $"GET {Secrets}/a/versions/latest:access", "200 {\"name\":\"projects/123456789/secrets/a/versions/2\",\"payload\":{\"dataCrc32c\":\"3808858755\",\"data\":\"MTIzNDU2Nzg5\"}}" },
        { $"GET {Secrets}/a/versions/1:access", "200 {\"name\":\"projects/123456789/secrets/a/versions/1\",\"payload\":{\"dataCrc32c\":\"0\"}}" },
        { $"GET {Secrets}/a/versions/latest", "200 {\"name\":\"projects/123456789/secrets/a/versions/2\",\"createTime\":\"2026-11-20T12:00:00.000000Z\",\"state\":\"ENABLED\"" },
        { $"GET {Secrets}/a/versions/3:access", "404 {\"error\":{\"code\":404" },
        { $"GET {Secrets}/none/versions/latest:access", "404 {\"error\":{\"code\":404" },
        { $"GET {Secrets}/off/versions/latest:access", "400 {\"error\":{\"code\":400,\"message\":\"FAILED_PRECONDITION: as the test says\",\"status\":\"FAILED_PRECONDITION\"}}" },
        { $"GET {Secrets}/off/versions/latest", "200 {\"name\":\"projects/123456789/secrets/off/versions/1\",\"createTime\":\"2026-11-20T12:00:00.000000Z\",\"state\":\"DISABLED\"" },
        { $"GET {Secrets}/denied/versions/latest:access", "403 {\"error\":{\"code\":403" },
        { "GET /v1/projects/other/secrets", "403 {\"error\":{\"code\":403,\"message\":\"PERMISSION_DENIED: as the test says\",\"status\":\"PERMISSION_DENIED\",\"details\":[" },
        { $"GET {Secrets}?pageSize=30000", "200 {\"totalSize\":3,\"secrets\":[{\"name\":\"projects/123456789/secrets/a\"" },
        { $"GET {Secrets}?pageSize=0", "200 {\"totalSize\":3,\"secrets\":[{\"name\":\"projects/123456789/secrets/a\"" },
        { $"GET {Secrets}?pageSize=abc", "400 {\"error\":{\"code\":400,\"message\":\"INVALID_ARGUMENT: as the test says\",\"status\":\"INVALID_ARGUMENT\"}}" },
        { $"GET {Secrets}?pageSize=-1", "400 {\"error\":{\"code\":400" },
        { $"GET {Secrets}?pageSize=99999999999", "400 {\"error\":{\"code\":400" },
        { $"GET {Secrets}?pageToken=-1", "400 {\"error\":{\"code\":400" },
        { $"GET {Secrets}?pageSize=1&pageToken=", "200 {\"totalSize\":3,\"secrets\":[{\"name\":\"projects/123456789/secrets/a\"" },
        { $"GET {Secrets}?filter=labels.env:prod", "501 {\"error\":{\"code\":501,\"message\":\"UNIMPLEMENTED: as the test says\",\"status\":\"UNIMPLEMENTED\"}}" },
        { $"GET {Secrets}?filter=name%3Aoff%20OR%20name%3Adenied", "200 {\"totalSize\":2,\"secrets\":[{\"name\":\"projects/123456789/secrets/denied\"" },
        { $"GET {Secrets}?filter=name%3Ao%20AND%20name%3Aff", "200 {\"totalSize\":1,\"secrets\":[{\"name\":\"projects/123456789/secrets/off\"" },
        { "GET /v1/projects/shop-1/locations/europe-west3/secrets", "200 {\"totalSize\":1,\"secrets\":[{\"name\":\"projects/123456789/locations/europe-west3/secrets/there\"" },
        { "GET /v1/projects/shop-1/locations/europe-west3/secrets/there/versions/latest:access", "200 {\"name\":\"projects/123456789/locations/europe-west3/secrets/there/versions/1\"" },
        { "GET /v1/projects/shop-1/locations/europe-west1/secrets", "200 {}" },
        { $"GET {Secrets}/there/versions/latest:access", "404 {\"error\":{\"code\":404" },
        { $"GET {Secrets}?pageToken=nonsense", "400 {\"error\":{\"code\":400" },
        { $"GET {Secrets}?filter=name:FF", "200 {\"totalSize\":1,\"secrets\":[{\"name\":\"projects/123456789/secrets/off\"" },
        { $"GET {Secrets}?filter=name:nothing", "200 {}" },
        { $"GET {Secrets}?pageSize=1&pageToken=1", "200 {\"totalSize\":3,\"secrets\":[{\"name\":\"projects/123456789/secrets/denied\",\"etag\":\"\\u00221\\u0022\"}],\"nextPageToken\":\"2\"}" },
        { "GET /v2/projects", "404 {\"error\":{\"code\":404" },
    };

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task A_call_has_its_answer(string call, string answer)
    {
        _server.SetSecret("a", "");
        _server.SetSecret("a", "123456789");
        _server.SetSecret("off", "2");
        _server.Disable("off");
        _server.SetSecret("denied", "3");
        _server.Deny("denied");
        _server.SetSecret("there", "4", "europe-west3");
        Assert.StartsWith(answer, await AskAsync(call, ("Authorization", "Bearer " + _server.AcceptedToken)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData($"GET {Secrets}?pageSize=1", "200 {\"total_size\":2,\"secrets\":[{\"name\":\"projects/123456789/secrets/a\",\"etag\":\"\\u00221\\u0022\"}],\"next_page_token\":\"1\"}")]
    [InlineData($"GET {Secrets}?pageSize=1&pageToken=1", "200 {\"total_size\":2,\"secrets\":[{\"name\":\"projects/123456789/secrets/b\",\"etag\":\"\\u00221\\u0022\"}],\"next_page_token\":\"\"}")]
    [InlineData($"GET {Secrets}/a/versions/1:access", "200 {\"name\":\"projects/123456789/secrets/a/versions/1\",\"payload\":{\"data_crc32c\":0,\"data\":\"\"}}")]
    [InlineData($"GET {Secrets}/b/versions/1", "200 {\"name\":\"projects/123456789/secrets/b/versions/1\",\"create_time\":\"2026-11-20T12:00:00.000000Z\",\"state\":1,")]
    public async Task Answers_have_another_spelling(string call, string answer)
    {
        _server.WritesProtoNames = true;
        _server.SetSecret("a", "");
        _server.SetSecret("b", "1");
        Assert.StartsWith(answer, await AskAsync(call, ("Authorization", "Bearer " + _server.AcceptedToken)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData($"GET {Secrets}", "Authorization", "Bearer another", "401 {\"error\":{\"code\":401")]
    [InlineData("GET /computeMetadata/v1/instance/service-accounts/default/token", "Metadata-Flavor", "Google", "200 {\"access_token\":\"google-token\",\"expires_in\":3599,\"token_type\":\"Bearer\"}")]
    [InlineData("GET /computeMetadata/v1/instance/service-accounts/default/token", "X-Other", "x", "403 {\"error\":{\"code\":403")]
    [InlineData("POST /token grant_type=x&assertion=a.b.c", "X-Other", "x", "400 {\"error\":\"invalid_grant\"")]
    public async Task Tokens_are_given_and_asked_for(string call, string header, string value, string answer) =>
        Assert.StartsWith(answer, await AskAsync(call, (header, value)), StringComparison.Ordinal);

    private async Task<string> AskAsync(string call, params (string Name, string Value)[] headers)
    {
        await _server.ListenAsync();
        return await _server.AskAsync(new SocketsHttpHandler(), _server.Address, call, headers);
    }
}
