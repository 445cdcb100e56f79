using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Secrets.Hosting.Lifetime;

namespace Secrets.Hosting.OptionsBinding;

/// <summary>
/// Keeps the last options that could be created: a rotated value that does not bind or validate is logged and shown by the health check, and never breaks
/// <c>IOptionsMonitor</c> (which would stay broken until the next good value, dotnet/runtime#44381). The first options have to be good.
/// </summary>
internal sealed class LastGoodOptionsFactory<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] T>(
    IOptionsFactory<T> factory, IReadOnlySet<string> boundNames, RejectedOptions rejected, ILogger logger) : IOptionsFactory<T>
    where T : class
{
    private readonly ConcurrentDictionary<string, Attempts> _attempts = new(StringComparer.Ordinal);

    public T Create(string name)
    {
        _ = TryCreate(name, out T options);
        return options;
    }

    /// <summary>Creates options, or gives the last good ones.</summary>
    /// <returns>Whether they are new.</returns>
    public bool TryCreate(string name, out T options)
    {
        if (!boundNames.Contains(name))
        {
            options = factory.Create(name);
            return true;
        }

        Attempts attempts = _attempts.GetOrAdd(name, _ => new Attempts());
        long attempt = attempts.Begin();
        try
        {
            options = factory.Create(name);
        }
        catch (Exception failure) when (attempts.LastGood is not null)
        {
            options = attempts.LastGood;
            if (attempts.End(attempt, good: null) && rejected.Add(typeof(T), name, Rejection.CodeOf(failure)))
            {
                HostLog.OptionsRejected(logger, RejectedOptions.Describe(typeof(T), name), Rejection.CodeOf(failure), Rejection.ReasonOf(failure));
            }

            return false;
        }

        if (attempts.End(attempt, options) && rejected.Remove(typeof(T), name))
        {
            HostLog.OptionsAccepted(logger, RejectedOptions.Describe(typeof(T), name));
        }

        return true;
    }

    /// <summary>Orders attempts that overlap: one that began earlier, and read an older snapshot, changes nothing that a later one has said.</summary>
    private sealed class Attempts
    {
        private readonly Lock _lock = new();
        private long _begun;
        private long _ended;

        public T? LastGood { get; private set; }

        public long Begin() => Interlocked.Increment(ref _begun);

        /// <returns><see langword="false"/> where a later attempt has ended already.</returns>
        public bool End(long attempt, T? good)
        {
            lock (_lock)
            {
                if (attempt < _ended)
                {
                    return false;
                }

                _ended = attempt;
                LastGood = good ?? LastGood;
                return true;
            }
        }
    }
}
