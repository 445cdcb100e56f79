using Secrets.TestServers.Vault;

namespace Secrets.Vault.Tests;

/// <summary>What a refusal says where the server says the same of several things.</summary>
public sealed class VaultFailuresTests : IAsyncDisposable
{
    private readonly VaultServer _server = VaultServers.Start();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    // mounts-of-no-mount.txt and mounts-of-denied.txt are the same answer.
    [Theory]
    [InlineData("nomount/x")]
    [InlineData("secret/shop")]
    public async Task A_mount_may_not_exist_or_be_denied(string path)
    {
        _server.Deny("sys/internal/ui/mounts/" + path);
        SecretsSourceException failure = await Assert.ThrowsAsync<SecretsSourceException>(
            () => new SecretsBuilder().AddVault(new VaultOptions().At(_server).Secret(path)).BuildAsync(TestContext.Current.CancellationToken));
        Assert.Equal((SecretsErrorCode.AccessDenied, 403), (failure.Code, failure.Status));
        Assert.Contains("no engine is mounted there, or this program's policy permits nothing in it: compare the path with `vault secrets list`", failure.Message, StringComparison.Ordinal);
    }
}
