using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Secrets.TestServers.Hosting;

namespace Secrets.TestServers.Aws;

/// <summary>Checks a signature of version 4 ("Create a signed AWS API request" of the IAM user guide): the body is hashed here, not believed.</summary>
internal static class AwsSignature
{
    private static readonly TimeSpan _skew = TimeSpan.FromMinutes(5);

    /// <summary>Gives the service's code for what is wrong with a signature, or <see langword="null"/>.</summary>
    public static string? FindMistake(ServerCall call, string service, IReadOnlyDictionary<string, AwsKey> keys, DateTimeOffset now)
    {
        const string Scheme = "AWS4-HMAC-SHA256 ";
        if (call.Header("Authorization") is not { } authorization || !authorization.StartsWith(Scheme, StringComparison.Ordinal))
        {
            return "MissingAuthenticationTokenException";
        }

        Dictionary<string, string> parts = authorization[Scheme.Length..].Split(',', StringSplitOptions.TrimEntries)
            .Select(p => p.Split('=', 2)).Where(p => p.Length == 2).ToDictionary(p => p[0], p => p[1], StringComparer.Ordinal);
        string[] scope = parts.GetValueOrDefault("Credential", "").Split('/');
        string[] signed = parts.GetValueOrDefault("SignedHeaders", "").Split(';');
        if (scope.Length != 5 || scope[3] != service || !signed.Contains("host", StringComparer.Ordinal) || call.Header("X-Amz-Date") is not { } date)
        {
            return "IncompleteSignature";
        }

        if (!keys.TryGetValue(scope[0], out AwsKey? key))
        {
            return "UnrecognizedClientException";
        }

        if (key.SessionToken is not null && (call.Header("X-Amz-Security-Token") != key.SessionToken || !signed.Contains("x-amz-security-token", StringComparer.Ordinal)))
        {
            return "UnrecognizedClientException";
        }

        if (!DateTimeOffset.TryParseExact(date, "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time)
            || (now - time).Duration() > _skew)
        {
            return "InvalidSignatureException";
        }

        string expected = Sign(call, signed, date, scope[1..], key.Secret);
        return expected == parts.GetValueOrDefault("Signature") ? null : "InvalidSignatureException";
    }

    internal static string Sign(ServerCall call, string[] signedHeaders, string date, string[] scope, string secret)
    {
        string headers = string.Concat(signedHeaders.Select(h => $"{h}:{call.Header(h)?.Trim()}\n"));
        string canonical = string.Join('\n', call.Method, call.Path, Query(call), headers, string.Join(';', signedHeaders), Hex(SHA256.HashData(call.Body)));
        string text = string.Join('\n', "AWS4-HMAC-SHA256", date, string.Join('/', scope), Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical))));
        byte[] key = scope.Aggregate(Encoding.UTF8.GetBytes("AWS4" + secret), (k, part) => HMACSHA256.HashData(k, Encoding.UTF8.GetBytes(part)));
        return Hex(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)));
    }

    private static string Query(ServerCall call) => call.Target.Contains('?', StringComparison.Ordinal) ? call.Target.Split('?')[1] : "";

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
