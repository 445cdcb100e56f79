namespace Secrets.Remote.Loading;

/// <summary>Copies the limits that all remote sources have. A program may change its options after it added the source.</summary>
internal static class RemoteLimits
{
    public static T WithLimitsOf<T>(this T copy, RemoteSourceOptions options)
        where T : RemoteSourceOptions
    {
        copy.CallTimeLimit = options.CallTimeLimit;
        copy.LoadTimeLimit = options.LoadTimeLimit;
        copy.MaxAttempts = options.MaxAttempts;
        copy.MaxConcurrentCalls = options.MaxConcurrentCalls;
        copy.MaxAnswerBytes = options.MaxAnswerBytes;
        return copy;
    }
}
