namespace Secrets.Remote.Calls;

public sealed class PagesTests
{
    [Theory]
    [InlineData("", 1)]
    [InlineData("a", 2)]
    [InlineData("a b c", 4)]
    public async Task Each_token_leads_to_a_page(string tokens, int pages)
    {
        var given = new Queue<string>(tokens.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        var asked = new List<string?>();
        await Pages.ReadAsync((token, _) =>
        {
            asked.Add(token);
            return Task.FromResult(given.TryDequeue(out string? next) ? next : null);
        }, TestContext.Current.CancellationToken);
        Assert.Equal([null, .. tokens.Split(' ', StringSplitOptions.RemoveEmptyEntries)], asked);
        Assert.Equal(pages, asked.Count);
    }

    [Fact]
    public async Task A_token_that_comes_twice_is_a_mistake_of_the_store()
    {
        int asked = 0;
        RemoteException failure = await Assert.ThrowsAsync<RemoteException>(() => Pages.ReadAsync(
            (_, _) => Task.FromResult<string?>(asked++ % 2 == 0 ? "a" : "b"), TestContext.Current.CancellationToken));
        Assert.Equal((SecretsErrorCode.InvalidFormat, 3), (failure.Failure.Code, asked));
        Assert.DoesNotContain("\"a\"", failure.Message, StringComparison.Ordinal);
    }
}
