using Secrets.Remote.Calls;
using Secrets.Remote.Loading;
using Secrets.Tests.Fakes;

namespace Secrets.Remote;

public sealed class RemoteSourceTests
{
    private readonly ManualTimeProvider _clock = new();

    [Fact]
    public async Task A_load_ends_within_its_limit()
    {
        ValueTask<SecretsBatch> load = new HangingSource().LoadAsync(new SecretsRequest("hanging#2", timeProvider: _clock), TestContext.Current.CancellationToken);
        _clock.Advance(TimeSpan.FromSeconds(59));
        Assert.False(load.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(1));
        SecretsSourceException failure = await Assert.ThrowsAsync<SecretsSourceException>(() => load.AsTask());
        Assert.Equal((SecretsErrorCode.Unavailable, "hanging#2"), (failure.Code, failure.SourceName));
        Assert.Equal("There did not give everything within 60 s (LoadTimeLimit).", failure.Message);
    }

    [Fact]
    public async Task The_caller_s_cancellation_carries_the_caller_s_token()
    {
        using var cancellation = new CancellationTokenSource();
        ValueTask<SecretsBatch> load = new HangingSource().LoadAsync(new SecretsRequest("hanging", timeProvider: _clock), cancellation.Token);
        await cancellation.CancelAsync();
        Assert.Equal(cancellation.Token, (await Assert.ThrowsAnyAsync<OperationCanceledException>(() => load.AsTask())).CancellationToken);
    }

    [Fact]
    public async Task What_the_store_holds_goes_on_with_the_batch_and_what_runs_out_says_when_to_read_again()
    {
        var source = new HoldingSource(r => new FakeStore(Found) { Due = r.Previous is null ? TimeSpan.FromMinutes(1) : TimeSpan.FromMinutes(2) });
        SecretsBatch first = await source.LoadAsync(new SecretsRequest("holding"), TestContext.Current.CancellationToken);
        Assert.Equal(TimeSpan.FromMinutes(1), first.RefreshAfter);
        Assert.IsType<HeldState>(first.State);

        SecretsBatch second = await source.LoadAsync(new SecretsRequest("holding") { Previous = first }, TestContext.Current.CancellationToken);
        Assert.Equal(TimeSpan.FromMinutes(2), second.RefreshAfter);
        Assert.Same(first.Entries.Single(), second.Entries.Single());

        SecretsBatch third = await source.LoadAsync(new SecretsRequest("holding") { Previous = second }, TestContext.Current.CancellationToken);
        Assert.Same(second, third);
    }

    [Fact]
    public async Task A_state_that_begins_anew_is_taken_although_nothing_was_read()
    {
        var source = new HoldingSource(r => new FakeStore(Found) { KeepsState = r.Previous is null });
        SecretsBatch first = await source.LoadAsync(new SecretsRequest("holding"), TestContext.Current.CancellationToken);
        SecretsBatch second = await source.LoadAsync(new SecretsRequest("holding") { Previous = first }, TestContext.Current.CancellationToken);
        Assert.NotSame(first.State, second.State);
        Assert.Same(first.Entries.Single(), second.Entries.Single());
    }

    [Theory]
    [InlineData("1", "1", true)]
    [InlineData("1", "2", false)]
    [InlineData(null, null, false)]
    public async Task What_was_read_stays_where_its_stamp_says_so_and_is_read_again_where_it_has_none(string? before, string? after, bool stays)
    {
        string? stamp = before;
        var source = new HoldingSource(_ => new FakeStore((_, _) =>
            Task.FromResult<RemoteSecret?>(new RemoteSecret("x") { Version = "1", Stamp = stamp })) { Stamp = after });
        SecretsBatch first = await source.LoadAsync(new SecretsRequest("holding"), TestContext.Current.CancellationToken);
        stamp = after;
        SecretsBatch second = await source.LoadAsync(new SecretsRequest("holding") { Previous = first }, TestContext.Current.CancellationToken);
        Assert.Equal(stays, ReferenceEquals(first.Entries.Single(), second.Entries.Single()));
    }

    [Fact]
    public async Task What_a_load_that_fails_began_to_hold_is_given_up()
    {
        var store = new FakeStore((_, _) => throw new SecretsSourceException(SecretsErrorCode.Unavailable, "It is away.", "holding"));
        await Assert.ThrowsAsync<SecretsSourceException>(() => new HoldingSource(_ => store).LoadAsync(new SecretsRequest("holding"), TestContext.Current.CancellationToken).AsTask());
        Assert.True(store.IsDiscarded);
    }

    [Fact]
    public async Task A_load_that_asks_for_nothing_reads_nothing()
    {
        var source = new HoldingSource(_ => new FakeStore((_, _) => throw new InvalidOperationException()));
        SecretsBatch batch = await source.LoadAsync(new SecretsRequest("holding", []), TestContext.Current.CancellationToken);
        Assert.Empty(batch.Entries);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_load_that_is_cancelled_or_out_of_time_does_not_wait_for_what_is_given_up(bool isCancelled)
    {
        using var cancellation = new CancellationTokenSource();
        var store = new FakeStore(async (_, c) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, c);
            return null;
        }) { Discarding = new TaskCompletionSource().Task };
        Task<SecretsBatch> load = new HoldingSource(_ => store).LoadAsync(new SecretsRequest("holding", timeProvider: _clock), cancellation.Token).AsTask();
        if (isCancelled)
        {
            await cancellation.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => load);
        }
        else
        {
            _clock.Advance(TimeSpan.FromSeconds(60));
            await Assert.ThrowsAsync<SecretsSourceException>(() => load);
        }

        Assert.True(store.IsDiscarded);
    }

    private static Task<RemoteSecret?> Found(RemoteName name, CancellationToken cancellationToken) =>
        Task.FromResult<RemoteSecret?>(new RemoteSecret("x") { Location = name.Name, Version = "1", Stamp = "1" });

    private sealed class Options : RemoteSourceOptions
    {
        public Options() => AddSecret(new RemoteName("name"), at: "path");
    }

    private sealed class HangingSource() : RemoteSource(
        "hanging",
        _ => new FakeStore(async (_, c) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, c);
            return null;
        }),
        new Options());

    private sealed class HoldingSource(Func<SecretsRequest, FakeStore> store) : RemoteSource("holding", request => store(request), new Options());

    private sealed class HeldState(IReadOnlyList<RemoteRead> reads) : RemoteState(reads);

    private sealed class FakeStore(Func<RemoteName, CancellationToken, Task<RemoteSecret?>> read) : IRemoteSession
    {
        public string Place => "There";

        public RemoteNameRules NameRules { get; } = new("/", "abc", "letters");

        public TimeSpan? Due { get; init; }

        public string? Stamp { get; init; } = "1";

        public bool KeepsState { get; init; } = true;

        public bool IsDiscarded { get; private set; }

        public int CountCalls(IReadOnlyCollection<RemoteName> names) => 1;

        public IReadOnlyList<string> Warnings => [];

        public Task BeginAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task<RemoteSecret?> ReadAsync(RemoteName name, CancellationToken cancellationToken) => read(name, cancellationToken);

        public void Reject(RemoteRead refused)
        {
        }

        public Task<IReadOnlyList<RemoteMetadata>> ListAsync(string prefix, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<RemoteMetadata>>([]);

        public Task<IReadOnlyList<RemoteMetadata>?> CheckAsync(IReadOnlyDictionary<RemoteName, string> stamps, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<RemoteMetadata>?>([.. stamps.Keys.Select(n => new RemoteMetadata { Name = n, Stamp = Stamp })]);

        public TimeSpan? RefreshAfter(IReadOnlyList<RemoteRead> reads) => Due;

        public RemoteState StateOf(IReadOnlyList<RemoteRead> reads) => new HeldState(reads);

        public Task Discarding { get; init; } = Task.CompletedTask;

        public ValueTask DiscardAsync()
        {
            IsDiscarded = true;
            return new ValueTask(Discarding);
        }
    }
}
