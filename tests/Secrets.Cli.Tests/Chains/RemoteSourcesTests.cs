using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Secrets.TestServers.Aws;
using Secrets.TestServers.Hosting;
using Secrets.TestServers.Vault;

namespace Secrets.Cli.Chains;

/// <summary>The whole command against a store: which calls it makes, and which of them wait for one another. A held server sees that without a clock.</summary>
public sealed class RemoteSourcesTests : IAsyncLifetime
{
    private const string Batch = "BatchGetSecretValue";

    private readonly Desk _desk = new();
    private readonly AwsServer _server = new();
    private readonly VaultServer _vault = new();

    public async ValueTask InitializeAsync()
    {
        await _server.ListenAsync();
        await _vault.ListenAsync();
        _vault.SetRole("app", new VaultDynamicRole(TimeSpan.FromHours(1), TimeSpan.FromHours(4)));
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _vault.DisposeAsync();
        _desk.Dispose();
    }

    [Fact]
    public async Task A_hundred_required_secrets_are_fetched_in_one_round()
    {
        SeedPrefix();
        _desk.Write("secrets.example.toml", string.Concat(Enumerable.Range(0, 100).Select(i => Key(i) + " = \"\"\n")));
        _server.HoldUntil(5);

        string output = await RunAsync("check", "--from", "aws:prod/shop/");

        Assert.Equal("No problem found; 100 secrets, 100 required.", output.Trim());
        Assert.Equal(Enumerable.Repeat(Batch, 5), _server.Calls.Select(c => c.Operation));
        Assert.Equal(5, _server.MaxConcurrentCalls);
    }

    [Fact]
    public async Task A_check_that_misses_a_secret_lists_nothing()
    {
        _server.SetSecret("prod/shop/there", "value");
        _server.DenyOperation("ListSecrets");
        string toml = _desk.Write("open.toml", "a = 1\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(toml, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        }

        (int exitCode, _, string error, _) = await StartAsync(_server, ["check", "--from", "toml:open.toml", "--from", "aws:prod/shop/", "--require", "missing", "--require", "there"]);

        Assert.Equal(ExitCode.No, exitCode);
        Assert.Contains("problem: missing was not found", error, StringComparison.Ordinal);
        Assert.DoesNotContain("ListSecrets", error, StringComparison.Ordinal);
        Assert.DoesNotContain("ListSecrets", _server.Calls.Select(c => c.Operation));
        Assert.Equal(!OperatingSystem.IsWindows(), error.Contains("chmod 600", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_list_of_a_prefix_asks_for_the_names_and_then_for_all_values_at_once()
    {
        SeedPrefix();
        _server.HoldUntil(5, c => c.Operation == Batch);

        using var json = JsonDocument.Parse(await RunAsync("list", "--json", "--from", "aws:prod/shop/"));

        Assert.Equal(Enumerable.Range(0, 100).Select(Key).Order(StringComparer.Ordinal), json.RootElement.EnumerateArray().Select(e => e.GetProperty("path").GetString()!).Order(StringComparer.Ordinal));
        Assert.Equal(["ListSecrets", .. Enumerable.Repeat(Batch, 5)], _server.Calls.Select(c => c.Operation));
        Assert.Equal(5, _server.MaxConcurrentCalls);
    }

    [Theory]
    [InlineData("list")]
    [InlineData("get", "k7")]
    [InlineData("export", "--format", "shell")]
    public async Task One_secret_of_a_hundred_keys_is_one_call(params string[] args)
    {
        _server.SetSecret("prod/shop", JsonSerializer.Serialize(Enumerable.Range(0, 100).ToDictionary(Key, i => $"value {i}", StringComparer.Ordinal)));

        Assert.Equal(args[0] == "get", (await RunAsync([.. args, "--from", "aws:prod/shop"])).Trim() == "value 7");

        Assert.Equal(["GetSecretValue"], _server.Calls.Select(c => c.Operation));
    }

    [Theory]
    [InlineData("get", "username")]
    [InlineData("get", "username", "--json")]
    [InlineData("export", "--format", "json")]
    [InlineData("list", "--reveal")]
    public async Task A_user_of_a_database_that_is_printed_outlives_the_command(params string[] args)
    {
        string output = await RunAsync(_vault, [.. args, "--from", "vault:database/creds/app"]);

        VaultIssuedLease lease = Assert.Single(_vault.Leases);
        Assert.Contains(lease.User, output, StringComparison.Ordinal);
        Assert.True(_vault.IsUserLive(lease.User));
    }

    [Fact]
    public async Task A_program_that_is_run_gets_a_user_of_a_database_that_is_live()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no execve");

        string user = (await RunAsync(_vault, "run", "--from", "vault:database/creds/app", "--", "printenv", "username")).Trim();

        Assert.True(_vault.IsUserLive(user));
    }

    [Theory]
    [InlineData(ExitCode.Done, "list")]
    [InlineData(ExitCode.Done, "explain", "username")]
    [InlineData(ExitCode.Done, "check")]
    [InlineData(ExitCode.No, "export", "--format", "json", "--only", "nope")]
    [InlineData(127, "run", "--", "./no-such-program")]
    public async Task A_user_of_a_database_that_nobody_got_is_given_back(int expected, params string[] args)
    {
        (int exitCode, _, _, _) = await StartAsync(_vault, [args[0], "--from", "vault:database/creds/app", .. args[1..]]);

        Assert.Equal(expected, exitCode);
        Assert.True(Assert.Single(_vault.Leases).IsRevoked);
    }

    private static string Key(int i) => "k" + i.ToString(CultureInfo.InvariantCulture);

    private void SeedPrefix()
    {
        for (int i = 0; i < 100; i++)
        {
            _server.SetSecret("prod/shop/" + Key(i), "value");
        }
    }

    private Task<string> RunAsync(params string[] args) => RunAsync(_server, args);

    private async Task<string> RunAsync(TestServer server, params string[] args)
    {
        (int exitCode, string output, string error, _) = await StartAsync(server, args);
        Assert.Equal("", error);
        Assert.Equal(ExitCode.Done, exitCode);
        return output;
    }

    private Task<(int ExitCode, string Output, string Error, int Id)> StartAsync(TestServer server, string[] args)
    {
        var start = new ProcessStartInfo(RealProcess.Dotnet, [RealProcess.Command, .. args]) { WorkingDirectory = _desk.Directory };
        start.Environment["HOME"] = start.Environment["USERPROFILE"] = _desk.Home;
        start.Environment["AWS_EC2_METADATA_DISABLED"] = "true";
        foreach (string[] variable in server.Environment.Select(v => v.Split('=', 2)))
        {
            start.Environment[variable[0]] = variable[1];
        }

        return RealProcess.RunAsync(start, "");
    }
}
