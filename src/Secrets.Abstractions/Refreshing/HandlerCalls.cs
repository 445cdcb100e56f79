using Secrets.Merging;

namespace Secrets.Refreshing;

/// <summary>Calls the program's handlers. A handler that throws becomes a warning, until it is called again without throwing.</summary>
internal sealed class HandlerCalls(WarningLog warnings)
{
    // Only the queue's thread uses it.
    private readonly HashSet<Delegate> _failing = [];

    /// <param name="handler">The handler, by which its failures are told apart.</param>
    /// <param name="call">Calls it.</param>
    /// <param name="isRaised">False for a handler of warnings, which would otherwise be called about its own failure again and again.</param>
    public void Call(Delegate handler, Action call, bool isRaised = true)
    {
        try
        {
            call();
            Forget(handler);
        }
        catch (Exception failure)
        {
            _failing.Add(handler);
            var warning = new SecretsWarning(
                SecretsWarningCode.HandlerFailed,
                $"A handler threw {failure.GetType().FullName}; its message is not shown, because it may quote a secret. Catch the exception in the handler.",
                sourceName: null,
                path: null);
            warnings.Replace(GroupOf(handler), [warning], isRaised);
        }
    }

    /// <summary>Removes the warning about a handler that is no longer called, or no longer throws.</summary>
    public void Forget(Delegate handler)
    {
        if (_failing.Remove(handler))
        {
            warnings.Replace(GroupOf(handler), []);
        }
    }

    private static object GroupOf(Delegate handler) => ("handler", handler);
}
