using Secrets.TestServers.Vault;

namespace Secrets.Vault.Tests;

/// <summary>The one login that reads the environment of the process; no other test runs beside it.</summary>
[CollectionDefinition(nameof(ProcessEnvironmentTests), DisableParallelization = true)]
[Collection(nameof(ProcessEnvironmentTests))]
public sealed class ProcessEnvironmentTests : IAsyncDisposable
{
    private const string Variable = "VAULT_TOKEN";

    private readonly string? _before = Environment.GetEnvironmentVariable(Variable);
    private readonly VaultServer _server = VaultServers.Start();

    public ValueTask DisposeAsync()
    {
        Environment.SetEnvironmentVariable(Variable, _before);
        return _server.DisposeAsync();
    }

    [Fact]
    public async Task The_default_login_is_the_variable_of_the_command_line()
    {
        _server.SetSecret("secret/shop", """{"a":"1"}""");
        Environment.SetEnvironmentVariable(Variable, _server.AcceptedToken);
        await using SecretsStore secrets = await new SecretsBuilder().AddVault(_server.Address.AbsoluteUri, "secret/shop").BuildAsync(TestContext.Current.CancellationToken);
        Assert.Equal("1", secrets.GetString("a"));

        Environment.SetEnvironmentVariable(Variable, "wrong");
        Assert.Equal(SecretsErrorCode.AccessDenied, (await Assert.ThrowsAsync<SecretsSourceException>(
            () => new SecretsBuilder().AddVault(_server.Address.AbsoluteUri, "secret/shop").BuildAsync(TestContext.Current.CancellationToken))).Code);
    }
}
