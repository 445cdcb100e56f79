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
    private readonly ConcurrentDictionary<string, T> _lastGood = new(StringComparer.Ordinal);

    public T Create(string name) => TryCreate(name, out T options) || boundNames.Contains(name) ? options : factory.Create(name);

    /// <summary>Creates options, or gives the last good ones.</summary>
    /// <returns>Whether they are new.</returns>
    public bool TryCreate(string name, out T options)
    {
        try
        {
            options = factory.Create(name);
        }
        catch (Exception failure) when (_lastGood.TryGetValue(name, out T? last))
        {
            if (rejected.Add(typeof(T), name, Rejection.CodeOf(failure)))
            {
                HostLog.OptionsRejected(logger, typeof(T).Name, name, Rejection.CodeOf(failure));
            }

            options = last;
            return false;
        }

        if (boundNames.Contains(name))
        {
            _lastGood[name] = options;
            if (rejected.Remove(typeof(T), name))
            {
                HostLog.OptionsAccepted(logger, typeof(T).Name, name);
            }
        }

        return true;
    }
}
