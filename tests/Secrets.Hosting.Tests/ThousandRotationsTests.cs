using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Secrets.Testing;
using Secrets.Tests.Fakes;

namespace Secrets.Hosting.Tests;

/// <summary>A host that lives through a thousand rotations under a clock that the test moves: the store refreshes by itself.</summary>
public sealed class ThousandRotationsTests
{
    private const int Rounds = 1000;

    public sealed class DatabaseOptions
    {
        [Required]
        public string User { get; set; } = "";
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Every_value_reaches_the_monitor_once_also_the_first_after_an_outage_and_nothing_is_left_behind(bool isWatching)
    {
        var clock = new ManualTimeProvider();
        var source = new CountingSource("0");
        HostApplicationBuilder builder = Hosts.Builder();
        SecretsStore store = await builder.AddSecretsAsync(
            chain =>
            {
                chain.TimeProvider = clock;
                chain.Watch(isWatching).Add(source, o => o.RefreshInterval = isWatching ? null : TimeSpan.FromSeconds(10));
            },
            cancellationToken: Hosts.Token);
        builder.Services.AddSecretOptions<DatabaseOptions>("database");
        IHost host = builder.Build();
        await host.StartAsync(Hosts.Token);
        var monitor = host.Services.GetRequiredService<IOptionsMonitor<DatabaseOptions>>();
        var configuration = host.Services.GetRequiredService<IConfiguration>();
        var received = new List<string>();
        int reloads = 0;
        using IDisposable? listener = monitor.OnChange(options => received.Add(options.User));
        using IDisposable reload = ChangeToken.OnChange(configuration.GetReloadToken, () => reloads++);
        await store.Idle;
        (int Timers, int Handlers, int Waits) first = default;

        for (int i = 1; i <= Rounds; i++)
        {
            string value = i.ToString(CultureInfo.InvariantCulture), before = monitor.CurrentValue.User;
            if (i % 3 != 0)
            {
                _ = i % 3 == 1 ? source.Fake.Fail() : source.Fake.Hang();
                source.Fake.Set("database.user", value + " during an outage");
                await PassUntilAsync(clock, () => store.Sources[0].State == SecretsSourceState.Degraded);
                Assert.Equal((before, before), (monitor.CurrentValue.User, configuration["database:user"]));
            }

            source.Fake.Set("database.user", value).Recover();
            await PassUntilAsync(clock, () => store.Sources[0].State == SecretsSourceState.Loaded && store.GetString("database.user") == value);
            await RestAsync(store);
            Assert.Equal((value, value), (monitor.CurrentValue.User, configuration["database:user"]));
            first = i == 10 ? Counts() : first;
        }

        Assert.Equal([.. Enumerable.Range(1, Rounds).Select(i => i.ToString(CultureInfo.InvariantCulture))], received);
        Assert.Equal(Rounds, reloads);
        Assert.True(first.Handlers > 0);
        Assert.Equal(first, Counts());

        await host.StopAsync(Hosts.Token);
        host.Dispose();
        Assert.Equal((0, 0, 0), Counts());

        (int Timers, int Handlers, int Waits) Counts() => (clock.LiveTimers, store.HandlerCount, source.Waits);
    }

    [Fact]
    public async Task A_value_that_is_rejected_between_two_good_ones_is_never_received()
    {
        var clock = new ManualTimeProvider();
        FakeSource source = Hosts.Source(("database.user", "0"));
        HostApplicationBuilder builder = Hosts.Builder();
        SecretsStore store = await builder.AddSecretsAsync(
            chain =>
            {
                chain.TimeProvider = clock;
                chain.Watch(false).Add(source, o => o.RefreshInterval = TimeSpan.FromSeconds(10));
            },
            cancellationToken: Hosts.Token);
        builder.Services.AddSecretOptions<DatabaseOptions>("database");
        using IHost host = builder.Build();
        await host.StartAsync(Hosts.Token);
        var monitor = host.Services.GetRequiredService<IOptionsMonitor<DatabaseOptions>>();
        var received = new List<string>();
        using IDisposable? listener = monitor.OnChange(options => received.Add(options.User));

        foreach (string value in new[] { "1", "", "2", "", "3" })
        {
            source.Set("database.user", value);
            await PassUntilAsync(clock, () => store.GetString("database.user") == value);
            await RestAsync(store);
        }

        Assert.Equal(["1", "2", "3"], received);
        Assert.Equal("3", monitor.CurrentValue.User);
    }

    /// <summary>Lets time pass until something has come of it.</summary>
    private static Task PassUntilAsync(ManualTimeProvider clock, Func<bool> isDone) => Hosts.UntilAsync(() =>
    {
        clock.Advance(TimeSpan.FromSeconds(10));
        return isDone();
    });

    private static async Task RestAsync(SecretsStore store)
    {
        await store.Idle.WaitAsync(Hosts.Token);
        await store.HandlersIdle.WaitAsync(Hosts.Token);
    }

    /// <summary>Counts the waits for a change that are under way.</summary>
    private sealed class CountingSource : ISecretsChangeSignal
    {
        private int _waits;

        public CountingSource(string user) => Fake = Hosts.Source(("database.user", user));

        public FakeSource Fake { get; }

        public int Waits => Volatile.Read(ref _waits);

        public string Name => Fake.Name;

        public ValueTask<SecretsBatch> LoadAsync(SecretsRequest request, CancellationToken cancellationToken) => Fake.LoadAsync(request, cancellationToken);

        public async Task WaitForChangeAsync(SecretsBatch? loaded, TimeProvider timeProvider, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _waits);
            try
            {
                await Fake.WaitForChangeAsync(loaded, timeProvider, cancellationToken);
            }
            finally
            {
                Interlocked.Decrement(ref _waits);
            }
        }
    }
}
