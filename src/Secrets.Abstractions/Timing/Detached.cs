namespace Secrets.Timing;

/// <summary>
/// Starts what outlives its caller, such as a timer: it must not keep the caller's request alive, nor need the caller's thread to go on.
/// </summary>
internal static class Detached
{
    public static T Start<T>(Func<T> start)
    {
        SynchronizationContext? context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        AsyncFlowControl? flow = ExecutionContext.IsFlowSuppressed() ? null : ExecutionContext.SuppressFlow();
        try
        {
            return start();
        }
        finally
        {
            flow?.Undo();
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }
}
