using Secrets.Tests.Fakes;

namespace Secrets.Remote.Calls;

public class RemoteCallsTests
{
    private static readonly RemoteName[] _names = [new("a"), new("b"), new("c")];

    private readonly ManualTimeProvider _clock = new();
    private readonly RemoteCalls _calls;
    private readonly List<string> _asked = [];

    public RemoteCallsTests()
    {
        _calls = new(new Failures(), "fake#1", () => "the store", new CallPace(1), new LoadTime(TimeSpan.FromMinutes(1), _clock), maxAttempts: 3);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_version_is_looked_at_and_what_is_missing_left_out()
    {
        IReadOnlyList<RemoteMetadata>? found = await CheckAsync(new() { ["b"] = new MissingException() });
        Assert.Equal(["a=1", "c=1"], found!.Select(f => $"{f.Name}={f.Stamp}"));
        Assert.Equal(["a=1", "b=1"], (await CheckAsync(new() { ["c"] = null }))!.Select(f => $"{f.Name}={f.Stamp}"));
    }

    [Fact]
    public async Task A_version_that_may_not_be_looked_at_has_no_stamp()
    {
        IReadOnlyList<RemoteMetadata>? found = await CheckAsync(new() { ["b"] = new DeniedException() });
        Assert.Equal(["a=1", "b=", "c=1"], found!.Select(f => $"{f.Name}={f.Stamp}"));
    }

    [Fact]
    public async Task Where_the_first_version_may_not_be_looked_at_no_other_is_asked_for()
    {
        Assert.Null(await CheckAsync(new() { ["a"] = new DeniedException() }));
        Assert.Equal(["a"], _asked);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("c")]
    public async Task A_version_whose_look_fails_leaves_the_others(string broken)
    {
        IReadOnlyList<RemoteMetadata>? found = await CheckAsync(new() { [broken] = new BrokenException() });
        Assert.Equal(3, found!.Count);
        RemoteAnswer failed = Assert.Single(found, f => f.Answer is not null).Answer!;
        Assert.Equal((broken, SecretsErrorCode.InvalidFormat, broken, false), (failed.Name.Name, failed.Failure!.Code, failed.Failure.NativeName, failed.IsStoreOut));
    }

    [Fact]
    public async Task Nothing_is_looked_at_where_there_is_nothing() =>
        Assert.Empty((await _calls.CheckEachAsync([], (_, _) => throw new BrokenException(), Token))!);

    [Fact]
    public async Task A_secret_that_is_missing_or_denied_leaves_the_others()
    {
        IReadOnlyList<RemoteAnswer> found = await FetchAsync(new() { ["a"] = new MissingException(), ["b"] = new DeniedException() });
        Assert.Equal(["a: missing", "b: AccessDenied of b", "c: 1"], found.Select(f => $"{f.Name}: {Told(f)}"));
    }

    [Fact]
    public async Task A_version_that_is_pinned_is_named()
    {
        IReadOnlyList<RemoteAnswer> found = await _calls.FetchEachAsync([new RemoteName("a", "7")], (_, _) => throw new DeniedException(), Token);
        Assert.Contains("a (version 7) in the store", Assert.Single(found).Failure!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_is_out_fails_every_secret_with_one_call()
    {
        IReadOnlyList<RemoteAnswer> found = await FetchAsync(new() { ["a"] = new OutException(), ["b"] = new OutException(), ["c"] = new OutException() });
        Assert.All(found, f => Assert.True(f.IsStoreOut));
        Assert.All(found, f => Assert.Equal(SecretsErrorCode.Unavailable, f.Failure!.Code));
        Assert.Equal(["a"], _asked);
    }

    [Fact]
    public async Task A_call_that_failed_in_a_way_that_may_pass_is_made_again_up_to_the_number_of_attempts()
    {
        int calls = 0;
        Task<int> call = _calls.CallAsync(_ => ++calls < 3 ? throw new PassingException() : Task.FromResult(calls), Token);
        await AdvanceUntilAsync(call);
        Assert.Equal(3, await call);

        calls = -10;
        Task<int> failing = _calls.CallAsync(_ => ++calls < 3 ? throw new PassingException() : Task.FromResult(calls), Token);
        await AdvanceUntilAsync(failing);
        await Assert.ThrowsAsync<PassingException>(() => failing);
        Assert.Equal(-7, calls);
    }

    [Fact]
    public async Task A_call_that_creates_something_is_not_made_again_where_it_may_have_arrived()
    {
        int calls = 0;
        await Assert.ThrowsAsync<PassingException>(() => _calls.CallAsync<int>(_ => throw (++calls > 0 ? new PassingException() : null!), Token, isRepeatable: false));
        Assert.Equal(1, calls);
    }

    [Fact]
    public async Task A_call_that_is_refused_for_too_many_is_made_again_until_the_load_is_over()
    {
        int calls = 0;
        Task<int> call = _calls.CallAsync(_ => ++calls < 7 ? throw new ThrottledException() : Task.FromResult(calls), Token, isRepeatable: false);
        await AdvanceUntilAsync(call);
        Assert.Equal(7, await call);

        Task<int> failing = _calls.CallAsync<int>(_ => throw new ThrottledException(), Token);
        await AdvanceUntilAsync(failing);
        await Assert.ThrowsAsync<ThrottledException>(() => failing);
    }

    [Fact]
    public async Task What_is_no_failure_of_the_vendor_s_is_passed_on()
    {
        await Assert.ThrowsAsync<InvalidTimeZoneException>(() => FetchAsync(new() { ["b"] = new InvalidTimeZoneException() }));
        await Assert.ThrowsAsync<InvalidTimeZoneException>(() => CheckAsync(new() { ["a"] = new InvalidTimeZoneException() }));
        await Assert.ThrowsAsync<InvalidTimeZoneException>(() => _calls.RunAsync<int>(_ => throw new InvalidTimeZoneException(), nativeName: null, Token));
    }

    [Fact]
    public void The_caller_s_cancellation_is_passed_on_and_another_is_a_failure()
    {
        var calls = new RemoteCalls(RemoteFailures.Default, "fake", () => "the store", new CallPace(1), new LoadTime(TimeSpan.FromMinutes(1), _clock), maxAttempts: 1);
        Assert.Null(calls.Find(new OperationCanceledException(), new CancellationToken(canceled: true)));
        Assert.NotNull(calls.Find(new OperationCanceledException(), CancellationToken.None));
    }

    [Fact]
    public async Task A_listing_is_read_to_its_last_page_and_an_empty_one_is_not_the_last()
    {
        IReadOnlyList<RemoteMetadata> found = await _calls.ListAsync(
            "prod/",
            (token, _) => Task.FromResult<(IEnumerable<RemoteMetadata>, string?)>(token switch
            {
                null => ([Listing("a")], "2"),
                "2" => ([], "3"),
                _ => ([Listing("b")], ""),
            }),
            Token);
        Assert.Equal(["a", "b"], found.Select(f => f.Name.Name));
    }

    [Fact]
    public async Task A_listing_that_fails_says_of_what_it_was()
    {
        SecretsSourceException failure = await Assert.ThrowsAsync<SecretsSourceException>(() => _calls.ListAsync("prod/", (_, _) => throw new DeniedException(), Token));
        Assert.Equal((SecretsErrorCode.AccessDenied, "prod/*"), (failure.Code, failure.NativeName));
    }

    [Fact]
    public async Task A_listing_without_end_is_malformed()
    {
        SecretsSourceException failure = await Assert.ThrowsAsync<SecretsSourceException>(
            () => _calls.ListAsync("prod/", (_, _) => Task.FromResult<(IEnumerable<RemoteMetadata>, string?)>(([], "a")), Token));
        Assert.Equal((SecretsErrorCode.InvalidFormat, "fake#1", "prod/*"), (failure.Code, failure.SourceName, failure.NativeName));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task So_many_run_at_once_and_no_more(int most)
    {
        var calls = new RemoteCalls(new Failures(), "fake", () => "the store", new CallPace(most), new LoadTime(TimeSpan.FromMinutes(1), _clock), maxAttempts: 1);
        int now = 0;
        int peak = 0;
        await calls.FetchEachAsync(
            [.. Enumerable.Range(0, 30).Select(i => new RemoteName($"{i}"))],
            (name, c) => calls.CallAsync(
                async _ =>
                {
                    int running = Interlocked.Increment(ref now);
                    InterlockedMax(ref peak, running);
                    await Task.Yield();
                    Interlocked.Decrement(ref now);
                    return new RemoteAnswer(name);
                },
                c),
            Token);
        Assert.InRange(peak, 1, most);
    }

    private static void InterlockedMax(ref int target, int value)
    {
        int seen;
        while ((seen = Volatile.Read(ref target)) < value && Interlocked.CompareExchange(ref target, value, seen) != seen)
        {
        }
    }

    private async Task AdvanceUntilAsync(Task task)
    {
        while (!task.IsCompleted)
        {
            if (_clock.NextDue is { } due)
            {
                _clock.Advance(due);
            }

            await Task.Yield();
        }
    }

    private static RemoteMetadata Listing(string name) => new() { Name = new RemoteName(name), Stamp = "1" };

    private static string Told(RemoteAnswer secret) =>
        secret.IsMissing ? "missing" : secret.Failure is { } failure ? $"{failure.Code} of {failure.NativeName}" : secret.Secret!.Text!;

    private Task<IReadOnlyList<RemoteMetadata>?> CheckAsync(Dictionary<string, Exception?> failures) =>
        _calls.CheckEachAsync(_names, (name, c) => _calls.CallAsync(_ => Task.FromResult(Ask(name, failures) ? Listing(name.Name) : null), c), Token);

    private Task<IReadOnlyList<RemoteAnswer>> FetchAsync(Dictionary<string, Exception?> failures) =>
        _calls.FetchEachAsync(
            _names, (name, c) => _calls.CallAsync(_ => Task.FromResult(new RemoteAnswer(name) { Secret = Ask(name, failures) ? new RemoteSecret("1") : null }), c), Token);

    private bool Ask(RemoteName name, Dictionary<string, Exception?> failures)
    {
        _asked.Add(name.Name);
        return !failures.TryGetValue(name.Name, out Exception? failure) || (failure is null ? false : throw failure);
    }

    private sealed class MissingException : Exception;

    private sealed class DeniedException : Exception;

    private sealed class BrokenException : Exception;

    private sealed class PassingException : Exception;

    private sealed class ThrottledException : Exception;

    private sealed class OutException : Exception;

    private sealed class Failures : RemoteFailures
    {
        public override RemoteFailure? Find(Exception failure) => failure switch
        {
            InvalidTimeZoneException or OperationCanceledException => null,
            MissingException => new RemoteFailure(RemoteFailureKind.Missing, SecretsErrorCode.InvalidFormat, "x"),
            DeniedException => new RemoteFailure(RemoteFailureKind.Denied, SecretsErrorCode.AccessDenied, "x"),
            ThrottledException => new RemoteFailure(RemoteFailureKind.Throttled, SecretsErrorCode.InvalidFormat, "x"),
            OutException => new RemoteFailure(RemoteFailureKind.Store, SecretsErrorCode.Unavailable, "x"),
            _ => new RemoteFailure(RemoteFailureKind.Secret, SecretsErrorCode.InvalidFormat, "x") { IsTransient = failure is PassingException },
        };
    }
}
