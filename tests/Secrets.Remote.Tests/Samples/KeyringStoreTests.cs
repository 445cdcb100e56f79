using Secrets.TestServers.Keyring;

namespace Secrets.Remote.Samples;

/// <summary>What the sample of a store adds to the suite's promises: its own failures, and few calls.</summary>
public sealed class KeyringStoreTests : IAsyncDisposable
{
    private readonly KeyringServer _server = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("denied", "status 403, forbidden; let the token's role read it: secrets.read.")]
    [InlineData("disabled", "it is disabled; enable it, or leave it out.")]
    public async Task A_secret_that_cannot_be_read_says_what_to_do(string how, string end)
    {
        await _server.ListenAsync();
        _server.SetSecret("a", "1");
        _server.SetSecret("b", "2");
        if (how == "denied")
        {
            _server.Deny("a");
        }
        else
        {
            _server.Disable("a");
        }

        await using SecretsStore secrets = await BuildAsync();
        Assert.Equal("2", secrets.GetString("b"));
        SecretsSourceException failure = Assert.Throws<SecretsSourceException>(() => secrets.GetString("a"));
        Assert.Equal(SecretsErrorCode.AccessDenied, failure.Code);
        Assert.EndsWith(end, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refresh_lists_and_reads_only_what_changed()
    {
        await _server.ListenAsync();
        _server.SetSecret("a", "1");
        _server.SetSecret("b", "2");
        await using SecretsStore secrets = await BuildAsync();
        _server.SetSecret("b", "3");
        _server.ForgetCalls();
        await secrets.RefreshAsync(Token);
        Assert.Equal(["list", "read"], _server.Calls.Select(c => c.Operation));
        Assert.Equal(("1", "3"), (secrets.GetString("a"), secrets.GetString("b")));
    }

    [Fact]
    public async Task What_is_required_is_looked_at_by_its_version_and_not_listed()
    {
        await _server.ListenAsync();
        _server.SetSecret("database/password", "x");
        await using SecretsStore secrets = await BuildAsync("database.password");
        await secrets.RefreshAsync(Token);
        Assert.Equal(["read", "look"], _server.Calls.Select(c => c.Operation));
    }

    private Task<SecretsStore> BuildAsync(params string[] required) => new SecretsBuilder().Require(required)
        .AddKeyring(o => (o.Address, o.Token, o.MaxAttempts) = (_server.Address, _server.AcceptedToken, 1)).BuildAsync(Token);
}
