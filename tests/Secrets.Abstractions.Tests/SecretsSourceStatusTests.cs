using System.Collections;
using Secrets.Tests.Fakes;

namespace Secrets.Tests;

public class SecretsSourceStatusTests
{
    [Fact]
    public void It_says_what_became_of_each_source_in_the_order_of_precedence()
    {
        using SecretsStore store = new SecretsBuilder()
            .AddVariables("A_B=1")
            .Add(FakeSource.Missing("dotenv", ".env"))
            .Add(new FakeSource("toml", "a = 1; s.b = 1; list = [1, 2]; bad = !AccessDenied; empty = {}", "secrets.toml"))
            .Add(new FakeSource("memory", "a = 2"))
            .Add(new FakeRemoteSource("aws", "c = 1"))
            .Add(new FakeRemoteSource("vault", "d = 1"))
            .Require("a", "c")
            .Build();

        Assert.Equal(
            [
                "environment: Loaded, 0 secrets",
                "dotenv: Missing, 0 secrets (.env)",
                "toml: Degraded (AccessDenied), 4 secrets (secrets.toml)",
                "memory: Loaded, 1 secret",
                "aws: Loaded, 1 secret (aws:*)",
                "vault: NotAsked, 0 secrets",
            ],
            store.Sources.Select(s => s.ToString()));
        Assert.Equal([false, false, false, false, true, true], store.Sources.Select(s => s.IsRemote));
    }

    [Fact]
    public async Task The_text_of_all_is_a_table()
    {
        var clock = new ManualTimeProvider();
        var aws = new LiveRemoteSource("aws", "a=1; b=1; c=1");
        var culture = new InCulture("tr-TR");
        await using SecretsStore store = Engine.Builder(clock)
            .Add(new LiveSource("toml", "?"))
            .Add(aws, o => o.RefreshInterval = TimeSpan.FromSeconds(90))
            .Add(new LiveRemoteSource("vault", "!AccessDenied"), o => o.Tolerate(SecretsErrorCode.AccessDenied))
            .Build();
        Assert.Equal(
            """
            source  state    secrets  age  failures  last error    next
            toml    Missing  0        0 s  0         -             -
            aws     Loaded   3        0 s  0         -             90 s
            vault   Failed   0        -    1         AccessDenied  5 s
            """.ReplaceLineEndings(),
            store.Sources.ToString());
        aws.Content = "!Unavailable";
        await clock.AdvanceAsync(TimeSpan.FromSeconds(97), store);
        culture.Dispose();

        Assert.Equal(
            """
            source  state     secrets  age   failures  last error    next
            toml    Missing   0        97 s  0         -             -
            aws     Degraded  3        97 s  2         Unavailable   8 s
            vault   Failed    0        -     5         AccessDenied  58 s
            """.ReplaceLineEndings(),
            store.Sources.ToString());
    }

    [Fact]
    public void A_refresh_that_is_due_and_hangs_is_not_due_in_less_than_no_time()
    {
        var clock = new ManualTimeProvider();
        Secrets.Testing.FakeSource source = Secrets.Testing.FakeSource.Local("files").Set("a", "1");
        using SecretsStore store = Engine.Builder(clock).Add(source, o => o.RefreshInterval = TimeSpan.FromSeconds(10)).Build();
        source.Hang();
        clock.Advance(store.Sources[0].NextRefresh!.Value - clock.GetUtcNow() + TimeSpan.FromMilliseconds(300));

        Assert.DoesNotContain("-0", store.Sources.ToString(), StringComparison.Ordinal);
        Assert.DoesNotMatch(@"-\d", store.Sources.ToString());
    }

    [Fact]
    public void All_are_a_list_that_does_not_change()
    {
        using SecretsStore store = Chains.Of(new LiveSource("one"), new LiveSource("two")).Build();
        IReadOnlyList<SecretsSourceStatus> statuses = store.Sources;

        Assert.Equal(2, statuses.Count);
        Assert.Equal(["one", "two"], statuses.Select(s => s.Name));
        Assert.Same(statuses[1], ((IEnumerable)statuses).Cast<object>().Last());
        Assert.NotSame(statuses, store.Sources);
    }

    [Fact]
    public void Without_sources_the_table_is_its_heading()
    {
        using SecretsStore store = new SecretsBuilder().Build();

        Assert.Empty(store.Sources);
        Assert.StartsWith("source  state", store.Sources.ToString(), StringComparison.Ordinal);
    }
}
