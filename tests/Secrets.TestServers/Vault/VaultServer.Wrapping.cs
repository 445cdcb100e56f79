using System.Globalization;
using System.Text.Json.Nodes;
using Secrets.TestServers.Hosting;

namespace Secrets.TestServers.Vault;

/// <summary>Answers that are wrapped for one reader, and codes that are good for half a minute.</summary>
public sealed partial class VaultServer
{
    private const string Spent = "wrapping token is not valid or does not exist";

    private readonly Dictionary<string, (string Path, string Answer)> _wrapped = new(StringComparer.Ordinal);

    /// <summary>Wraps data as a path would that answers a call; <c>sys/wrapping/wrap</c> wraps whatever it is given.</summary>
    /// <param name="creationPath">The path, as in <c>auth/approle/role/shop/secret-id</c>.</param>
    /// <param name="data">The data.</param>
    /// <returns>The wrapping token.</returns>
    public string Wrap(string creationPath, JsonObject data) => Keep(creationPath, Envelope(data));

    /// <summary>Unwraps a token before the one that it was meant for.</summary>
    public void Intercept(string wrappingToken) => _wrapped.Remove(wrappingToken);

    private static JsonObject SecretId() => Envelope(new JsonObject
    {
        ["secret_id"] = "secret-id",
        ["secret_id_accessor"] = "accessor",
        ["secret_id_num_uses"] = 0,
        ["secret_id_ttl"] = 0,
    });

    // The header asks for a token in place of the answer; the token gives the answer once.
    private ServerAnswer Wrapped(ServerCall call, JsonObject answer)
    {
        if (!int.TryParse(call.Header("X-Vault-Wrap-TTL"), CultureInfo.InvariantCulture, out int seconds))
        {
            return ServerAnswer.Json(200, answer);
        }

        string token = Keep(string.Join('/', Segments(call)), answer);
        JsonObject envelope = Envelope(data: null);
        envelope["wrap_info"] = new JsonObject
        {
            ["token"] = token,
            ["accessor"] = "accessor",
            ["ttl"] = seconds,
            ["creation_time"] = Time(Clock.GetUtcNow()),
            ["creation_path"] = string.Join('/', Segments(call)),
            ["wrapped_accessor"] = "accessor",
        };
        return ServerAnswer.Json(200, envelope);
    }

    private string Keep(string creationPath, JsonObject answer)
    {
        string token = string.Create(CultureInfo.InvariantCulture, $"hvs.wrapped-{++_issued}");
        _wrapped[token] = (creationPath, answer.ToJsonString());
        return token;
    }

    private ServerAnswer Unwrap(ServerCall call) => _wrapped.Remove(call.Header("X-Vault-Token") ?? "", out (string Path, string Answer) wrapped)
        ? ServerAnswer.Json(200, JsonNode.Parse(wrapped.Answer)!.AsObject())
        : Error(400, Spent);

    // "Wrapping lookup": nobody needs to be logged in.
    private ServerAnswer LookUpWrapped(ServerCall call) => _wrapped.TryGetValue((string?)JsonNode.Parse(call.Text)?["token"] ?? "", out (string Path, string Answer) wrapped)
        ? ServerAnswer.Json(200, Envelope(new JsonObject { ["creation_path"] = wrapped.Path, ["creation_time"] = Time(Clock.GetUtcNow()), ["creation_ttl"] = 60 }))
        : Error(400, Spent);

    private ServerAnswer OneTimeCode()
    {
        long now = Clock.GetUtcNow().ToUnixTimeSeconds();
        return ServerAnswer.Json(200, Envelope(new JsonObject { ["code"] = "154760", ["expire_time"] = now - (now % 30) + 30, ["generated"] = now, ["period"] = "30s" }));
    }
}
