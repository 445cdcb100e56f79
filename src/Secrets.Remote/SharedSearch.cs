namespace Secrets.Remote;

/// <summary>A vendor's search for credentials, on another thread: what is under way is waited for by all, what was found is kept, and what failed is tried again.</summary>
internal sealed class SharedSearch<T>(Func<Task<T>> find)
{
    private readonly Lock _lock = new();
    private Task<T>? _search;

    public Task<T> FindAsync()
    {
        lock (_lock)
        {
            if (_search is null or { IsFaulted: true } or { IsCanceled: true })
            {
                _search = Task.Run(find, CancellationToken.None);
            }

            return _search;
        }
    }
}
