using Secrets.Tests.Fakes;

namespace Secrets.Tests.Loading;

public class ChainLoaderTests
{
    [Fact]
    public async Task Local_sources_load_in_parallel()
    {
        var second = new TaskCompletionSource();
        var one = new FakeSource("one", "a = 1") { Gate = second.Task };
        var two = new FakeSource("two", _ =>
        {
            second.SetResult();
            return SecretsBatch.Empty;
        });

        await using SecretsStore store = await Chains.Of(one, two).BuildAsync(TestContext.Current.CancellationToken);

        Assert.Equal("1", store.GetString("a"));
    }

    [Fact]
    public async Task Without_requirements_remote_sources_load_in_parallel_and_give_everything()
    {
        var both = new Meeting(2);
        var one = new FakeRemoteSource("one", "a = 1; b = 1") { Before = both.Arrive };
        var two = new FakeRemoteSource("two", "b = 2; c = 2") { Before = both.Arrive };

        await using SecretsStore store = await Chains.Of(one, two).BuildAsync(TestContext.Current.CancellationToken);

        Assert.Equal("a=1@one; b=1@one; c=2@two", Chains.Show(store));
        Assert.Equal(("*", "*"), (one.Asked, two.Asked));
    }

    [Fact]
    public void Remote_sources_load_after_all_local_ones_wherever_they_stand()
    {
        var local = new FakeSource("toml", "b = 1");
        int localLoads = -1;
        var remote = new FakeRemoteSource("aws", "a = 1")
        {
            Before = _ =>
            {
                localLoads = local.Threads.Count;
                return Task.CompletedTask;
            },
        };

        using SecretsStore store = Chains.Of(remote, local).Build();

        Assert.Equal(1, localLoads);
    }

    [Theory]
    // The second is asked for what the first does not have.
    [InlineData("a = 1; b = 1; c = 1", "a, b, c", "-")]
    [InlineData("a = 1", "a, b, c", "b, c")]
    [InlineData("", "a, b, c", "a, b, c")]
    public void With_requirements_two_remote_sources_load_in_waves(string first, string askedOfFirst, string askedOfSecond)
    {
        var one = new FakeRemoteSource("one", first);
        var two = new FakeRemoteSource("two", "a = 2; b = 2; c = 2");
        using SecretsStore store = Chains.Of(new FakeSource("toml", ""), one, two).Require("a", "b", "c").Build();

        Assert.Equal(askedOfFirst, one.Asked);
        Assert.Equal(askedOfSecond, two.Asked);
    }

    [Fact]
    public void Under_last_wins_the_waves_are_reversed()
    {
        var first = new FakeRemoteSource("first", "a = 1; b = 1");
        var last = new FakeRemoteSource("last", "a = 2");
        using SecretsStore store = Chains.Of(first, last).WithPrecedence(SecretsPrecedence.LastWins).Require("a", "b").Build();

        Assert.Equal(("b", "a, b"), (first.Asked, last.Asked));
        Assert.Equal("a=2@last; b=1@first", Chains.Show(store));
    }

    [Fact]
    public void A_failed_remote_source_does_not_yield_to_the_next()
    {
        var next = new FakeRemoteSource("next", "a = 1");

        SecretsSourceException failure = Assert.Throws<SecretsSourceException>(
            Chains.Of(FakeRemoteSource.Failing("aws", SecretsErrorCode.Unavailable), next).Require("a").Build);

        Assert.Equal((SecretsErrorCode.Unavailable, "aws"), (failure.Code, failure.SourceName));
        Assert.Equal(0, next.Calls);
    }

    [Theory]
    [InlineData(SecretsErrorCode.AccessDenied)]
    [InlineData(SecretsErrorCode.Unavailable)]
    [InlineData(SecretsErrorCode.InvalidFormat)]
    [InlineData(SecretsErrorCode.InvalidConfiguration)]
    [InlineData(SecretsErrorCode.NotFound)]
    [InlineData(SecretsErrorCode.Unknown)]
    public void A_failed_local_source_fails_the_build_with_its_code_and_no_remote_one_is_contacted(SecretsErrorCode code)
    {
        var remote = new FakeRemoteSource("aws");

        SecretsSourceException failure = Assert.Throws<SecretsSourceException>(Chains.Of(FakeSource.Failing("toml", code), new FakeSource("memory", "a = 1"), remote).Build);

        Assert.Equal(code, failure.Code);
        Assert.Equal("toml failed.", failure.Message);
        Assert.Equal(0, remote.Calls);
    }

    [Fact]
    public void Several_failures_are_told_together()
    {
        SecretsSourceException failure = Assert.Throws<SecretsSourceException>(Chains.Of(
            FakeSource.Failing("one", SecretsErrorCode.AccessDenied), new FakeSource("ok", ""), FakeSource.Failing("two", SecretsErrorCode.Unavailable)).Build);

        Assert.Equal(SecretsErrorCode.AccessDenied, failure.Code);
        Assert.Contains("2 sources failed:", failure.Message);
        Assert.Contains("one failed.", failure.Message);
        Assert.Contains("two failed.", failure.Message);
    }

    [Fact]
    public void A_missing_store_is_absence_and_no_failure()
    {
        using SecretsStore store = Chains.Of(FakeSource.Missing("toml", "secrets.toml"), new FakeSource("memory", "a = 1")).Build();

        Assert.Equal("1", store.GetString("a"));
    }

    [Fact]
    public void An_exception_of_another_kind_is_not_passed_on_because_it_may_quote_a_secret()
    {
        var source = new FakeSource("odd", _ => throw new FormatException("cannot parse hunter2", new InvalidOperationException("hunter2")) { Data = { ["value"] = "hunter2" } });

        SecretsSourceException failure = Assert.Throws<SecretsSourceException>(Chains.Of(source).Build);

        Assert.Equal((SecretsErrorCode.Unknown, "odd"), (failure.Code, failure.SourceName));
        Assert.Contains("The source odd failed with System.FormatException", failure.Message);
        Assert.DoesNotContain("hunter2", failure.ToString());
        Assert.Null(failure.InnerException);
        Assert.Empty(failure.Data);
    }

    [Fact]
    public void A_source_that_gives_no_batch_is_at_fault()
    {
        SecretsSourceException failure = Assert.Throws<SecretsSourceException>(Chains.Of(new FakeSource("odd", _ => null!)).Build);

        Assert.Equal(SecretsErrorCode.InvalidFormat, failure.Code);
        Assert.Contains("The source odd returned no batch.", failure.Message);
    }

    [Fact]
    public void A_cancellation_that_nobody_asked_for_is_a_failure_of_its_source()
    {
        var source = new FakeSource("odd", _ => throw new TaskCanceledException());

        Assert.Equal("odd", Assert.Throws<SecretsSourceException>(Chains.Of(source).Build).SourceName);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_cancelled_build_throws_nothing_but_the_cancellation(bool isRemote)
    {
        using var cancellation = new CancellationTokenSource();
        var never = new TaskCompletionSource();
        ISecretsSource source = isRemote
            ? new FakeRemoteSource("aws") { Before = never.Task.WaitAsync }
            : new FakeSource("toml", "") { Gate = never.Task };
        Task<SecretsStore> build = Chains.Of(FakeSource.Missing("other"), source).Require("a").BuildAsync(cancellation.Token);

        Assert.False(build.IsCompleted);
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => build);
    }

    [Fact]
    public async Task A_token_that_is_cancelled_already_loads_nothing()
    {
        var local = new FakeSource("toml", "");
        var remote = new FakeRemoteSource("aws");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Chains.Of(local, remote).BuildAsync(new CancellationToken(canceled: true)));

        Assert.Empty(local.Threads);
        Assert.Equal(0, remote.Calls);
    }

    [Fact]
    public void A_request_carries_the_name_in_the_chain_the_comparison_and_the_clock()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2031, 2, 3, 4, 5, 6, TimeSpan.Zero));
        var remote = new FakeRemoteSource("aws", "a = 1");
        SecretsBuilder builder = new SecretsBuilder().Add(remote, o => o.Name = "prod");
        builder.KeyComparison = KeyComparison.Ordinal;
        builder.TimeProvider = clock;
        using SecretsStore store = builder.Build();

        SecretsRequest request = Assert.Single(remote.Requests);
        Assert.Equal(("prod", KeyComparison.Ordinal, (TimeProvider)clock), (request.SourceName, request.KeyComparison, request.TimeProvider));
        Assert.Equal(clock.GetUtcNow(), store["a"].Origin.ReadAt);
        Assert.Equal("prod prod:a", store["a"].Origin.ToString());
    }

    /// <summary>Lets those who arrive go on when all have arrived.</summary>
    private sealed class Meeting(int expected)
    {
        private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _arrived;

        public Task Arrive(CancellationToken cancellationToken)
        {
            if (Interlocked.Increment(ref _arrived) == expected)
            {
                _all.SetResult();
            }

            return _all.Task.WaitAsync(cancellationToken);
        }
    }
}
