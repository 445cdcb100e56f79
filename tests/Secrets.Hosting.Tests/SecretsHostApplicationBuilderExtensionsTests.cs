using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Secrets.Testing;

namespace Secrets.Hosting.Tests;

public sealed class SecretsHostApplicationBuilderExtensionsTests : IDisposable
{
    private readonly LogList _log = new();

    public void Dispose() => _log.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Store_view_and_configuration_are_in_the_host_and_the_host_disposes_them(bool isAsync)
    {
        var builder = Hosts.Builder(_log);
        Action<SecretsBuilder> chain = c => c.Add(Hosts.Source(("database.password", "pw")));
        SecretsStore store = isAsync ? await builder.AddSecretsAsync(chain, cancellationToken: Hosts.Token) : builder.AddSecrets(chain);
        IHost host = builder.Build();
        await host.StartAsync(Hosts.Token);

        Assert.Same(store, host.Services.GetRequiredService<SecretsStore>());
        Assert.Same(store, host.Services.GetRequiredService<SecretsView>());
        Assert.Equal("pw", builder.Configuration["database:password"]);
        Assert.Equal("pw", host.Services.GetRequiredService<IConfiguration>()["database:password"]);

        await host.StopAsync(Hosts.Token);
        host.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => store.RefreshAsync(Hosts.Token));
        Assert.Equal("pw", store.GetString("database.password"));
    }

    [Fact]
    public async Task A_host_that_fails_while_it_starts_disposes_the_store()
    {
        var builder = Hosts.Builder(_log);
        SecretsStore store = await builder.AddSecretsAsync(c => c.Add(Hosts.Source(("a", "1"))), cancellationToken: Hosts.Token);
        builder.Services.AddHostedService<FailingService>();
        using (IHost host = builder.Build())
        {
            await Assert.ThrowsAsync<InvalidOperationException>(() => host.StartAsync(Hosts.Token));
        }

        await Assert.ThrowsAsync<ObjectDisposedException>(() => store.RefreshAsync(Hosts.Token));
    }

    [Fact]
    public async Task A_host_that_is_built_and_never_started_disposes_the_store()
    {
        var builder = Hosts.Builder(_log);
        SecretsStore store = await builder.AddSecretsAsync(c => c.Add(Hosts.Source(("a", "1"))), cancellationToken: Hosts.Token);
        builder.Build().Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => store.RefreshAsync(Hosts.Token));
    }

    [Fact]
    public async Task The_configuration_s_other_providers_are_loaded_before_the_chain_exports()
    {
        var builder = Hosts.Builder(_log);
        builder.Configuration.AddEnvironmentVariables();
        int before = -1;
        await using SecretsStore store = await builder.AddSecretsAsync(
            c => c.Add(new AskingSource(() => before = builder.Configuration.Sources.Count)), o => o.ConfigurationPlace = ConfigurationPlace.BelowEnvironment, Hosts.Token);

        Assert.Equal(builder.Configuration.Sources.Count, before);
    }

    [Fact]
    public async Task The_host_may_be_disposed_while_a_refresh_hangs()
    {
        var builder = Hosts.Builder(_log);
        FakeSource source = Hosts.Source(("a", "1"));
        SecretsStore store = await builder.AddSecretsAsync(c => c.Add(source), cancellationToken: Hosts.Token);
        IHost host = builder.Build();
        await host.StartAsync(Hosts.Token);
        source.Hang();
        Task refresh = store.RefreshAsync(Hosts.Token);

        await host.StopAsync(Hosts.Token);
        host.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => refresh);
    }

    [Fact]
    public async Task The_chain_has_the_host_s_directory_environment_and_startup_limit()
    {
        var builder = Hosts.Builder(_log);
        SecretsBuilder? seen = null;
        await using SecretsStore store = await builder.AddSecretsAsync(
            c =>
            {
                seen = c;
                c.Add(Hosts.Source(("a", "1")));
            },
            cancellationToken: Hosts.Token);

        Assert.Equal(Path.TrimEndingDirectorySeparator(builder.Environment.ContentRootPath), seen!.ProjectDirectory);
        Assert.Equal("Test", seen.EnvironmentName);
        Assert.Equal(TimeSpan.FromSeconds(30), seen.StartupTimeLimit);
    }

    [Fact]
    public async Task A_host_watches_by_default()
    {
        var builder = Hosts.Builder(_log);
        FakeSource source = Hosts.Source(("a", "1"));
        await using SecretsStore store = await builder.AddSecretsAsync(c => c.Add(source), cancellationToken: Hosts.Token);

        source.Set("a", "2");

        await Hosts.UntilAsync(() => store.GetString("a") == "2");
    }

    [Theory]
    [InlineData(ConfigurationPlace.Last, true)]
    [InlineData(ConfigurationPlace.BelowEnvironment, false)]
    public async Task The_place_in_the_configuration_is_an_option(ConfigurationPlace place, bool isAboveVariables)
    {
        // A variable that every process has.
        string variable = Environment.GetEnvironmentVariable("PATH")!;
        var builder = Hosts.Builder(_log, ("file", "file"));
        builder.Configuration.AddEnvironmentVariables().AddCommandLine(["--argument=argument"]);
        await using SecretsStore store = await builder.AddSecretsAsync(
            c => c.Add(Hosts.Source(("file", "secret"), ("PATH", "secret"), ("argument", "secret"))), o => o.ConfigurationPlace = place, Hosts.Token);

        Assert.Equal("secret", builder.Configuration["file"]);
        Assert.Equal(isAboveVariables ? "secret" : variable, builder.Configuration["PATH"]);
        Assert.Equal(isAboveVariables ? "secret" : "argument", builder.Configuration["argument"]);
    }

    [Fact]
    public async Task Exposure_may_be_limited_or_ended()
    {
        var builder = Hosts.Builder(_log);
        await using SecretsStore one = await builder.AddSecretsAsync(
            c => c.Add(Hosts.Source(("a", "1"), ("b", "2"))), o => o.ExposedPaths.Add("a"), Hosts.Token);
        await using SecretsStore other = await builder.AddSecretsAsync(
            c => c.Add(Hosts.Source(("c", "3"))), o => (o.IsInConfiguration, o.ServiceKey) = (false, "other"), Hosts.Token);

        Assert.Equal(("1", null, null), (builder.Configuration["a"], builder.Configuration["b"], builder.Configuration["c"]));
    }

    [Fact]
    public async Task Two_stores_live_in_one_host_under_their_keys()
    {
        var builder = Hosts.Builder(_log);
        SecretsStore one = await builder.AddSecretsAsync(c => c.Add(Hosts.Source(("a", "1"))), cancellationToken: Hosts.Token);
        SecretsStore other = await builder.AddSecretsAsync(c => c.Add(Hosts.Source(("b", "2"))), o => o.ServiceKey = "billing", Hosts.Token);
        builder.Services.AddSecretOptions<Dictionary<string, string>>(serviceKey: "billing");
        using IHost host = builder.Build();
        await host.StartAsync(Hosts.Token);

        Assert.Same(one, host.Services.GetRequiredService<SecretsStore>());
        Assert.Same(other, host.Services.GetRequiredKeyedService<SecretsStore>("billing"));
        Assert.Same(other, host.Services.GetRequiredKeyedService<SecretsView>("billing"));
        Assert.Equal(("1", "2"), (builder.Configuration["a"], builder.Configuration["b"]));

        await host.StopAsync(Hosts.Token);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => one.RefreshAsync(Hosts.Token));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => other.RefreshAsync(Hosts.Token));
    }

    [Fact]
    public async Task A_second_store_without_a_key_is_refused()
    {
        var builder = Hosts.Builder(_log);
        await using SecretsStore store = await builder.AddSecretsAsync(c => c.Add(Hosts.Source(("a", "1"))), cancellationToken: Hosts.Token);

        InvalidOperationException failure = await Assert.ThrowsAsync<InvalidOperationException>(() => builder.AddSecretsAsync(c => c.AddToml(), cancellationToken: Hosts.Token));
        Assert.Contains("ServiceKey", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Offline_contacts_no_remote_source_and_values_of_a_test_count_as_required()
    {
        var builder = Hosts.Builder(_log, ("Secrets:Offline", "true"), ("Secrets:Values:database:password", "test"));
        FakeSource remote = FakeSource.Remote().Set("database.password", "prod");
        await using SecretsStore store = await builder.AddSecretsAsync(
            c => c.Require("database.password").Add(Hosts.Source(("database.user", "u"))).Add(remote, o => o.Name = "aws").Pin("database.password", to: "aws"),
            cancellationToken: Hosts.Token);

        Assert.Equal(("test", 0), (store.GetString("database.password"), remote.Loads));
        Assert.Equal("u", store.GetString("database.user"));
    }

    [Fact]
    public async Task Offline_values_may_be_arrays_and_objects_in_arrays()
    {
        var builder = Hosts.Builder(
            _log, ("Secrets:Offline", "true"), ("Secrets:Values:hosts:0", "a"), ("Secrets:Values:hosts:1", "b"), ("Secrets:Values:servers:0:name", "s"));
        await using SecretsStore store = await builder.AddSecretsAsync(c => c.Add(Hosts.Source(("hosts", new[] { "x" }))), cancellationToken: Hosts.Token);

        Assert.Equal(["a", "b"], store["hosts"].AsList().Select(v => v.Reveal()));
        Assert.Equal("s", store.GetString("servers.0.name"));
    }

    [Fact]
    public async Task Offline_what_a_remote_source_would_supply_is_absent()
    {
        var builder = Hosts.Builder(_log, ("Secrets:Offline", "true"));
        FakeSource remote = FakeSource.Remote("aws").Set("token", "prod");

        SecretNotFoundException failure = await Assert.ThrowsAsync<SecretNotFoundException>(
            () => builder.AddSecretsAsync(c => c.Require("token").Add(Hosts.Source()).Add(remote), cancellationToken: Hosts.Token));

        Assert.Contains("offline", failure.Message, StringComparison.Ordinal);
        Assert.Equal(0, remote.Loads);
    }

    [Fact]
    public async Task An_offline_setting_that_is_no_boolean_is_refused()
    {
        var builder = Hosts.Builder(_log, ("Secrets:Offline", "yes please"));

        await Assert.ThrowsAsync<InvalidOperationException>(() => builder.AddSecretsAsync(c => c.Add(Hosts.Source()), cancellationToken: Hosts.Token));
    }

    private sealed class AskingSource(Action onLoad) : ISecretsSource
    {
        public string Name => "asking";

        public ValueTask<SecretsBatch> LoadAsync(SecretsRequest request, CancellationToken cancellationToken)
        {
            onLoad();
            return ValueTask.FromResult(SecretsBatch.Empty);
        }
    }

    private sealed class FailingService : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => throw new InvalidOperationException("It fails.");

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
