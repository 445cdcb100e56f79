using System.Text;

namespace Secrets.Gcp.Tests;

public sealed class GoogleErrorBodyTests
{
    [Theory]
    [InlineData("""{"error":{"code":403,"message":"quotes","status":"PERMISSION_DENIED"}}""", "PERMISSION_DENIED", null)]
    [InlineData("""{"error":{"status":"PERMISSION_DENIED","details":[{"@type":"type.googleapis.com/google.rpc.Help"},{"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"SERVICE_DISABLED"}]}}""", "PERMISSION_DENIED", "SERVICE_DISABLED")]
    [InlineData("""{"error":{"status":"PERMISSION_DENIED","details":[{"@type":"type.googleapis.com/google.rpc.Other","reason":"SERVICE_DISABLED"}]}}""", "PERMISSION_DENIED", null)]
    [InlineData("""{"error":{"status":"a text with spaces","details":[{"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"a text, too"}]}}""", null, null)]
    [InlineData("""{"error":{"details":[{"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"ya29.a-token"}]}}""", null, null)]
    [InlineData("""{"error":"rpc error: code = NotFound desc = quotes"}""", null, null)]
    [InlineData("""{"error":{"details":{}}}""", null, null)]
    [InlineData("{}", null, null)]
    [InlineData("<html>quotes</html>", null, null)]
    [InlineData("", null, null)]
    public void Words_are_read_and_texts_are_not(string body, string? status, string? reason)
    {
        GoogleSecretManagerException failure = GoogleErrorBody.Read(403, Encoding.UTF8.GetBytes(body), TimeSpan.FromSeconds(1));
        Assert.Equal((403, status, reason, TimeSpan.FromSeconds(1)), (failure.HttpStatus, failure.Status, failure.Reason, failure.RetryAfter));
        Assert.DoesNotContain("quotes", failure.ToString(), StringComparison.Ordinal);
    }
}
