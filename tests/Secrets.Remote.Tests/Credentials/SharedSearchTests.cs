namespace Secrets.Remote.Credentials;

public class SharedSearchTests
{
    private readonly TaskCompletionSource<int> _first = new();
    private int _searches;

    [Fact]
    public async Task A_search_is_shared_and_what_it_found_is_kept()
    {
        var search = new SharedSearch<int>(FindAsync);
        Task<int> one = search.FindAsync(), two = search.FindAsync();
        _first.SetResult(1);
        Assert.Equal((1, 1, 1, 1), (await one, await two, await search.FindAsync(), _searches));
    }

    [Fact]
    public async Task A_search_that_failed_is_tried_again()
    {
        var search = new SharedSearch<int>(FindAsync);
        _first.SetException(new IOException());
        await Assert.ThrowsAsync<IOException>(search.FindAsync);
        Assert.Equal((2, 2), (await search.FindAsync(), _searches));
    }

    private Task<int> FindAsync() => ++_searches == 1 ? _first.Task : Task.FromResult(_searches);
}
