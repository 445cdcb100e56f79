using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Secrets.Testing;

namespace Secrets.Hosting.Tests;

public sealed class SecretsServiceCollectionExtensionsTests : IDisposable
{
    private readonly LogList _log = new();

    public void Dispose() => _log.Dispose();

    public sealed class DatabaseOptions
    {
        [Required]
        public string User { get; set; } = "";

        public SecretValue? Password { get; set; }

        [Range(1, 65535)]
        public int Port { get; set; } = 5432;
    }

    public sealed record Credentials
    {
        public required string User { get; init; }

        public required SecretValue Password { get; init; }
    }

    private async Task<IHost> HostOfAsync(FakeSource source, Action<IServiceCollection> configure)
    {
        var builder = Hosts.Builder(_log);
        await builder.AddSecretsAsync(chain => chain.Watch(false).Add(source), cancellationToken: Hosts.Token);
        configure(builder.Services);
        return builder.Build();
    }

    [Fact]
    public async Task The_three_kinds_of_options_are_bound_and_secrets_stay_masked()
    {
        using IHost host = await HostOfAsync(
            Hosts.Source(("database.user", "shop"), ("database.password", "pw")), services => services.AddSecretOptions<DatabaseOptions>("database"));
        using IServiceScope scope = host.Services.CreateScope();

        DatabaseOptions[] all =
        [
            host.Services.GetRequiredService<IOptions<DatabaseOptions>>().Value,
            scope.ServiceProvider.GetRequiredService<IOptionsSnapshot<DatabaseOptions>>().Value,
            host.Services.GetRequiredService<IOptionsMonitor<DatabaseOptions>>().CurrentValue,
        ];

        Assert.All(all, o => Assert.Equal(("shop", "***", "pw", 5432), (o.User, $"{o.Password}", o.Password!.Reveal(), o.Port)));
    }

    [Fact]
    public async Task A_record_with_required_members_is_bound_configured_and_validated()
    {
        using IHost host = await HostOfAsync(
            Hosts.Source(("database.user", "shop"), ("database.password", "pw")),
            services => services.AddSecretOptions<Credentials>("database").Validate(o => o.User != "root", "not as root"));

        Assert.Equal("shop", host.Services.GetRequiredService<IOptions<Credentials>>().Value.User);
    }

    [Theory]
    [InlineData("shop", 0)]
    [InlineData("", 5432)]
    public async Task What_annotations_refuse_ends_the_start(string user, long port)
    {
        using IHost host = await HostOfAsync(
            Hosts.Source(("database.user", user), ("database.port", port)), services => services.AddSecretOptions<DatabaseOptions>("database"));

        await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(Hosts.Token));
    }

    [Fact]
    public async Task A_missing_section_ends_the_start_with_its_code()
    {
        using IHost host = await HostOfAsync(Hosts.Source(("other", "x")), services => services.AddSecretOptions<Credentials>("database"));

        await Assert.ThrowsAsync<SecretNotFoundException>(() => host.StartAsync(Hosts.Token));
    }

    [Fact]
    public async Task A_rotated_value_is_in_the_monitor_when_the_refresh_returns_and_listeners_are_called()
    {
        FakeSource source = Hosts.Source(("database.user", "old"), ("database.password", "pw"));
        using IHost host = await HostOfAsync(source, services => services.AddSecretOptions<DatabaseOptions>("database"));
        var monitor = host.Services.GetRequiredService<IOptionsMonitor<DatabaseOptions>>();
        var seen = new List<string>();
        using IDisposable? listener = monitor.OnChange(o => seen.Add(o.User));
        Assert.Equal("old", monitor.CurrentValue.User);

        SecretsStore store = host.Services.GetRequiredService<SecretsStore>();
        source.Set("database.user", "new");
        await store.RefreshAsync(Hosts.Token);

        Assert.Equal("new", monitor.CurrentValue.User);
        await store.HandlersIdle;
        Assert.Equal(["new"], seen);
        using IServiceScope scope = host.Services.CreateScope();
        Assert.Equal("new", scope.ServiceProvider.GetRequiredService<IOptionsSnapshot<DatabaseOptions>>().Value.User);
    }

    [Fact]
    public async Task A_change_elsewhere_calls_no_listener()
    {
        FakeSource source = Hosts.Source(("database.user", "u"), ("database.password", "pw"), ("other", "1"));
        using IHost host = await HostOfAsync(source, services => services.AddSecretOptions<DatabaseOptions>("database"));
        var monitor = host.Services.GetRequiredService<IOptionsMonitor<DatabaseOptions>>();
        SecretsStore store = host.Services.GetRequiredService<SecretsStore>();
        var order = new List<string>();
        using IDisposable? listener = monitor.OnChange(o => order.Add("options"));
        using IDisposable last = store.OnChange("other", _ => order.Add("other"));

        DatabaseOptions before = monitor.CurrentValue;
        source.Set("other", "2");
        await store.RefreshAsync(Hosts.Token);
        await store.HandlersIdle;

        Assert.Equal(["other"], order);
        Assert.Same(before, monitor.CurrentValue);
    }

    [Theory]
    [InlineData("database.port", 0L, "ValidationFailed: the message is the application's")]
    [InlineData("database.port", "not a number", "InvalidFormat: database.port ")]
    public async Task A_rotated_value_that_is_rejected_keeps_the_last_and_breaks_nothing(string path, object bad, string reason)
    {
        FakeSource source = Hosts.Source(("database.user", "u"), ("database.password", "pw"), ("database.port", 1L));
        using IHost host = await HostOfAsync(source, services => services.AddSecretOptions<DatabaseOptions>("database"));
        var monitor = host.Services.GetRequiredService<IOptionsMonitor<DatabaseOptions>>();
        SecretsStore store = host.Services.GetRequiredService<SecretsStore>();
        var ports = new List<int>();
        using IDisposable? listener = monitor.OnChange(o => ports.Add(o.Port));
        Assert.Equal(1, monitor.CurrentValue.Port);

        source.Set(path, bad);
        await store.RefreshAsync(Hosts.Token);
        await store.HandlersIdle;
        Assert.Equal(1, monitor.CurrentValue.Port);
        using IServiceScope scope = host.Services.CreateScope();
        Assert.Equal(1, scope.ServiceProvider.GetRequiredService<IOptionsSnapshot<DatabaseOptions>>().Value.Port);
        Assert.Contains(_log.Entries, e => e.Id == 6 && e.Level == LogLevel.Error && e.Text.Contains(reason, StringComparison.Ordinal));
        Assert.DoesNotContain(_log.Entries, e => e.Text.Contains("not a number", StringComparison.Ordinal));

        source.Set(path, 2L);
        await store.RefreshAsync(Hosts.Token);
        Assert.Equal(2, monitor.CurrentValue.Port);
        await store.HandlersIdle;
        Assert.Equal([2], ports);
        Assert.Contains(_log.Entries, e => e.Id == 7 && e.Level == LogLevel.Information);
    }

    [Fact]
    public async Task Each_name_follows_its_own_section()
    {
        FakeSource source = Hosts.Source(("read.user", "r"), ("write.user", "w"));
        using IHost host = await HostOfAsync(source, services =>
        {
            services.AddSecretOptions<DatabaseOptions>("read", "read");
            services.AddSecretOptions<DatabaseOptions>("write", "write");
            services.Configure<DatabaseOptions>("other", o => o.User = "configured");
        });
        var monitor = host.Services.GetRequiredService<IOptionsMonitor<DatabaseOptions>>();
        Assert.Equal(["r", "w", "configured"], new[] { "read", "write", "other" }.Select(n => monitor.Get(n).User));

        source.Set("read.user", "r2").Set("write.user", "w2");
        await host.Services.GetRequiredService<SecretsStore>().RefreshAsync(Hosts.Token);

        Assert.Equal(["r2", "w2", "configured"], new[] { "read", "write", "other" }.Select(n => monitor.Get(n).User));
    }

    [Fact]
    public async Task The_first_value_after_an_outage_arrives()
    {
        FakeSource source = Hosts.Source(("database.user", "before"));
        using IHost host = await HostOfAsync(source, services => services.AddSecretOptions<DatabaseOptions>("database"));
        var monitor = host.Services.GetRequiredService<IOptionsMonitor<DatabaseOptions>>();
        SecretsStore store = host.Services.GetRequiredService<SecretsStore>();

        source.Fail();
        await Assert.ThrowsAsync<SecretsSourceException>(() => store.RefreshAsync(Hosts.Token));
        Assert.Equal("before", monitor.CurrentValue.User);
        source.Recover().Set("database.user", "after");
        await store.RefreshAsync(Hosts.Token);

        Assert.Equal("after", monitor.CurrentValue.User);
    }

    [Fact]
    public async Task An_override_of_one_test_does_not_reach_options_that_all_share()
    {
        using IHost host = await HostOfAsync(Hosts.Source(("database.user", "shared")), services => services.AddSecretOptions<DatabaseOptions>("database"));
        using IDisposable overridden = host.Services.GetRequiredService<SecretsStore>().With("database.user", "mine");

        Assert.Equal("shared", host.Services.GetRequiredService<IOptionsMonitor<DatabaseOptions>>().CurrentValue.User);
    }

    [Fact]
    public void Options_without_a_store_say_what_to_call()
    {
        var builder = Hosts.Builder();
        builder.Services.AddSecretOptions<DatabaseOptions>("database");
        using IHost host = builder.Build();

        InvalidOperationException failure = Assert.Throws<InvalidOperationException>(() => host.Services.GetRequiredService<IOptions<DatabaseOptions>>().Value);
        Assert.Contains("AddSecretsAsync", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_thousand_rotations_and_outages_leave_no_listener_behind()
    {
        FakeSource source = Hosts.Source(("database.user", "0"));
        using IHost host = await HostOfAsync(source, services => services.AddSecretOptions<DatabaseOptions>("database"));
        var monitor = host.Services.GetRequiredService<IOptionsMonitor<DatabaseOptions>>();
        SecretsStore store = host.Services.GetRequiredService<SecretsStore>();
        int calls = 0;
        using IDisposable? listener = monitor.OnChange(_ => Interlocked.Increment(ref calls));

        for (int i = 1; i <= 1000; i++)
        {
            string user = i.ToString(System.Globalization.CultureInfo.InvariantCulture);
            if (i % 10 == 0)
            {
                source.Fail();
                await Assert.ThrowsAsync<SecretsSourceException>(() => store.RefreshAsync(Hosts.Token));
                source.Recover();
            }

            source.Set("database.user", user);
            await store.RefreshAsync(Hosts.Token);
            Assert.Equal(user, monitor.CurrentValue.User);
            if (i % 100 == 0)
            {
                // The queue of handlers has a limit.
                await store.HandlersIdle;
            }
        }

        // One call a rotation, however many providers and tokens came and went.
        await store.HandlersIdle;
        Assert.Equal(1000, calls);
    }
}
