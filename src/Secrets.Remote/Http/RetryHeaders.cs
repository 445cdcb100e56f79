using System.Globalization;
using System.Net.Http.Headers;

namespace Secrets.Remote.Http;

/// <summary>Reads how long a server asks its callers to wait: <c>Retry-After</c> (RFC 9110, section 10.2.3), or the seconds of <c>X-Ratelimit-Reset</c>, which OpenBao's quotas send.</summary>
internal static class RetryHeaders
{
    // What goes beyond a day is no wait any more.
    private static readonly TimeSpan _longest = TimeSpan.FromDays(1);

    /// <returns>The wait; <see langword="null"/> where no header says one, or it is zero or past.</returns>
    public static TimeSpan? Read(HttpResponseHeaders headers, TimeProvider clock)
    {
        RetryConditionHeaderValue? header = headers.RetryAfter;
        TimeSpan? asked = header?.Delta ?? (header?.Date - clock.GetUtcNow()) ?? Reset(headers);
        return asked > TimeSpan.Zero ? asked < _longest ? asked : _longest : null;
    }

    private static TimeSpan? Reset(HttpResponseHeaders headers) =>
        headers.TryGetValues("X-Ratelimit-Reset", out IEnumerable<string>? values)
        && int.TryParse(values.FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out int seconds)
            ? TimeSpan.FromSeconds(seconds)
            : null;
}
