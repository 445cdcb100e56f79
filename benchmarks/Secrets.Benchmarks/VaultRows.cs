using System.Diagnostics;
using System.Globalization;
using Secrets.TestServers.Vault;
using Secrets.Vault;

namespace Secrets.Benchmarks;

/// <summary>Refreshes of a prefix of OpenBao, which lists it with its versions in one call: calls counted by the server, and the median time of ten.</summary>
internal static class VaultRows
{
    private const int Count = 3000;
    private const int Folders = 30;
    private const int Changed = 10;
    private const int Rounds = 10;

    public static async Task<IReadOnlyList<Row>> MeasureAsync()
    {
        VaultServer server = new() { IsOpenBao = true };
        await using (server.ConfigureAwait(false))
        {
            await server.ListenAsync().ConfigureAwait(false);
            for (int i = 0; i < Count; i++)
            {
                server.SetSecret(NameOf(i), """{"password":"before"}""");
            }

            VaultOptions options = new VaultOptions { Address = server.Address, Login = VaultLogin.Token(server.AcceptedToken) }.Prefix("secret/shop/");
            SecretsStore store = await new SecretsBuilder().AddVault(options).BuildAsync().ConfigureAwait(false);
            await using (store.ConfigureAwait(false))
            {
                (int unchangedCalls, double unchanged) = await MeasureAsync(server, store, _ => { }).ConfigureAwait(false);
                (int changedCalls, double changed) = await MeasureAsync(server, store, round => Change(server, round)).ConfigureAwait(false);
                return
                [
                    RowOf("3,000 OpenBao secrets, unchanged", 1, unchangedCalls, unchanged),
                    RowOf("3,000 OpenBao secrets, ten changed", 1 + Changed, changedCalls, changed),
                ];
            }
        }
    }

    private static string NameOf(int number) => string.Create(CultureInfo.InvariantCulture, $"secret/shop/folder{number % Folders}/secret{number}");

    private static void Change(VaultServer server, int round)
    {
        for (int i = 0; i < Changed; i++)
        {
            server.SetSecret(NameOf(i * 300), string.Create(CultureInfo.InvariantCulture, $$"""{"password":"round {{round}}"}"""));
        }
    }

    private static async Task<(int Calls, double Milliseconds)> MeasureAsync(VaultServer server, SecretsStore store, Action<int> change)
    {
        var times = new double[Rounds];
        int calls = 0;
        for (int round = -3; round < Rounds; round++)
        {
            change(round);
            server.ForgetCalls();
            long start = Stopwatch.GetTimestamp();
            await store.RefreshAsync().ConfigureAwait(false);
            double time = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            calls = Math.Max(calls, server.CallCount);
            if (round >= 0)
            {
                times[round] = time;
            }
        }

        Array.Sort(times);
        return (calls, times[Rounds / 2]);
    }

    private static Row RowOf(string promise, int limit, int calls, double milliseconds) => new(
        promise,
        Calls(limit),
        string.Create(CultureInfo.InvariantCulture, $"{Calls(calls)}, {milliseconds:0.0} ms"),
        "",
        calls <= limit);

    private static string Calls(int count) => string.Create(CultureInfo.InvariantCulture, $"{count} call{(count == 1 ? "" : "s")}");
}
