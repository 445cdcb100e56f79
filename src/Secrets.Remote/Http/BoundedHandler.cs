namespace Secrets.Remote.Http;

/// <summary>
/// Gives each attempt of a call a limit of time and of size over its head and its body: what comes out is complete, or is an exception.
/// A time limit of <see cref="HttpClient"/> ends with the head, and a body that drips hangs.
/// </summary>
internal sealed class BoundedHandler(HttpMessageHandler inner, TimeSpan timeLimit, int maxBytes, TimeProvider timeProvider, Func<string, string?>? refusalOf = null) : DelegatingHandler(inner)
{
    /// <exception cref="TimeoutException">The attempt took longer than its limit.</exception>
    /// <exception cref="AnswerTooLargeException">The answer is larger than its limit.</exception>
    /// <exception cref="HttpRequestException">There was no connection, or it broke.</exception>
    /// <exception cref="OperationCanceledException">The caller's token was cancelled.</exception>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(timeLimit, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        HttpResponseMessage? answer = null;
        try
        {
            answer = await base.SendAsync(request, either.Token).ConfigureAwait(false);
            HttpContent partial = answer.Content;
            answer.Content = await ReadAsync(partial, either.Token).ConfigureAwait(false);
            partial.Dispose();
            return answer;
        }
        catch (Exception failure)
        {
            answer?.Dispose();
            cancellationToken.ThrowIfCancellationRequested();
            Exception told = failure switch
            {
                _ when limit.IsCancellationRequested => new TimeoutException("An attempt took longer than its limit."),
                IOException => new HttpRequestException(HttpRequestError.ResponseEnded, "The connection broke while the answer was read."),
                _ => failure,
            };
            if (told is HttpRequestException or TimeoutException)
            {
                NetworkFailure.Mark(told, request.RequestUri, request.RequestUri is { } uri ? refusalOf?.Invoke(uri.Host) : null);
            }

            throw told;
        }
    }

    private async Task<ByteArrayContent> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        if (content.Headers.ContentLength > maxBytes)
        {
            throw new AnswerTooLargeException();
        }

        using var body = new MemoryStream();
        using Stream stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        byte[] buffer = new byte[16 * 1024];
        for (int read; (read = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0;)
        {
            if (body.Length + read > maxBytes)
            {
                throw new AnswerTooLargeException();
            }

            body.Write(buffer, 0, read);
        }

        var whole = new ByteArrayContent(body.ToArray());
        foreach ((string name, IEnumerable<string> values) in content.Headers)
        {
            whole.Headers.TryAddWithoutValidation(name, values);
        }

        return whole;
    }
}
