using System.Diagnostics;
using System.Globalization;
using Amazon.Runtime;
using Azure.Core;
using Secrets.Aws;
using Secrets.Azure;
using Secrets.TestServers.Aws;
using Secrets.TestServers.Azure;

namespace Secrets.Benchmarks;

/// <summary>Loads from servers that take 20 ms for an answer, with a warm client, against one call of the same server; medians of ten.</summary>
internal static class RemoteRows
{
    private const int Rounds = 10;

    private static readonly TimeSpan _latency = TimeSpan.FromMilliseconds(20);

    public static async Task<IReadOnlyList<Row>> MeasureAsync() =>
        [await MeasureNamedAwsSecretsAsync().ConfigureAwait(false), await MeasureKeyVaultAsync().ConfigureAwait(false)];

    private static async Task<Row> MeasureNamedAwsSecretsAsync()
    {
        const int Count = 100;
        const double Limit = 2.0;
        AwsServer server = new() { Latency = _latency };
        await using (server.ConfigureAwait(false))
        {
            await server.ListenAsync().ConfigureAwait(false);
            AwsSecretsManagerOptions one = OptionsOf(server), many = OptionsOf(server);
            one.Secret("key0", at: "keys.k0");
            for (int i = 0; i < Count; i++)
            {
                string name = string.Create(CultureInfo.InvariantCulture, $"key{i}");
                server.SetSecret(name, "value");
                many.Secret(name, at: "keys." + name);
            }

            SecretsBuilder oneCall = new SecretsBuilder().AddAwsSecretsManager(one), all = new SecretsBuilder().AddAwsSecretsManager(many);
            double single = await MedianAsync(oneCall).ConfigureAwait(false), whole = await MedianAsync(all).ConfigureAwait(false);
            server.ForgetCalls();
            (await all.BuildAsync().ConfigureAwait(false)).Dispose();
            int calls = server.CallCount;
            return new Row(
                "100 named AWS secrets, 20 ms a call",
                string.Create(CultureInfo.InvariantCulture, $"5 calls, {Limit:0.0} × one call"),
                string.Create(CultureInfo.InvariantCulture, $"{calls} calls, {whole / single:0.00} × ({whole:0.0} ms / {single:0.0} ms)"),
                "",
                calls == 5 && whole / single <= Limit);
        }
    }

    private static async Task<Row> MeasureKeyVaultAsync()
    {
        const int Count = 300;
        const int Pages = 12;
        double limit = 2 * (Pages + Math.Ceiling(Count / 32.0)) * _latency.TotalMilliseconds;
        AzureServer server = new() { Latency = _latency };
        await using (server.ConfigureAwait(false))
        {
            await server.ListenAsync().ConfigureAwait(false);
            for (int i = 0; i < Count; i++)
            {
                server.SetSecret(string.Create(CultureInfo.InvariantCulture, $"key{i:D3}"), "value");
            }

            var options = new AzureKeyVaultOptions { VaultUri = server.VaultUri, Credential = new FixedCredential(), Handler = server.CreateHandler };
            double whole = await MedianAsync(new SecretsBuilder().AddAzureKeyVault(options)).ConfigureAwait(false);
            return new Row(
                "300 Key Vault secrets, 20 ms a call",
                string.Create(CultureInfo.InvariantCulture, $"{limit:0} ms"),
                string.Create(CultureInfo.InvariantCulture, $"{whole:0.0} ms"),
                "",
                whole <= limit);
        }
    }

    private static AwsSecretsManagerOptions OptionsOf(AwsServer server) => new()
    {
        EndpointUrl = server.Address,
        Region = "eu-west-1",
        Credentials = new BasicAWSCredentials(AwsKey.Example.Id, AwsKey.Example.Secret),
    };

    private static async Task<double> MedianAsync(SecretsBuilder chain)
    {
        var times = new double[Rounds];
        for (int round = -3; round < Rounds; round++)
        {
            long start = Stopwatch.GetTimestamp();
            SecretsStore store = await chain.BuildAsync().ConfigureAwait(false);
            double time = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            await store.DisposeAsync().ConfigureAwait(false);
            if (round >= 0)
            {
                times[round] = time;
            }
        }

        Array.Sort(times);
        return times[Rounds / 2];
    }

    private sealed class FixedCredential : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => new(AzureServer.Token, DateTimeOffset.UtcNow.AddHours(1));

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) => new(GetToken(requestContext, cancellationToken));
    }
}
