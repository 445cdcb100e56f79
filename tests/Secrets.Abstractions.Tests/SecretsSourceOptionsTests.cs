using Secrets.Tests.Fakes;

namespace Secrets.Tests;

public class SecretsSourceOptionsTests
{
    private readonly ManualTimeProvider _clock = new();

    public static TheoryData<SecretsErrorCode, string, bool> Failures()
    {
        var rows = new TheoryData<SecretsErrorCode, string, bool>();
        foreach (SecretsErrorCode code in Enum.GetValues<SecretsErrorCode>())
        {
            // Fallback is for absence, never for failure: nothing is tolerated unless it is named.
            rows.Add(code, "nothing", false);
            rows.Add(code, "this", true);
            rows.Add(code, "another", false);
            rows.Add(code, "optional", code == SecretsErrorCode.NotFound);
            rows.Add(code, "all", true);
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task A_first_load_may_end_in_what_is_tolerated_and_heals_by_itself(SecretsErrorCode code, string tolerated, bool isTolerated)
    {
        foreach (LiveSource source in new[] { new LiveSource("first", "!" + code), new LiveRemoteSource("first", "!" + code) })
        {
            SecretsBuilder builder = Engine.Builder(_clock).Add(source, o =>
            {
                o.Optional = tolerated == "optional";
                o.Tolerate(tolerated switch
                {
                    "this" => [code],
                    "another" => [code == SecretsErrorCode.Unknown ? SecretsErrorCode.Unavailable : SecretsErrorCode.Unknown],
                    "all" => Enum.GetValues<SecretsErrorCode>(),
                    _ => [],
                });
            }).Add(new LiveSource("second", "a=2"));
            if (!isTolerated)
            {
                Assert.Equal(code, (await Assert.ThrowsAsync<SecretsSourceException>(() => builder.BuildAsync(TestContext.Current.CancellationToken))).Code);
                continue;
            }

            await using SecretsStore store = await builder.BuildAsync(TestContext.Current.CancellationToken);
            SecretsSourceStatus status = store.Sources[0];
            Assert.Equal((SecretsSourceState.Failed, code, 1, 0), (status.State, status.LastErrorCode, status.ConsecutiveFailures, status.Count));
            Assert.Equal((null, null, _clock.GetUtcNow().AddSeconds(5)), (status.LastSuccess, status.Age, status.NextRefresh));
            Assert.Equal("first failed.", status.LastError);
            Assert.Equal("a=2@second", Chains.Show(store));
            Assert.Equal(SecretsWarningCode.RefreshFailed, Assert.Single(store.Warnings).Code);
            Assert.Contains("first: failed, which is tolerated: first failed.", Assert.Throws<SecretNotFoundException>(() => store.GetString("b")).Message, StringComparison.Ordinal);
            Assert.Contains("first   could not be read, which is tolerated", store.Explain("a").ToString(), StringComparison.Ordinal);
            Assert.Equal(SecretOutcome.Failed, store.Explain("a").Candidates[0].Outcome);

            await _clock.AdvanceAsync(TimeSpan.FromSeconds(20), store);
            Assert.Equal(3, store.Sources[0].ConsecutiveFailures);
            source.Content = "a=1; b=1";
            await _clock.AdvanceAsync(TimeSpan.FromSeconds(20), store);
            Assert.Equal("a=1@first; b=1@first", Chains.Show(store));
            Assert.Equal((SecretsSourceState.Loaded, null, 0), (store.Sources[0].State, store.Sources[0].LastErrorCode, store.Sources[0].ConsecutiveFailures));
        }
    }

    [Fact]
    public async Task A_later_failure_needs_no_tolerance()
    {
        var source = new LiveSource("test", "a=1");
        await using SecretsStore store = Engine.Builder(_clock).Add(source).Build();
        source.Content = "!AccessDenied";
        await Assert.ThrowsAsync<SecretsSourceException>(() => store.RefreshAsync(TestContext.Current.CancellationToken));

        Assert.Equal("1", store.GetString("a"));
    }

    [Fact]
    public void What_is_required_of_a_source_whose_failure_is_tolerated_is_still_required()
    {
        SecretNotFoundException failure = Assert.Throws<SecretNotFoundException>(() => Engine.Builder(_clock)
            .Add(new LiveRemoteSource("aws", "!Unavailable"), o => o.Tolerate(SecretsErrorCode.Unavailable)).Require("a").Build());

        Assert.Contains("aws: failed, which is tolerated: aws failed.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_source_that_is_made_of_others_may_fail_to_be_made()
    {
        using SecretsStore store = Engine.Builder(_clock)
            .Add(new LiveSource("toml", "a=1"))
            .Add(view => view.GetString("token") is { } t ? new LiveRemoteSource("vault", t) : null!, o => o.Tolerate(SecretsErrorCode.NotFound).Name = "vault")
            .Build();

        Assert.Equal((SecretsSourceState.Failed, SecretsErrorCode.NotFound), (store.Sources[1].State, store.Sources[1].LastErrorCode));
    }

    [Fact]
    public void Optional_is_short_for_tolerating_what_is_not_found()
    {
        var options = new SecretsSourceOptions();
        Assert.False(options.Optional);
        options.Tolerate(SecretsErrorCode.NotFound);
        Assert.True(options.Optional);
        options.Optional = false;
        Assert.Empty(options.Tolerated ?? new HashSet<SecretsErrorCode>());
        options.Optional = true;
        Assert.Equal([SecretsErrorCode.NotFound], options.Tolerated);
        Assert.Throws<ArgumentNullException>(() => options.Tolerate(null!));
    }

    [Fact]
    public void The_defaults_are_those_that_the_documentation_names()
    {
        var options = new SecretsSourceOptions();

        Assert.Equal((null, false, null, null, StalePolicy.Serve), (options.Name, options.ExportToEnvironment, options.RefreshInterval, options.MaxStaleness, options.WhenStale));
        Assert.Empty(options.Tolerated ?? new HashSet<SecretsErrorCode>());
    }

    [Fact]
    public void A_value_that_an_enumeration_does_not_define_is_refused() => Assert.All(
        new Action<SecretsSourceOptions>[] { o => o.WhenStale = (StalePolicy)7, o => o.Tolerate((SecretsErrorCode)99) },
        set => Assert.Equal(
            SecretsErrorCode.InvalidConfiguration,
            Assert.Throws<SecretsSourceException>(() => new SecretsBuilder().Add(new FakeSource("x", ""), set)).Code));

    [Fact]
    public void They_are_copied_when_the_source_is_added()
    {
        var options = new SecretsSourceOptions { RefreshInterval = TimeSpan.FromMinutes(1) };
        SecretsBuilder builder = Engine.Builder(_clock).Add(new LiveSource("test", "!Unavailable"), options);
        options.Tolerate(SecretsErrorCode.Unavailable);

        Assert.Throws<SecretsSourceException>(builder.Build);
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(-1, null)]
    [InlineData(null, 0)]
    [InlineData(null, -1)]
    public void Times_are_longer_than_nothing(int? interval, int? maxStaleness)
    {
        SecretsSourceException failure = Assert.Throws<SecretsSourceException>(() => Engine.Builder(_clock).Add(new LiveSource("test"), o =>
        {
            o.RefreshInterval = interval is null ? null : TimeSpan.FromSeconds(interval.Value);
            o.MaxStaleness = maxStaleness is null ? null : TimeSpan.FromSeconds(maxStaleness.Value);
        }));

        Assert.Equal(SecretsErrorCode.InvalidConfiguration, failure.Code);
    }
}
