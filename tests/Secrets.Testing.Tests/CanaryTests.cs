using System.Globalization;

namespace Secrets.Testing.Tests;

/// <summary>The canary over all of the core is in tests/Secrets.Abstractions.Tests/CanaryTests.cs, which shows that its search can fail.</summary>
public sealed class CanaryTests
{
    private readonly Canary _canary = new();

    [Fact]
    public void No_two_are_the_same() => Assert.NotEqual(_canary.Value, new Canary().Value);

    [Fact]
    public void A_leak_is_reported_by_place_and_form()
    {
        _canary.Scan("nothing here", "one");
        _canary.Scan($"before {_canary.Value[2..9]} after", "two");
        _canary.Scan(Convert.ToBase64String([7, .. System.Text.Encoding.UTF8.GetBytes(_canary.Value)]), "three");
        _canary.Scan(_canary.Number.ToString(CultureInfo.InvariantCulture), "four");

        Assert.Equal(["two: the text", "three: the text, as base64", "four: the number"], _canary.Leaks);
        Assert.Equal(4, _canary.Count);
        Assert.DoesNotContain(_canary.Value[2..9], Assert.Throws<InvalidOperationException>(() => _canary.AssertUnseen()).Message);
    }

    [Fact]
    public void An_exception_is_searched_to_its_depth()
    {
        Exception within = new FormatException(_canary.Value) { Data = { ["key"] = _canary.Value } };

        Exception caught = _canary.ScanFailure(() => throw new AggregateException("several", new InvalidOperationException("outer", within)), "a failure");

        Assert.IsType<AggregateException>(caught);
        Assert.Contains("a failure, inner, inner, Message: the text", _canary.Leaks);
        Assert.Contains("a failure, inner, inner, Data: the text", _canary.Leaks);
    }

    [Fact]
    public void What_was_to_fail_and_did_not_is_an_error() =>
        Assert.Contains("nothing", Assert.Throws<InvalidOperationException>(() => _canary.ScanFailure(() => { }, "nothing")).Message);

    [Fact]
    public void Too_few_texts_are_an_error()
    {
        _canary.Scan("a", "here");
        _canary.Scan("a", "there");

        _canary.AssertUnseen(atLeast: 1);
        Assert.Throws<InvalidOperationException>(() => _canary.AssertUnseen(atLeast: 2));
    }
}
