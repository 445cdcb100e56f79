using System.Text.Json;
using Secrets.Remote.Http;

namespace Secrets.Gcp;

/// <summary>
/// Reads an error ("Errors" of Google's API Improvement Proposals, AIP-193):
/// <c>{"error":{"code":403,"message":"…","status":"PERMISSION_DENIED","details":[{"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"SERVICE_DISABLED"}]}}</c>.
/// </summary>
internal static class GoogleErrorBody
{
    private const string ErrorInfo = "type.googleapis.com/google.rpc.ErrorInfo";

    /// <summary>Makes the exception of an answer, whose body may be anything.</summary>
    public static GoogleSecretManagerException Read(int httpStatus, byte[] body, TimeSpan? retryAfter)
    {
        (string? status, string? reason) = WordsOf(body);
        return new GoogleSecretManagerException(httpStatus, status) { Reason = reason, RetryAfter = retryAfter };
    }

    private static (string? Status, string? Reason) WordsOf(byte[] body)
    {
        try
        {
            return JsonAnswer.Read(body, json => ProtobufJson.Member(json, "error") is { } error
                ? (VendorCodes.Clean(ProtobufJson.Text(error, "status")), ReasonOf(error))
                : (null, null));
        }
        catch (MalformedAnswerException)
        {
            return (null, null);
        }
    }

    private static string? ReasonOf(JsonElement error) =>
        ProtobufJson.List(error, "details", d => string.Equals(ProtobufJson.Text(d, "@type"), ErrorInfo, StringComparison.Ordinal) ? ReasonOrNull(ProtobufJson.Text(d, "reason")) : null)
            .FirstOrDefault(reason => reason is not null);

    /// <summary>Gives a reason as the reference has it (google.rpc.ErrorInfo): up to 63 capitals, digits and underscores. A token that a server repeats is not one.</summary>
    public static string? ReasonOrNull(string? text) =>
        text is { Length: > 0 and <= 63 } && text.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c == '_') ? text : null;
}
