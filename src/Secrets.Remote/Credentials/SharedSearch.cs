namespace Secrets.Remote.Credentials;

/// <summary>A vendor's search for credentials, on another thread. Concurrent callers share one search. A result is cached; a failure is not.</summary>
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

    /// <summary>Drops the cached result, if it is still this one, so that the next caller searches again.</summary>
    public void Forget(T found)
    {
        lock (_lock)
        {
            if (_search is { IsCompletedSuccessfully: true } && ReferenceEquals(_search.Result, found))
            {
                _search = null;
            }
        }
    }
}
