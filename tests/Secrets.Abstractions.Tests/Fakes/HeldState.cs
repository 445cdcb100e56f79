namespace Secrets.Tests.Fakes;

/// <summary>What a source keeps open from load to load.</summary>
internal sealed class HeldState(bool fails = false) : IAsyncDisposable
{
    private readonly TaskCompletionSource _disposed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Disposed => _disposed.Task;

    public ValueTask DisposeAsync()
    {
        _disposed.TrySetResult();
        return fails ? throw new InvalidOperationException("It cannot be given up.") : ValueTask.CompletedTask;
    }
}
