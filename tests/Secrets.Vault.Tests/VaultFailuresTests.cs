using System.Net;
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

    [Theory]
    [InlineData("secret/shop/", "secret/metadata/shop")]
    [InlineData("kv/shop/", "kv/shop")]
    public async Task A_denied_list_says_what_permits_it_and_how_to_do_without(string prefix, string denied)
    {
        _server.SetSecret(prefix + "a", """{"k":"1"}""");
        _server.Deny(denied);
        SecretsSourceException failure = await Assert.ThrowsAsync<SecretsSourceException>(
            () => new SecretsBuilder().AddVault(new VaultOptions().At(_server).Prefix(prefix)).BuildAsync(TestContext.Current.CancellationToken));
        Assert.Equal((SecretsErrorCode.AccessDenied, 403, prefix + "*"), (failure.Code, failure.Status, failure.NativeName));
        Assert.Contains("let this program's policy list it: the capability list", failure.Message, StringComparison.Ordinal);
        Assert.Contains("name what is needed with Require or Secret, and nothing is listed.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_status_of_what_stands_in_between_is_kept()
    {
        var failure = new HttpRequestException("quotes", inner: null, HttpStatusCode.ProxyAuthenticationRequired);
        SecretsSourceException reported = VaultFailures.Table.Find(failure)!.ToException("a", "the store", nativeName: null);
        Assert.Equal((SecretsErrorCode.AccessDenied, 407), (reported.Code, reported.Status));
        Assert.Contains("the proxy asks for a login", reported.Message, StringComparison.Ordinal);
    }
}
