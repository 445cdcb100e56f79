namespace Secrets.Remote.Loading;

/// <summary>The limits that all remote sources have, copied with the options of one, which a program may go on to change.</summary>
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
