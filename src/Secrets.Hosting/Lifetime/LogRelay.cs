using Microsoft.Extensions.Logging;

namespace Secrets.Hosting.Lifetime;

/// <summary>Holds what there is to log until the host has a logger: the chain is built before it.</summary>
internal sealed class LogRelay
{
    /// <summary>How many entries are held; further ones are dropped.</summary>
    private const int MaxHeld = 1_000;

    private readonly Lock _lock = new();
    private readonly List<Action<ILogger>> _held = [];
    private ILogger? _logger;

    public void Log(Action<ILogger> entry)
    {
        ILogger? logger;
        lock (_lock)
        {
            logger = _logger;
            if (logger is null && _held.Count < MaxHeld)
            {
                _held.Add(entry);
            }
        }

        if (logger is not null)
        {
            entry(logger);
        }
    }

    /// <summary>Logs what was held, and everything from now on.</summary>
    public void Attach(ILogger logger)
    {
        Action<ILogger>[] held;
        lock (_lock)
        {
            _logger = logger;
            held = [.. _held];
            _held.Clear();
        }

        foreach (Action<ILogger> entry in held)
        {
            entry(logger);
        }
    }
}
