namespace Secrets.Remote;

public sealed class RemoteFailuresTests
{
    [Theory]
    [InlineData(401, null, RemoteFailureKind.Store, SecretsErrorCode.AccessDenied, false)]
    [InlineData(403, null, RemoteFailureKind.Denied, SecretsErrorCode.AccessDenied, false)]
    [InlineData(404, null, RemoteFailureKind.Secret, SecretsErrorCode.InvalidFormat, false)]
    [InlineData(404, "NoSuchSecret", RemoteFailureKind.Missing, SecretsErrorCode.NotFound, false)]
    [InlineData(307, null, RemoteFailureKind.Secret, SecretsErrorCode.InvalidFormat, false)]
    [InlineData(429, null, RemoteFailureKind.Throttled, SecretsErrorCode.Unavailable, true)]
    [InlineData(503, "Busy", RemoteFailureKind.Secret, SecretsErrorCode.Unavailable, true)]
    public void A_status_says_how_far_a_failure_reaches(int status, string? vendorCode, RemoteFailureKind kind, SecretsErrorCode code, bool isTransient)
    {
        RemoteFailure failure = RemoteFailures.Default.Find(new RemoteHttpException(status, vendorCode) { RetryAfter = TimeSpan.FromSeconds(1) })!;
        Assert.Equal((kind, code, isTransient, TimeSpan.FromSeconds(1)), (failure.Kind, failure.Code, failure.IsTransient, failure.RetryAfter));
        Assert.Equal($"status {status}{(vendorCode is null ? "" : ", " + vendorCode)}", failure.Problem);
    }

    [Theory]
    [InlineData(403, RemoteFailureKind.Denied, SecretsErrorCode.AccessDenied, false)]
    [InlineData(404, RemoteFailureKind.Secret, SecretsErrorCode.InvalidFormat, false)]
    [InlineData(503, RemoteFailureKind.Secret, SecretsErrorCode.Unavailable, true)]
    public void A_client_that_throws_for_statuses_as_dotnet_s_own_does_is_understood(int status, RemoteFailureKind kind, SecretsErrorCode code, bool isTransient)
    {
        RemoteFailure failure = RemoteFailures.Default.Find(new HttpRequestException("quotes", inner: null, (System.Net.HttpStatusCode)status))!;
        Assert.Equal((kind, code, isTransient, (int?)status), (failure.Kind, failure.Code, failure.IsTransient, failure.Status));
    }

    [Fact]
    public void The_network_s_failures_are_found_inside_a_client_s_own()
    {
        var unreachable = new HttpRequestException(HttpRequestError.ConnectionError);
        Assert.Equal(RemoteFailureKind.Store, RemoteFailures.Default.Find(unreachable)!.Kind);
        Assert.Equal(RemoteFailureKind.Store, RemoteFailures.Default.Find(new InvalidOperationException("quotes", unreachable))!.Kind);
        Assert.Equal((RemoteFailureKind.NoAnswer, true), (RemoteFailures.Default.Find(new TaskCanceledException())!.Kind, RemoteFailures.Default.Find(new TaskCanceledException())!.IsTransient));
    }

    [Fact]
    public void A_mistake_of_the_program_is_not_the_store_s() => Assert.Null(RemoteFailures.Default.Find(new InvalidOperationException("quotes")));
}
