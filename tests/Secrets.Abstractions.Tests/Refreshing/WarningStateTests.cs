using Secrets.Tests.Fakes;

namespace Secrets.Tests.Refreshing;

/// <summary>Warnings say what holds now, and each change of state is told once.</summary>
public class WarningStateTests
{
    private readonly ManualTimeProvider _clock = new();
    private readonly List<string> _heard = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    // Contents, one after the other; what each refresh throws, what holds after it, and the states.
    [InlineData("a=1 | !Unavailable | a=1", "Unavailable -", "RefreshFailed(Unavailable) -", "Degraded Loaded")]
    [InlineData("a=1 | !Unavailable | !Unavailable | !AccessDenied", "Unavailable Unavailable AccessDenied",
        "RefreshFailed(Unavailable) RefreshFailed(Unavailable) RefreshFailed(AccessDenied)", "Degraded Degraded Degraded")]
    [InlineData("a=1 | a=!AccessDenied | a=2", "AccessDenied -", "Unreadable(AccessDenied):a -", "Degraded Loaded")]
    [InlineData("a=1; b=!AccessDenied | a=1; b=!AccessDenied | a=1; b=1", "AccessDenied -", "Unreadable(AccessDenied):b -", "Degraded Loaded")]
    [InlineData("a=1; s=!AccessDenied | a=2; s=!Unavailable", "Unavailable", "Unreadable(Unavailable):s", "Degraded")]
    public async Task What_healed_is_gone(string contents, string thrown, string warnings, string states)
    {
        string[] loads = contents.Split('|', StringSplitOptions.TrimEntries);
        var source = new LiveSource("test", loads[0]);
        await using SecretsStore store = Engine.Builder(_clock).Add(source).Build();
        var seen = new List<(string Thrown, string Warnings, string State)>();
        foreach (string load in loads[1..])
        {
            source.Content = load;
            Exception? failure = await Record.ExceptionAsync(() => store.RefreshAsync(Token));
            seen.Add(((failure as ISecretsError)?.Code.ToString() ?? "-", Show(store.Warnings), store.Sources[0].State.ToString()));
        }

        Assert.Equal((thrown, warnings, states), (string.Join(' ', seen.Select(s => s.Thrown)), string.Join(' ', seen.Select(s => s.Warnings)), string.Join(' ', seen.Select(s => s.State))));
    }

    [Fact]
    public async Task What_cannot_be_read_at_the_first_load_is_told_and_tried_again()
    {
        var source = new LiveSource("test", "a=1; b=!AccessDenied; s.c=!Unavailable");
        await using SecretsStore store = Hearing().Add(source).Build();
        SecretsSourceStatus status = store.Sources[0];
        Assert.Equal((SecretsSourceState.Degraded, SecretsErrorCode.AccessDenied, 1), (status.State, status.LastErrorCode, status.ConsecutiveFailures));
        Assert.Equal("Unreadable(AccessDenied):b, Unreadable(Unavailable):s.c", Show(store.Warnings));
        SecretsSourceException failure = await Assert.ThrowsAsync<SecretsSourceException>(() => store.RefreshAsync(Token));
        Assert.Contains("  s.c (test test:", failure.Message, StringComparison.Ordinal);
        source.Content = "a=1; b=1; s.c=1";
        await _clock.AdvanceAsync(TimeSpan.FromSeconds(11), store);

        Assert.Equal(("1", "1"), (store.GetString("b"), store.GetString("s.c")));
        Assert.Equal((SecretsSourceState.Loaded, null, 0), (store.Sources[0].State, store.Sources[0].LastErrorCode, store.Sources[0].ConsecutiveFailures));
        Assert.Empty(store.Warnings);
        Assert.Equal(["Unreadable(AccessDenied):b", "Unreadable(Unavailable):s.c", "Recovered"], _heard);
    }

    [Fact]
    public void A_build_that_requires_what_cannot_be_read_fails_with_its_code() =>
        Assert.Equal(
            SecretsErrorCode.AccessDenied,
            Assert.Throws<SecretsSourceException>(() => Engine.Builder(_clock).Add(new LiveSource("test", "a=!AccessDenied")).Require("a").Build()).Code);

    [Fact]
    public async Task A_required_value_that_is_gone_is_told_and_tried_again()
    {
        var source = new LiveSource("test", "a=1; b=1");
        await using SecretsStore store = Hearing().Add(source).Require("a", "b").Build();
        source.Content = "b=1";
        await store.RefreshAsync(Token);
        Assert.Equal("RequiredGone(NotFound):a", Show(store.Warnings));
        Assert.Equal((1, TimeSpan.FromSeconds(5)), (store.Sources[0].ConsecutiveFailures, store.Sources[0].NextRefresh - _clock.GetUtcNow()));
        await _clock.AdvanceAsync(TimeSpan.FromSeconds(5), store);
        Assert.Equal(2, store.Sources[0].ConsecutiveFailures);
        source.Content = "a=2; b=1";
        await _clock.AdvanceAsync(TimeSpan.FromSeconds(10), store);

        Assert.Equal(("2", 0), (store.GetString("a"), store.Sources[0].ConsecutiveFailures));
        Assert.Empty(store.Warnings);
        Assert.Null(store.Sources[0].NextRefresh);
        Assert.Equal(["RequiredGone(NotFound):a", "Recovered"], _heard);
    }

    [Fact]
    public async Task A_failing_source_that_is_not_asked_any_more_has_not_recovered()
    {
        var toml = new LiveSource("toml", "a=1");
        var vault = new LiveRemoteSource("vault", "b=1");
        await using SecretsStore store = Hearing().Add(toml).Add(vault).Require("a", "b").Build();
        vault.Content = "!Unavailable";
        await Assert.ThrowsAsync<SecretsSourceException>(() => store.RefreshAsync(Token));
        toml.Content = "a=1; b=2";
        await _clock.AdvanceAsync(TimeSpan.FromSeconds(5), store);
        await store.RefreshAsync(Token);
        await store.HandlersIdle;

        Assert.Equal((SecretsSourceState.NotAsked, 0), (store.Sources[1].State, store.Sources[1].ConsecutiveFailures));
        Assert.Empty(store.Warnings);
        Assert.Equal(["RefreshFailed(Unavailable)"], _heard);

        // Asked again, it is read, and nothing was reported that has healed.
        toml.Content = "a=1";
        vault.Content = "b=1";
        await store.RefreshAsync(Token);
        await store.HandlersIdle;
        Assert.Equal(SecretsSourceState.Loaded, store.Sources[1].State);
        Assert.Equal(["RefreshFailed(Unavailable)"], _heard);
    }

    [Fact]
    public async Task A_source_s_own_warnings_come_and_go()
    {
        bool isOpen = true;
        var source = new LiveSource("test") { Answer = _ => new SecretsBatch([]) { Warnings = isOpen ? ["the file can be read by others"] : [] } };
        await using SecretsStore store = Hearing().Add(source).Build();
        Assert.Equal("Source", Show(store.Warnings));
        await store.RefreshAsync(Token);
        isOpen = false;
        await store.RefreshAsync(Token);
        Assert.Empty(store.Warnings);
        isOpen = true;
        await store.RefreshAsync(Token);
        await store.HandlersIdle;

        Assert.Equal(["Source", "Source"], _heard);
    }

    [Fact]
    public async Task A_handler_of_warnings_that_throws_is_a_warning_and_hears_nothing_of_itself()
    {
        int calls = 0;
        var source = new LiveSource("test", "a=1");
        await using SecretsStore store = Hearing().OnWarning(_ =>
        {
            calls++;
            throw new InvalidOperationException("its secret");
        }).Add(source).Build();
        source.Content = "!Unavailable";
        await Assert.ThrowsAsync<SecretsSourceException>(() => store.RefreshAsync(Token));
        await store.HandlersIdle;

        Assert.Equal(1, calls);
        Assert.Equal(["RefreshFailed(Unavailable)"], _heard);
        Assert.Equal("RefreshFailed(Unavailable), HandlerFailed", Show(store.Warnings));
        Assert.DoesNotContain("its secret", string.Join(' ', store.Warnings), StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => Engine.Builder(_clock).OnWarning(null!));
    }

    [Fact]
    public async Task Read_marks_do_not_grow_with_keys_that_come_and_go()
    {
        int number = 0;
        var source = new LiveSource("test") { Answer = r => new SecretsBatch(FakeContent.Read(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"fixed=1; k{++number}=1"), r)) };
        var builder = Engine.Builder(_clock).Add(source);
        await using SecretsStore store = builder.Build();
        for (int i = 0; i < 200; i++)
        {
            _ = store.Select(e => e.Value.Reveal()).ToList();
            await store.RefreshAsync(Token);
        }

        Assert.Equal(2, store.ReadMarkCount);
        Assert.Equal(["k201"], store.Unread);
    }

    private static string Show(IEnumerable<SecretsWarning> warnings) => string.Join(", ", warnings.Select(Show)) is { Length: > 0 } text ? text : "-";

    private static string Show(SecretsWarning warning) =>
        $"{warning.Code}{(warning.ErrorCode is null ? "" : $"({warning.ErrorCode})")}{(warning.Path is null ? "" : ":" + warning.Path)}";

    private SecretsBuilder Hearing() => Engine.Builder(_clock).OnWarning(w => _heard.Add(Show(w)));
}
