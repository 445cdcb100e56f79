using Secrets.Tests.Fakes;

namespace Secrets.Remote.Http;

public sealed class RetryHeadersTests
{
    [Theory]
    [InlineData("Retry-After", "5", 5)]
    [InlineData("Retry-After", "0", null)]
    [InlineData("Retry-After", "Thu, 01 Jan 1970 00:00:09 GMT", 9)]
    [InlineData("Retry-After", "Wed, 31 Dec 1969 00:00:09 GMT", null)]
    [InlineData("Retry-After", "soon", null)]
    [InlineData("Retry-After", "400000", 86400)]
    [InlineData("X-Ratelimit-Reset", "59", 59)]
    [InlineData("X-Ratelimit-Reset", "-1", null)]
    [InlineData("X-Other", "59", null)]
    public void A_wait_is_read_and_none_that_is_past(string name, string value, int? seconds)
    {
        using var answer = new HttpResponseMessage();
        answer.Headers.TryAddWithoutValidation(name, value);
        Assert.Equal(seconds is { } expected ? TimeSpan.FromSeconds(expected) : null, RetryHeaders.Read(answer.Headers, new ManualTimeProvider()));
    }
}
