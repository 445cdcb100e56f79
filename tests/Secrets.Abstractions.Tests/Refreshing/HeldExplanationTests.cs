using Secrets.Tests.Fakes;

namespace Secrets.Tests.Refreshing;

/// <summary>An explanation says what is served although it is gone or cannot be read.</summary>
public class HeldExplanationTests
{
    private readonly ManualTimeProvider _clock = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_required_value_that_is_gone_is_explained_as_its_last_value()
    {
        var source = new LiveSource("test", "a=1");
        await using SecretsStore store = Engine.Builder(_clock).Add(source).Require("a").Build();
        source.Content = "b=1";
        await store.RefreshAsync(Token);

        Assert.EndsWith("supplies it: test:a (the last value; it is required and gone from every source)", store.Explain("a").ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_required_value_that_is_gone_is_not_what_was_meant_by_itself()
    {
        var source = new LiveSource("test", "a=1");
        await using SecretsStore store = Engine.Builder(_clock).Add(source).Require("a").Build();
        source.Content = "b=1";
        string message = (await Assert.ThrowsAsync<SecretNotFoundException>(() => store.GetFreshAsync("a", TimeSpan.Zero, Token))).Message;

        Assert.StartsWith("a was not found. No source has it any more; its last value (test:a) is still served, because it is required." + Environment.NewLine, message, StringComparison.Ordinal);
    }

    [Theory]
    // What the first load and the next give, and the code.
    [InlineData("a=!AccessDenied", "a=!AccessDenied", SecretsErrorCode.AccessDenied)]
    [InlineData("a=1", "a=!Unavailable", SecretsErrorCode.Unavailable)]
    public async Task What_cannot_be_read_is_explained_with_the_reason(string first, string next, SecretsErrorCode code)
    {
        var source = new LiveSource("test", first);
        await using SecretsStore store = Engine.Builder(_clock).Add(source).Build();
        source.Content = next;
        await Assert.ThrowsAsync<SecretsSourceException>(() => store.RefreshAsync(Token));
        string explanation = store.Explain("a").ToString();

        Assert.Contains("could not read it: test:a", explanation, StringComparison.Ordinal);
        Assert.Contains(first == next ? "cannot be read: " : $"the last value; now: {code}", explanation, StringComparison.Ordinal);
    }
}
