using System.Net;
using System.Net.Http.Headers;

namespace Secrets.Remote.Http;

/// <summary>
/// Tries a call again that failed in a way that may pass: no connection, no answer in time, 408, 429 and 5xx. It waits a quarter of a second, then twice as long each
/// time, up to half of it left to chance so that many programs do not ask at once; or as long as <c>Retry-After</c> says (RFC 9110, section 10.2.3), up to half a minute.
/// </summary>
internal sealed class Retries(int maxAttempts, TimeProvider timeProvider)
{
    private static readonly TimeSpan _first = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(30);

    /// <summary>Gives the last attempt's answer, whatever it is, or throws what the last attempt failed with.</summary>
    public async Task<HttpResponseMessage> SendAsync(Func<CancellationToken, Task<HttpResponseMessage>> send, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            TimeSpan wait = Backoff(attempt);
            try
            {
                HttpResponseMessage answer = await send(cancellationToken).ConfigureAwait(false);
                if (attempt >= maxAttempts || !MayPass(answer.StatusCode))
                {
                    return answer;
                }

                wait = AskedFor(answer.Headers.RetryAfter) ?? wait;
                answer.Dispose();
            }
            catch (Exception failure) when (failure is HttpRequestException or TimeoutException && attempt < maxAttempts)
            {
                // Tried again below.
            }

            await Task.Delay(wait, timeProvider, cancellationToken).ConfigureAwait(false);
        }
    }

    private static bool MayPass(HttpStatusCode status) => status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError;

    private static TimeSpan Backoff(int attempt)
    {
        TimeSpan whole = _first * Math.Pow(2, attempt - 1);
        return whole / 2 + (whole / 2 * Random.Shared.NextDouble());
    }

    private TimeSpan? AskedFor(RetryConditionHeaderValue? header)
    {
        TimeSpan? asked = header?.Delta ?? (header?.Date - timeProvider.GetUtcNow());
        return asked is { } wait ? wait < TimeSpan.Zero ? TimeSpan.Zero : wait > _longest ? _longest : wait : null;
    }
}
