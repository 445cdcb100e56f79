using System.Net;
using Secrets.Tests.Fakes;

namespace Secrets.Remote.Http;

public sealed class BoundedHandlerTests
{
    private const int MaxBytes = 1000;

    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(10);

    private readonly ManualTimeProvider _clock = new();

    [Fact]
    public async Task A_whole_answer_comes_with_its_headers()
    {
        using HttpMessageInvoker invoker = Invoker((_, _) =>
        {
            var answer = new HttpResponseMessage(HttpStatusCode.Created) { Content = new StringContent("text") };
            answer.Headers.Add("x-request", "1");
            return Task.FromResult(answer);
        });
        using HttpResponseMessage answer = await SendAsync(invoker, TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.Created, "text", "text/plain"), (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), answer.Content.Headers.ContentType?.MediaType));
        Assert.True(answer.Headers.Contains("x-request"));
    }

    [Theory]
    [InlineData(true, 1000, true)]
    [InlineData(true, 1001, false)]
    [InlineData(false, 1000, true)]
    [InlineData(false, 1001, false)]
    public async Task An_answer_is_bounded_whether_it_tells_its_length_or_not(bool tellsLength, int bytes, bool isRead)
    {
        using HttpMessageInvoker invoker = Invoker((_, _) => Task.FromResult(new HttpResponseMessage
        {
            Content = tellsLength ? new ByteArrayContent(new byte[bytes]) : new StreamContent(new Chunks(bytes)),
        }));
        if (isRead)
        {
            using HttpResponseMessage answer = await SendAsync(invoker, TestContext.Current.CancellationToken);
            Assert.Equal(bytes, (await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).Length);
        }
        else
        {
            await Assert.ThrowsAsync<AnswerTooLargeException>(() => SendAsync(invoker, TestContext.Current.CancellationToken));
        }
    }

    [Theory]
    [InlineData("head")]
    [InlineData("body")]
    public async Task The_limit_of_time_is_over_head_and_body(string where)
    {
        using HttpMessageInvoker invoker = Invoker(Hang(where));
        Task<HttpResponseMessage> sent = SendAsync(invoker, TestContext.Current.CancellationToken);
        _clock.Advance(_limit - TimeSpan.FromTicks(1));
        Assert.False(sent.IsCompleted);
        _clock.Advance(TimeSpan.FromTicks(1));
        await Assert.ThrowsAsync<TimeoutException>(() => sent);
    }

    [Theory]
    [InlineData("head")]
    [InlineData("body")]
    public async Task The_caller_s_cancellation_is_no_time_out(string where)
    {
        using var cancellation = new CancellationTokenSource();
        using HttpMessageInvoker invoker = Invoker(Hang(where));
        Task<HttpResponseMessage> sent = SendAsync(invoker, cancellation.Token);
        await cancellation.CancelAsync();
        Assert.Equal(cancellation.Token, (await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sent)).CancellationToken);
    }

    [Fact]
    public async Task A_connection_that_breaks_in_the_body_is_a_failure_of_the_request()
    {
        using HttpMessageInvoker invoker = Invoker((_, _) => Task.FromResult(new HttpResponseMessage { Content = new StreamContent(new Chunks(-1)) }));
        HttpRequestException failure = await Assert.ThrowsAsync<HttpRequestException>(() => SendAsync(invoker, TestContext.Current.CancellationToken));
        Assert.Null(failure.InnerException);
        Assert.Equal("example.org closed the connection before its answer was complete", NetworkFailure.Describe(failure).Problem);
    }

    [Theory]
    [InlineData("head")]
    [InlineData("body")]
    public async Task The_host_of_an_answer_that_took_too_long_is_told(string where)
    {
        using HttpMessageInvoker invoker = Invoker(Hang(where));
        Task<HttpResponseMessage> sent = SendAsync(invoker, TestContext.Current.CancellationToken);
        _clock.Advance(_limit);
        Exception failure = await Assert.ThrowsAsync<TimeoutException>(() => sent);
        Assert.Equal("there was no whole answer of example.org within CallTimeLimit", NetworkFailure.Describe(failure).Problem);
    }

    private static Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> Hang(string where) => where == "head"
        ? async (_, token) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, token);
            return new HttpResponseMessage();
        }
        : (_, _) => Task.FromResult(new HttpResponseMessage { Content = new StreamContent(new Chunks(0)) });

    private HttpMessageInvoker Invoker(Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> answer) =>
        new(new BoundedHandler(new Answers(answer), _limit, MaxBytes, _clock));

    private static async Task<HttpResponseMessage> SendAsync(HttpMessageInvoker invoker, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://example.org/");
        return await invoker.SendAsync(request, cancellationToken);
    }

    private sealed class Answers(Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => answer(request, cancellationToken);
    }

    /// <summary>A body of so many bytes; 0 never gives one, and -1 breaks.</summary>
    private sealed class Chunks : Stream
    {
        private readonly int _bytes;
        private int _left;

        public Chunks(int bytes) => (_bytes, _left) = (bytes, bytes);

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_bytes < 0)
            {
                throw new IOException("broken");
            }

            if (_bytes == 0)
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            }

            int read = Math.Min(Math.Min(7, buffer.Length), _left);
            _left -= read;
            return read;
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
