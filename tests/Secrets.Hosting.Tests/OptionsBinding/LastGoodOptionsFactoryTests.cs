using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Secrets.Hosting.OptionsBinding;

namespace Secrets.Hosting.Tests.OptionsBinding;

public sealed class LastGoodOptionsFactoryTests
{
    private readonly RejectedOptions _rejected = new();
    private readonly ScriptedFactory _inner = new();
    private readonly LastGoodOptionsFactory<string> _factory;

    public LastGoodOptionsFactoryTests() =>
        _factory = new LastGoodOptionsFactory<string>(_inner, new HashSet<string> { "" }, _rejected, NullLogger.Instance);

    [Fact]
    public void The_first_options_have_to_be_good()
    {
        _inner.Next(() => throw new InvalidOperationException("bad"));

        Assert.Throws<InvalidOperationException>(() => _factory.Create(""));
    }

    [Fact]
    public void Options_that_are_not_bound_to_secrets_have_no_last_value()
    {
        _inner.Next(() => "good");
        _inner.Next(() => throw new InvalidOperationException("bad"));

        Assert.Equal("good", _factory.Create("other"));
        Assert.Throws<InvalidOperationException>(() => _factory.Create("other"));
    }

    [Theory]
    [InlineData(true, "newest")]
    [InlineData(false, "first")]
    public void An_attempt_that_began_earlier_changes_nothing_that_a_later_one_has_said(bool isNewestGood, string kept)
    {
        _inner.Next(() => "first");
        _factory.Create("");

        // The earlier attempt reads an old snapshot, and ends after the later one.
        _inner.Next(() =>
        {
            _inner.Next(() => isNewestGood ? "newest" : throw new InvalidOperationException("bad"));
            Assert.Equal(isNewestGood, _factory.TryCreate("", out _));
            return "old";
        });
        Assert.True(_factory.TryCreate("", out _));
        Assert.Equal(isNewestGood ? 0 : 1, _rejected.All.Count);

        _inner.Next(() => throw new InvalidOperationException("bad"));
        Assert.False(_factory.TryCreate("", out string options));
        Assert.Equal(kept, options);
    }

    private sealed class ScriptedFactory : IOptionsFactory<string>
    {
        private readonly Queue<Func<string>> _next = new();

        public void Next(Func<string> create) => _next.Enqueue(create);

        public string Create(string name) => _next.Dequeue()();
    }
}
