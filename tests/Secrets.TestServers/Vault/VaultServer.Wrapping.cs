using System.Globalization;
using System.Text.Json.Nodes;
using Secrets.TestServers.Hosting;

namespace Secrets.TestServers.Vault;

/// <summary>Answers that are wrapped for one reader, and codes that are good for half a minute.</summary>
public sealed partial class VaultServer
{
    private readonly Dictionary<string, string> _wrapped = new(StringComparer.Ordinal);

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

        string token = string.Create(CultureInfo.InvariantCulture, $"hvs.wrapped-{++_issued}");
        _wrapped[token] = answer.ToJsonString();
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

    private ServerAnswer Unwrap(ServerCall call) => _wrapped.Remove(call.Header("X-Vault-Token") ?? "", out string? answer)
        ? ServerAnswer.Json(200, JsonNode.Parse(answer)!.AsObject())
        : Error(400, "wrapping token is not valid or does not exist");

    private ServerAnswer OneTimeCode()
    {
        long now = Clock.GetUtcNow().ToUnixTimeSeconds();
        return ServerAnswer.Json(200, Envelope(new JsonObject { ["code"] = "154760", ["expire_time"] = now - (now % 30) + 30, ["generated"] = now, ["period"] = "30s" }));
    }
}
