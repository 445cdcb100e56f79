using System.Text.Json.Nodes;
using Secrets.TestServers.Faults;
using Secrets.TestServers.Vault;
using Secrets.Tests.Fakes;

namespace Secrets.Vault.Tests;

/// <summary>A SecretID that is delivered wrapped.</summary>
public sealed class VaultWrappedSecretIdTests : IAsyncDisposable
{
    private const string CreationPath = "auth/approle/role/shop/secret-id";

    private readonly VaultServer _server = VaultServers.Start();
    private readonly TempDirectory _folder = new();

    public VaultWrappedSecretIdTests()
    {
        _server.SetSecret("secret/shop", """{"a":"1"}""");
        _server.SetLogin("approle/login", new JsonObject { ["role_id"] = "shop", ["secret_id"] = "s3cret" }, TimeSpan.FromHours(1));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static JsonObject SecretId => new() { ["secret_id"] = "s3cret", ["secret_id_accessor"] = "accessor-1", ["secret_id_num_uses"] = 0 };

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return _server.DisposeAsync();
    }

    [Fact]
    public async Task It_is_unwrapped_once_and_serves_further_logins_and_builds()
    {
        VaultLogin login = VaultLogin.AppRoleWrapped("shop", _server.Wrap(CreationPath, SecretId), secretIdAccessor: "accessor-1");
        SecretsBuilder chain = Chain(login);
        await using SecretsStore secrets = await chain.BuildAsync(Token);
        _server.Revoke(_server.LiveTokens.Single());
        await secrets.RefreshAsync(Token);
        await using SecretsStore again = await chain.BuildAsync(Token);
        Assert.Equal("lookup-wrapped unwrap login mount read metadata lookup-self login metadata login mount read", _server.Operations());
        Assert.Null(_server.Calls[0].Header("X-Vault-Token"));
    }

    [Theory]
    [InlineData("auth/approle/role/shop/custom-secret-id")]
    public async Task A_custom_SecretID_is_one_too(string path)
    {
        await using SecretsStore secrets = await Chain(VaultLogin.AppRoleWrapped("shop", _server.Wrap(path, SecretId))).BuildAsync(Token);
        Assert.Equal("1", secrets.GetString("a"));
    }

    [Fact]
    public async Task A_namespace_before_the_path_is_no_suspicion()
    {
        _server.Namespace = "teams";
        VaultOptions options = new VaultOptions { Namespace = "teams" }.At(_server, VaultLogin.AppRoleWrapped("shop", _server.Wrap("teams/" + CreationPath, SecretId))).Secret("secret/shop");
        await using SecretsStore secrets = await new SecretsBuilder().AddVault(options).BuildAsync(Token);
        Assert.Equal("1", secrets.GetString("a"));
    }

    [Fact]
    public async Task One_that_somebody_else_has_unwrapped_is_told()
    {
        string wrapping = _server.Wrap(CreationPath, SecretId);
        _server.Intercept(wrapping);
        SecretsSourceException failure = await FailAsync(VaultLogin.AppRoleWrapped("shop", wrapping));
        Assert.Equal(400, failure.Status);
        Assert.Contains("it has expired, or it was unwrapped before, status 400; where this program did not unwrap it, treat the SecretID as known to somebody else", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(wrapping, failure.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sys/wrapping/wrap")]
    [InlineData("cubbyhole/response")]
    [InlineData("auth/other/role/shop/secret-id")]
    [InlineData("auth/approle/role/shop/role-id")]
    [InlineData("evil/auth/approle/role/shop/secret-id")]
    [InlineData("auth/approle/role//secret-id")]
    [InlineData("auth/approle/role/a/b/secret-id")]
    public async Task One_that_was_wrapped_again_is_told_before_it_is_unwrapped(string path)
    {
        SecretsSourceException failure = await FailAsync(VaultLogin.AppRoleWrapped("shop", _server.Wrap(path, SecretId)));
        Assert.Equal("lookup-wrapped", _server.Operations());
        Assert.Contains("was not created by auth/approle/role/…/secret-id", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("evil", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_accessor_than_the_given_one_is_told()
    {
        SecretsSourceException failure = await FailAsync(VaultLogin.AppRoleWrapped("shop", _server.Wrap(CreationPath, SecretId), secretIdAccessor: "accessor-2"));
        Assert.Contains("with another accessor than the one that was given", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_holds_something_else_is_told()
    {
        SecretsSourceException failure = await FailAsync(VaultLogin.AppRoleWrapped("shop", _server.Wrap(CreationPath, new JsonObject { ["role_id"] = "r" })));
        Assert.Contains("holds no SecretID", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\nb")]
    public async Task A_text_that_is_no_token_is_not_sent(string text)
    {
        await FailAsync(VaultLogin.AppRoleWrapped("shop", text));
        Assert.Equal(0, _server.CallCount);
    }

    [Fact]
    public async Task An_outage_before_it_is_unwrapped_costs_nothing()
    {
        VaultLogin login = VaultLogin.AppRoleWrapped("shop", _server.Wrap(CreationPath, SecretId));
        _server.Inject(FaultKind.ServerError, times: 1, c => c.Operation == "lookup-wrapped");
        Assert.Equal(SecretsErrorCode.Unavailable, (await Assert.ThrowsAsync<SecretsSourceException>(() => Chain(login).BuildAsync(Token))).Code);
        await using SecretsStore secrets = await Chain(login).BuildAsync(Token);
        Assert.Equal("1", secrets.GetString("a"));
    }

    [Fact]
    public async Task A_build_that_fails_later_does_not_lose_one_that_is_itself_a_secret()
    {
        string token = _server.Wrap(CreationPath, SecretId);
        SecretsBuilder chain = new SecretsBuilder()
            .AddInMemory(new Dictionary<string, string> { ["wrapping_token"] = token })
            .AddVault(new VaultOptions().At(_server).Secret("secret/later"), view => VaultLogin.AppRoleWrapped("shop", view.GetString("wrapping_token")));
        await Assert.ThrowsAsync<SecretsSourceException>(() => chain.BuildAsync(Token));
        _server.SetSecret("secret/later", """{"b":"2"}""");
        await using SecretsStore secrets = await chain.BuildAsync(Token);
        Assert.Equal("2", secrets.GetString("b"));
    }

    [Fact]
    public async Task A_build_that_is_cancelled_while_it_is_unwrapped_does_not_lose_it()
    {
        var gate = new Gate();
        VaultOptions options = new VaultOptions().At(_server, VaultLogin.AppRoleWrapped("shop", _server.Wrap(CreationPath, SecretId))).Secret("secret/shop");
        options.Handler = () => new GatedHandler(gate);
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Token);
        SecretsBuilder chain = new SecretsBuilder().AddVault(options);
        Task<SecretsStore> cancelled = chain.BuildAsync(cancellation.Token);
        await gate.Reached.Task.WaitAsync(Token);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        Task<SecretsStore> next = chain.BuildAsync(Token);
        gate.Opened.SetResult();
        await using SecretsStore secrets = await next;
        Assert.Equal(("1", 1), (secrets.GetString("a"), _server.Count("unwrap")));
    }

    private async Task<SecretsSourceException> FailAsync(VaultLogin login)
    {
        SecretsSourceException failure = await Assert.ThrowsAsync<SecretsSourceException>(() => Chain(login).BuildAsync(Token));
        Assert.Equal(SecretsErrorCode.AccessDenied, failure.Code);
        Assert.DoesNotContain("s3cret", failure.ToString(), StringComparison.Ordinal);
        return failure;
    }

    private SecretsBuilder Chain(VaultLogin login) => new SecretsBuilder().AddVault(new VaultOptions().At(_server, login).Secret("secret/shop"));

    private sealed class Gate
    {
        public TaskCompletionSource Reached { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Opened { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>Holds back the answer of the unwrapping, which the server has given by then.</summary>
    private sealed class GatedHandler(Gate gate) : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            HttpResponseMessage answer = await base.SendAsync(request, cancellationToken);
            if (request.RequestUri!.AbsolutePath.EndsWith("/unwrap", StringComparison.Ordinal))
            {
                gate.Reached.TrySetResult();
                await gate.Opened.Task.WaitAsync(cancellationToken);
            }

            return answer;
        }
    }
}
