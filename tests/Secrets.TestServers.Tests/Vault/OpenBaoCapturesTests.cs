using System.Text.Json;
using System.Text.Json.Nodes;
using Secrets.TestServers.Hosting;

namespace Secrets.TestServers.Vault;

/// <summary>
/// Answers of a real OpenBao (beside the repository, <c>shared/wire/openbao</c>): the server gives each with the same status, the same error texts, and members of the same names
/// and types. Where they are not at hand, the tests are skipped.
/// </summary>
public sealed class OpenBaoCapturesTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UnixEpoch.AddDays(1));
    private readonly VaultServer _server;

    public OpenBaoCapturesTests() => _server = new VaultServer { Clock = _clock, ErrorText = "", RetryAfterSeconds = null, IsOpenBao = true };

    public static TheoryData<string> Captures
    {
        get
        {
            string? folder = CapturedAnswers.Folder is { } wire ? Path.Combine(wire, "openbao") : null;
            return Directory.Exists(folder)
                ? [.. Directory.GetFiles(folder, "*.txt").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal)]
                : ["none"];
        }
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [MemberData(nameof(Captures))]
    public async Task An_answer_has_the_form_of_the_real_one(string name)
    {
        Assert.SkipWhen(name == "none", "The captures are not at hand.");
        string[] parts = (await File.ReadAllTextAsync(Path.Combine(CapturedAnswers.Folder!, "openbao", name + ".txt"), TestContext.Current.CancellationToken))
            .ReplaceLineEndings("\n").Split("\n---\n", 2);
        using var client = new HttpClient(_server.CreateMemoryHandler());
        using HttpRequestMessage request = RequestOf(parts[0], name, await PrepareAsync(name));
        using HttpResponseMessage answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        string[] real = parts[1].Split("\n\n", 2);
        Assert.Equal(real[0].Trim().Split(' ')[1], ((int)answer.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture));
        string body = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal(FormOf(real.ElementAtOrDefault(1)), FormOf(body));
    }

    private HttpRequestMessage RequestOf(string text, string name, string token)
    {
        string[] parts = text.Split("\n\n", 2);
        string[] lines = parts[0].Split('\n');
        var request = new HttpRequestMessage(new HttpMethod(lines[0].Split(' ')[0]), new Uri("http://vault.test" + TargetOf(lines[0])));
        foreach (string[] header in lines.Skip(1).Where(l => l.Length > 0).Select(l => l.Split(": ", 2)))
        {
            request.Headers.TryAddWithoutValidation(header[0], header[1].Replace("<token>", token, StringComparison.Ordinal));
        }

        string body = parts.ElementAtOrDefault(1)?.Trim() ?? "";
        if (body.Length > 0)
        {
            request.Content = new StringContent(name.StartsWith("lease-", StringComparison.Ordinal) ? new JsonObject { ["lease_id"] = _server.Leases[0].Id }.ToJsonString() : body);
        }

        return request;
    }

    // The mounts of version 1 have other names there.
    private static string TargetOf(string line) => line.Split(' ', 2)[1].Replace("/v1/kv1/", "/v1/kv/", StringComparison.Ordinal).Replace("/v1/up/", "/v1/kv/", StringComparison.Ordinal);

    /// <summary>Brings the server into the state of the capture, and gives the token that asks.</summary>
    private async Task<string> PrepareAsync(string name)
    {
        Store();
        _server.SetRole("app", new VaultDynamicRole(TimeSpan.FromSeconds(15), TimeSpan.FromHours(1)));
        _server.SetStaticRole("stat", TimeSpan.FromSeconds(20));
        _server.SetLogin("approle/login", new JsonObject { ["role_id"] = "<role_id>", ["secret_id"] = name == "login-approle" ? "<secret_id>" : "another" }, TimeSpan.FromHours(1));
        _server.SetLogin("jwt/login", new JsonObject { ["role"] = "app", ["jwt"] = "another" }, TimeSpan.FromHours(1));
        _server.SetLogin("userpass/login/u", new JsonObject { ["password"] = "p" }, TimeSpan.FromHours(1));
        if (name.StartsWith("lease-", StringComparison.Ordinal))
        {
            await SendAsync(HttpMethod.Get, "database/creds/app", _server.AcceptedToken);
            if (name.Contains("revoked", StringComparison.Ordinal) || name.Contains("again", StringComparison.Ordinal))
            {
                _server.Revoke(_server.Leases[0]);
            }
        }

        switch (name)
        {
            case "sealed" or "sealed-health":
                _server.IsSealed = true;
                break;
            case "namespace" or "namespace-missing":
                _server.Namespace = "ns1";
                break;
            case "kv2-scan-denied":
                _server.Deny("secret/detailed-metadata/shop");
                break;
            case "kv2-read-denied":
                _server.Deny("secret/data/single");
                break;
            case "quota-exceeded" or "quota-exceeded-headers":
                _server.QuotaPerSecond = 0;
                break;
            case "kv1-upgraded-read" or "kv1-upgraded-list":
                _server.UpgradePlain();
                break;
        }

        return name switch
        {
            "lookup-self-wrong" or "renew-self-wrong" or "token-uses-spent" => "wrong",
            "unwrap" or "unwrap-again" => await WrapAsync(isSpent: name == "unwrap-again"),
            "lookup-self" or "renew-self" => _server.Issue(TimeSpan.FromHours(1)).Text,
            _ => _server.AcceptedToken,
        };
    }

    private async Task<string> WrapAsync(bool isSpent)
    {
        string answer = await SendAsync(HttpMethod.Post, "auth/approle/role/app2/secret-id", _server.AcceptedToken, ("X-Vault-Wrap-TTL", "60"));
        string token = (string)JsonNode.Parse(answer)!["wrap_info"]!["token"]!;
        if (isSpent)
        {
            await SendAsync(HttpMethod.Post, "sys/wrapping/unwrap", token);
        }

        return token;
    }

    private async Task<string> SendAsync(HttpMethod method, string path, string token, params (string Name, string Value)[] headers)
    {
        using var client = new HttpClient(_server.CreateMemoryHandler());
        using var request = new HttpRequestMessage(method, "http://vault.test/v1/" + path);
        foreach ((string name, string value) in headers.Append(("X-Vault-Token", token)))
        {
            request.Headers.Add(name, value);
        }

        using HttpResponseMessage answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    private void Store()
    {
        foreach (string secret in new[] { "shop/database", "shop/trello", "shop/deep/er/x", "shop/json", "app" })
        {
            _server.SetSecret("secret/" + secret, FieldsOf(secret, 1));
        }

        _server.SetSecret("secret/shop/database", FieldsOf("shop/database", 2));
        foreach (string gone in new[] { "deleted", "destroyed" })
        {
            _server.SetSecret("secret/shop/" + gone, "{}");
            _server.DeleteLatest("secret/shop/" + gone);
        }

        foreach (string many in new[] { "s1", "s10", "s100" })
        {
            _server.SetSecret("secret/many/" + many, "{}");
        }

        foreach (string other in new[] { "dots.in.name", "with space" })
        {
            _server.SetSecret("secret/shop/" + other, "{}");
        }

        _server.SetSecret("kv/app/db", """{"password":"one","ttl":"30s"}""");
        _server.SetSecret("kv/app/x", "{}");
    }

    private static string FieldsOf(string secret, int version) => secret switch
    {
        "shop/database" => $$"""{"host":"db.example","password":"pw{{version}}","port":"5432"}""",
        "shop/trello" => """{"key":"k9","token":"t9"}""",
        _ => """{"a":"ns1"}""",
    };

    // Names and types; of errors the texts, of a list its first element.
    private static string FormOf(string? body) => string.IsNullOrWhiteSpace(body) ? "" : FormOf(JsonNode.Parse(body), "").ToString();

    private static string FormOf(JsonNode? node, string name) => node switch
    {
        null => "null",
        JsonObject members => "{" + string.Join(',', members.OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => $"{m.Key}:{FormOf(m.Value, m.Key)}")) + "}",
        JsonArray list when name == "errors" => "[" + string.Join('|', list.Select(t => (string?)t)) + "]",
        JsonArray list => "[" + (list.Count == 0 ? "" : FormOf(list[0], "")) + "]",
        _ => node.GetValueKind() is JsonValueKind.True or JsonValueKind.False ? "Boolean" : node.GetValueKind().ToString(),
    };
}
