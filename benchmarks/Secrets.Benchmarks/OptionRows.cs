using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Secrets.Benchmarks;

/// <summary>
/// Reads of <c>IOptionsMonitor.CurrentValue</c> in two hosts, against options that <c>Bind</c> takes from an in-memory provider of the same data.
/// The host of the secrets watches its chain, as hosts do.
/// </summary>
internal static class OptionRows
{
    private const double Limit = 1.0;

    /// <summary>Both sides run the same code of the framework, so that their ratio is 1 give or take what the machine adds.</summary>
    private const double Tolerance = 0.1;

    private static readonly (string Path, string Value)[] Data = [("database.user", "shop"), ("database.password", "not-a-real-password"), ("database.port", "5432")];

    public static async Task<IReadOnlyList<Row>> MeasureAsync()
    {
        using IHost secrets = await SecretsHostAsync().ConfigureAwait(false), configuration = ConfigurationHost();
        IOptionsMonitor<DatabaseOptions> own = Monitor(secrets), other = Monitor(configuration);
        DatabaseOptions? sink = null;
        return
        [
            Read("IOptionsMonitor.CurrentValue", () => sink = own.CurrentValue, () => sink = other.CurrentValue),
            Read("IOptionsMonitor.Get(\"\")", () => sink = own.Get(""), () => sink = other.Get("")),
        ];
    }

    private static Row Read(string name, Action subject, Action baseline)
    {
        Comparison comparison = Comparison.Of(subject, baseline, rounds: 301, callsPerRound: 20_000);
        return new Row(
            name,
            string.Create(CultureInfo.InvariantCulture, $"{Limit:0.00} × Bind, ± {Tolerance:0.00}, 0 B"),
            comparison.Describe(),
            string.Create(CultureInfo.InvariantCulture, $"{comparison.Bytes} B"),
            comparison.Ratio <= Limit + Tolerance && comparison.Bytes == 0);
    }

    private static IOptionsMonitor<DatabaseOptions> Monitor(IHost host) => host.Services.GetRequiredService<IOptionsMonitor<DatabaseOptions>>();

    private static async Task<IHost> SecretsHostAsync()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(settings: null);
        await builder.AddSecretsAsync(chain => chain.AddInMemory(Data.Select(d => KeyValuePair.Create(d.Path, (object?)d.Value)).ToArray())).ConfigureAwait(false);
        builder.Services.AddSecretOptions<DatabaseOptions>("database");
        return builder.Build();
    }

    private static IHost ConfigurationHost()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Configuration.AddInMemoryCollection(Data.Select(d => KeyValuePair.Create(d.Path.Replace('.', ':'), (string?)d.Value)));
        builder.Services.AddOptions<DatabaseOptions>().Bind(builder.Configuration.GetSection("database"));
        return builder.Build();
    }

    /// <summary>A class without secret values, because both sides have to bind it.</summary>
    internal sealed class DatabaseOptions
    {
        public string User { get; set; } = "";

        public string Password { get; set; } = "";

        public int Port { get; set; }
    }
}
