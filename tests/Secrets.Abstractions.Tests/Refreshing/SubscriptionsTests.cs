using Secrets.Merging;
using Secrets.Refreshing;
using Secrets.Tests.Fakes;

namespace Secrets.Tests.Refreshing;

public class SubscriptionsTests
{
    private readonly WarningLog _warnings = new();
    private readonly HandlerQueue _queue = new();
    private readonly Subscriptions _subscriptions;
    private readonly List<string> _calls = [];

    public SubscriptionsTests() => _subscriptions = new Subscriptions(Engine.Keys, _queue, new HandlerCalls(_warnings));

    [Theory]
    [InlineData("a", "added a; updated x", "added a")]
    [InlineData("x", "added a; updated x; removed b", "updated x")]
    [InlineData("b", "added a; removed b", "removed b")]
    [InlineData("c", "added a; removed b", "")]
    // A section hears of what is below it, and of nothing that only begins alike.
    [InlineData("s", "added s.a, s.b.c, sa; removed s.d", "added s.a, s.b.c; removed s.d")]
    [InlineData("s.b", "added s.a, s.b.c; updated s.b.d", "added s.b.c; updated s.b.d")]
    // The spelling makes no difference, and the event keeps the store's own.
    [InlineData("Data-Base.ApiKey", "updated database.api_key", "updated database.api_key")]
    [InlineData("DATABASE", "removed data_base.x", "removed data_base.x")]
    [InlineData("\"a.b\".c", "updated \"a.b\".c; added a.b.c", "updated \"a.b\".c")]
    // An element hears of its array, which is one leaf.
    [InlineData("servers.0.host", "updated servers", "updated servers")]
    public async Task A_path_hears_of_itself_and_of_what_is_below_it(string path, string changes, string heard)
    {
        using IDisposable subscription = _subscriptions.Add(SecretPath.Parse(path), c => _calls.Add(c.ToString()));

        await PublishAsync(Changes(changes));

        Assert.Equal(heard.Length == 0 ? [] : [heard], _calls);
    }

    [Fact]
    public async Task All_are_called_in_the_order_in_which_they_came_until_they_are_disposed()
    {
        IDisposable one = Add("one");
        IDisposable two = Add("two");
        using IDisposable three = Add("three");
        await PublishAsync(Changes("added a"));
        two.Dispose();
        two.Dispose();
        await PublishAsync(Changes("added a"));
        _subscriptions.Close();
        one.Dispose();
        await PublishAsync(Changes("added a"));

        Assert.Equal(["one", "two", "three", "one", "three"], _calls);
    }

    [Fact]
    public async Task One_that_throws_is_a_warning_and_the_others_are_called()
    {
        using IDisposable bad = _subscriptions.Add(new SecretPath("a"), _ => throw new InvalidOperationException("its secret"));
        using IDisposable good = Add("good");
        await PublishAsync(Changes("added a"));
        await PublishAsync(Changes("added a"));

        Assert.Equal(["good", "good"], _calls);
        SecretsWarning warning = Assert.Single(_warnings.All);
        Assert.Equal(SecretsWarningCode.HandlerFailed, warning.Code);
        Assert.Contains("System.InvalidOperationException", warning.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("its secret", warning.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_another_disposes_is_not_called_any_more()
    {
        IDisposable? second = null;
        using IDisposable first = _subscriptions.Add(new SecretPath("a"), _ => second!.Dispose());
        second = Add("second");

        await PublishAsync(Changes("added a"));

        Assert.Empty(_calls);
    }

    [Fact]
    public async Task One_may_subscribe_and_dispose_itself_while_it_is_called()
    {
        IDisposable? self = null;
        self = _subscriptions.Add(new SecretPath("a"), _ =>
        {
            _calls.Add("self");
            self!.Dispose();
            Add("new");
        });
        await PublishAsync(Changes("added a"));
        await PublishAsync(Changes("added a"));

        Assert.Equal(["self", "new"], _calls);
    }

    [Fact]
    public async Task One_may_begin_with_the_state_that_is_there()
    {
        using IDisposable some = _subscriptions.Add(SecretPath.Parse("s"), c => _calls.Add("some: " + c), () => Changes("added a, s.b"));
        using IDisposable none = _subscriptions.Add(SecretPath.Parse("x"), c => _calls.Add("none: " + c), () => Changes("added a, s.b"));
        await _queue.Idle;

        Assert.Equal(["some: added s.b", "none: "], _calls);
    }

    [Fact]
    public async Task A_state_that_it_began_with_is_not_told_again()
    {
        SecretsChangedEventArgs now = Changes("added a");
        using IDisposable subscription = _subscriptions.Add(new SecretPath("a"), c => _calls.Add(c.ToString()), () => now);

        await PublishAsync(new SecretsChangedEventArgs([], [new SecretPath("a")], [], previousView: null, now.View));
        await PublishAsync(Changes("removed a"));

        Assert.Equal(["added a", "removed a"], _calls);
    }

    [Fact]
    public async Task The_state_to_begin_with_comes_before_a_change_that_happens_meanwhile()
    {
        using var begun = new ManualResetEventSlim();
        Task? publishing = null;
        using IDisposable subscription = _subscriptions.Add(new SecretPath("a"), c => _calls.Add(c.ToString()), () =>
        {
            publishing = Task.Run(() =>
            {
                begun.Set();
                _subscriptions.Publish(Changes("updated a"));
            });
            begun.Wait();
            return Changes("added a");
        });
        await publishing!;
        await _queue.Idle;

        Assert.Equal(["added a", "updated a"], _calls);
    }

    [Fact]
    public async Task A_handler_that_blocks_keeps_neither_who_publishes_nor_who_subscribes()
    {
        using var end = new ManualResetEventSlim();
        using IDisposable blocking = _subscriptions.Add(new SecretPath("a"), _ => end.Wait(), () => Changes("added a"));
        _subscriptions.Publish(Changes("updated a"));
        using IDisposable late = Add("late");
        _subscriptions.Publish(Changes("updated a"));
        Assert.Empty(_calls);
        end.Set();
        await _queue.Idle;

        Assert.Equal(["late"], _calls);
    }

    [Fact]
    public void After_its_end_nobody_can_subscribe()
    {
        _subscriptions.Close();

        Assert.Throws<ObjectDisposedException>(() => Add("late"));
    }

    [Fact]
    public async Task A_handler_that_does_not_fail_any_more_is_no_warning_any_more()
    {
        bool isFailing = true;
        using IDisposable subscription = _subscriptions.Add(new SecretPath("a"), _ => _calls.Add(isFailing ? throw new IOException() : "ok"));
        await PublishAsync(Changes("updated a"));
        Assert.Single(_warnings.All);
        isFailing = false;
        await PublishAsync(Changes("updated a"));
        Assert.Empty(_warnings.All);
        isFailing = true;
        await PublishAsync(Changes("updated a"));
        subscription.Dispose();
        await _queue.Idle;

        Assert.Empty(_warnings.All);
    }

    private async Task PublishAsync(SecretsChangedEventArgs changes)
    {
        _subscriptions.Publish(changes);
        await _queue.Idle;
    }

    private IDisposable Add(string name) => _subscriptions.Add(new SecretPath("a"), _ => _calls.Add(name));

    private static SecretsChangedEventArgs Changes(string text)
    {
        ILookup<string, SecretPath> parts = text.Split("; ").Select(p => p.Split(' ', 2))
            .SelectMany(p => p[1].Split(", ").Select(path => (p[0], path))).ToLookup(p => p.Item1, p => SecretPath.Parse(p.path));
        return new SecretsChangedEventArgs([.. parts["added"]], [.. parts["updated"]], [.. parts["removed"]], Engine.SnapshotOf().Root.View, Engine.SnapshotOf().Root.View);
    }
}
