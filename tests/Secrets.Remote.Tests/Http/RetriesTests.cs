using System.Net;
using System.Net.Http.Headers;
using Secrets.Tests.Fakes;

namespace Secrets.Remote.Http;

public sealed class RetriesTests
{
    private readonly ManualTimeProvider _clock = new();

    /// <summary>What the first attempt comes to, and whether there is a second.</summary>
    public static TheoryData<string, bool> Rows => new()
    {
        { "200", false },
        { "301", false },
        { "400", false },
        { "401", false },
        { "403", false },
        { "404", false },
        { "408", true },
        { "429", true },
        { "500", true },
        { "503", true },
        { nameof(HttpRequestException), true },
        { nameof(TimeoutException), true },
        { nameof(AnswerTooLargeException), false },
        { nameof(FormatException), false },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task What_may_pass_is_tried_again(string first, bool isTriedAgain)
    {
        int attempts = 0;
        Task<HttpResponseMessage> sent = new Retries(2, _clock).SendAsync(
            _ => ++attempts == 1 ? Outcome(first) : Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK)), TestContext.Current.CancellationToken);
        _clock.Advance(TimeSpan.FromSeconds(1));
        await sent.ContinueWith(_ => { }, TestContext.Current.CancellationToken, TaskContinuationOptions.None, TaskScheduler.Default);
        Assert.Equal(isTriedAgain ? 2 : 1, attempts);
    }

    [Theory]
    [InlineData("503")]
    [InlineData(nameof(HttpRequestException))]
    public async Task The_last_attempt_is_what_counts(string outcome)
    {
        int attempts = 0;
        Task<HttpResponseMessage> sent = new Retries(3, _clock).SendAsync(
            _ =>
            {
                attempts++;
                return Outcome(outcome);
            },
            TestContext.Current.CancellationToken);
        for (int i = 0; i < 100 && !sent.IsCompleted; i++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        if (outcome == "503")
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, (await sent).StatusCode);
        }
        else
        {
            await Assert.ThrowsAsync<HttpRequestException>(() => sent);
        }

        Assert.Equal(3, attempts);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(7, 7)]
    [InlineData(3600, 30)]
    public async Task The_wait_is_as_long_as_the_store_says_within_reason(int asked, int waited)
    {
        int attempts = 0;
        Task<HttpResponseMessage> sent = new Retries(2, _clock).SendAsync(
            _ =>
            {
                var answer = new HttpResponseMessage(++attempts == 1 ? HttpStatusCode.TooManyRequests : HttpStatusCode.OK);
                answer.Headers.RetryAfter = new RetryConditionHeaderValue(TimeSpan.FromSeconds(asked));
                return Task.FromResult(answer);
            },
            TestContext.Current.CancellationToken);
        if (waited > 0)
        {
            _clock.Advance(TimeSpan.FromSeconds(waited) - TimeSpan.FromTicks(1));
            Assert.False(sent.IsCompleted);
            _clock.Advance(TimeSpan.FromTicks(1));
        }

        Assert.Equal(HttpStatusCode.OK, (await sent).StatusCode);
    }

    private static Task<HttpResponseMessage> Outcome(string outcome) => outcome switch
    {
        nameof(HttpRequestException) => throw new HttpRequestException("x"),
        nameof(TimeoutException) => throw new TimeoutException("x"),
        nameof(AnswerTooLargeException) => throw new AnswerTooLargeException(),
        nameof(FormatException) => throw new FormatException("x"),
        _ => Task.FromResult(new HttpResponseMessage((HttpStatusCode)int.Parse(outcome, System.Globalization.CultureInfo.InvariantCulture))),
    };
}
