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

    private static RemoteMap OneSecret()
    {
        var map = new RemoteMap();
        map.AddSecret(new RemoteName("name"), at: "path", format: null);
        return map;
    }

    private sealed class Options : SecretsRemoteSourceOptions;

    private sealed class HangingSource() : RemoteSource("hanging", OneSecret(), new Options())
    {
        protected override IRemoteStore StoreFor(SecretsRequest request) => new HangingStore();
    }

    private sealed class HangingStore : IRemoteStore
    {
        public string Place => "There";

        public NameRules Rules { get; } = new("/", "abc", "letters");

        public int CountCalls(IReadOnlyCollection<RemoteName> names) => 1;

        public async Task<IReadOnlyList<RemoteSecret>> FetchAsync(IReadOnlyCollection<RemoteName> names, CancellationToken cancellationToken)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            return [];
        }

        public Task<IReadOnlyList<RemoteListing>> ListAsync(string prefix, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<RemoteListing>>([]);

        public Task<IReadOnlyList<RemoteListing>?> CheckAsync(IReadOnlyCollection<RemoteName> names, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<RemoteListing>?>(null);
    }
}
