using Google.Apis.Auth.OAuth2;
using Secrets.TestServers.Hosting;

namespace Secrets.Gcp.Tests;

/// <summary>What an emulator answered, over its own REST and in Google's mapping of JSON.</summary>
public sealed class EmulatorTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Its_pages_are_read_to_the_end()
    {
        await using EmulatorServer server = await StartAsync("emulator-rest.txt");
        using SecretsStore secrets = await BuildAsync(server, "wirepages", o => o.Prefix(""));
        Assert.Equal(["k25", "k27", "k39", "k53", "k59", "k62", "k69"], secrets.Keys.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("emulator-rest.txt")]
    [InlineData("emulator-transcoded.txt")]
    public async Task Its_contents_are_read_and_versions_looked_at(string captures)
    {
        await using EmulatorServer server = await StartAsync(captures);
        using SecretsStore secrets = await BuildAsync(server, "wire", o => o.Secret("one", at: "one").Secret("empty", at: "empty"));
        Assert.Equal(("throwaway3", "3", ""), (secrets.GetString("one"), secrets["one"].Origin.Version, secrets.GetString("empty")));

        server.ForgetCalls();
        SecretsSourceException? failure = (SecretsSourceException?)await Record.ExceptionAsync(() => secrets.RefreshAsync(Token));

        // The version of the empty secret was not captured.
        Assert.Equal("empty", failure?.NativeName);
        Assert.Contains(server.Calls, c => c.Path.EndsWith("/one/versions/latest", StringComparison.Ordinal));
        Assert.DoesNotContain(server.Calls, c => c.Path.EndsWith(":access", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_failure_that_it_writes_as_a_text_is_one_of_the_server()
    {
        await using EmulatorServer server = await StartAsync("emulator-rest.txt");
        SecretsSourceException failure = await Assert.ThrowsAsync<SecretsSourceException>(() => BuildAsync(server, "wire", o => o.Secret("nope", at: "nope")));
        Assert.Equal((SecretsErrorCode.Unavailable, 500), (failure.Code, failure.Status));
        Assert.DoesNotContain("rpc error", failure.ToString(), StringComparison.Ordinal);
    }

    private static async Task<EmulatorServer> StartAsync(string captures)
    {
        Assert.SkipWhen(CapturedAnswers.Folder is null, "the captured answers are not beside the repository");
        var server = new EmulatorServer(await File.ReadAllTextAsync(Path.Combine(CapturedAnswers.Folder!, "gcp", captures), Token));
        await server.ListenAsync();
        return server;
    }

    private static Task<SecretsStore> BuildAsync(EmulatorServer server, string project, Action<GoogleSecretManagerOptions> choose)
    {
        // The captures are of 2026-11-26: what was read now is newer than all of them.
        var options = new GoogleSecretManagerOptions { Project = project, EndpointUrl = server.Address, Credential = GoogleCredential.FromAccessToken("token"), MaxAttempts = 1 };
        choose(options);
        return new SecretsBuilder { TimeProvider = new FakeTimeProvider(new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero)) }.AddGoogleSecretManager(options).BuildAsync(Token);
    }
}
