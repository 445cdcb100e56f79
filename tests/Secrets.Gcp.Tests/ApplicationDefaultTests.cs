using Secrets.TestServers.Faults;
using Secrets.TestServers.Gcp;

namespace Secrets.Gcp.Tests;

/// <summary>
/// Credentials that the vendor's library looks for: it asks variables, and keeps what it found for the life of the process, so that this is one test, and nothing else sets them.
/// </summary>
[Collection(nameof(ApplicationDefaultTests))]
[CollectionDefinition(nameof(ApplicationDefaultTests), DisableParallelization = true)]
public sealed class ApplicationDefaultTests
{
    [Fact]
    public async Task They_come_from_the_metadata_server_once_it_answers()
    {
        await using GcpServer server = GcpServers.Start();
        server.SetSecret("a", "1");
        string[] variables = ["GCE_METADATA_HOST", "GOOGLE_APPLICATION_CREDENTIALS", "HOME", "APPDATA", "NO_GCE_CHECK"];
        Dictionary<string, string?> before = variables.ToDictionary(v => v, Environment.GetEnvironmentVariable);
        DirectoryInfo home = Directory.CreateTempSubdirectory("secrets-gcp-");
        try
        {
            foreach (string variable in variables)
            {
                Environment.SetEnvironmentVariable(variable, null);
            }

            Environment.SetEnvironmentVariable("HOME", home.FullName);
            Environment.SetEnvironmentVariable("APPDATA", home.FullName);
            Environment.SetEnvironmentVariable("GCE_METADATA_HOST", server.Address.Authority);
            var options = new GoogleSecretManagerOptions { EndpointUrl = server.Address, MaxAttempts = 1, CallTimeLimit = TimeSpan.FromSeconds(2) };
            SecretsBuilder chain = new SecretsBuilder().AddGoogleSecretManager(GcpServer.Project, o =>
            {
                (o.EndpointUrl, o.MaxAttempts, o.CallTimeLimit) = (options.EndpointUrl, options.MaxAttempts, options.CallTimeLimit);
                o.Secret("a", at: "a");
            });
            server.Inject(FaultKind.AccessDenied, when: c => c.Path.EndsWith("/token", StringComparison.Ordinal));
            SecretsSourceException failure = await Assert.ThrowsAsync<SecretsSourceException>(() => chain.BuildAsync(TestContext.Current.CancellationToken));
            Assert.Equal(SecretsErrorCode.AccessDenied, failure.Code);
            Assert.Contains("no token could be had for the credentials; set", failure.Message, StringComparison.Ordinal);
            Assert.DoesNotContain(server.Calls, c => c.Operation == "access");

            server.Heal();
            using SecretsStore secrets = await chain.BuildAsync(TestContext.Current.CancellationToken);
            Assert.Equal("1", secrets.GetString("a"));
            Assert.Contains(server.Calls, c => c.Operation == "metadata" && c.Path.EndsWith("/token", StringComparison.Ordinal));
        }
        finally
        {
            foreach ((string name, string? value) in before)
            {
                Environment.SetEnvironmentVariable(name, value);
            }

            home.Delete(recursive: true);
        }
    }
}
