using Secrets.Loading;
using Secrets.Merging;
using Secrets.Timing;

namespace Secrets.Refreshing;

/// <summary>One load of one source, from the request to the moment at which its result is served. Its owner changes it under a lock.</summary>
internal sealed class RefreshRun(int rank, RefreshGroup group)
{
    private readonly TaskCompletionSource _committed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Continuations run elsewhere, so that the next load does not wait for them.
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int Rank { get; } = rank;

    public RefreshGroup Group { get; } = group;

    /// <summary>Gets or sets a value indicating whether the program asked for it.</summary>
    public bool IsRequested { get; set; }

    /// <summary>Gets the paths whose values a server refused.</summary>
    public HashSet<SecretPath> Rejected { get; } = [];

    /// <summary>Gets or sets when it began to read; until then others may join it.</summary>
    public Moment? StartedAt { get; set; }

    /// <summary>Gets or sets what it asks for, once it has begun.</summary>
    public LoadOrder? Order { get; set; }

    /// <summary>Gets or sets the loads that this one's result is a reason for: they bring what this one's source no longer has, or create a source again from what it has now.</summary>
    public IReadOnlyList<RefreshRun> Followers { get; set; } = [];

    /// <summary>Gets or sets those of <see cref="Followers"/> that must have ended before this one's result is served: they bring what this one's source no longer has.</summary>
    public IReadOnlyList<RefreshRun> Dependents { get; set; } = [];

    /// <summary>Gets or sets what becomes visible once the result is served.</summary>
    public IReadOnlyList<SourceSlot> Results { get; set; } = [];

    /// <summary>Gets or sets the sources that are not asked any more, whose state is disposed once nothing of them is served.</summary>
    public IReadOnlyList<LoadedSource> NoLongerAsked { get; set; } = [];

    /// <summary>Gets or sets the place in the order of all results.</summary>
    public long Sequence { get; set; }

    public bool IsReleased { get; set; }

    /// <summary>Gets a task that ends when the result is known, though not yet served.</summary>
    public Task Committed => _committed.Task;

    /// <summary>Gets a task that ends when the result is served.</summary>
    public Task Done => _done.Task;

    public void Commit() => _committed.TrySetResult();

    public void End(Exception? failure)
    {
        if (failure is null)
        {
            _done.TrySetResult();
        }
        else
        {
            _done.TrySetException(failure);
            _ = _done.Task.Exception;
        }
    }
}
