using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using Secrets.Testing;
using Secrets.TestServers.Faults;
using Secrets.TestServers.Hosting;

namespace Secrets.Faults;

/// <summary>Runs sources under faults, and knows what is documented of them.</summary>
internal static class FaultTable
{
    public const string Down = "down";
    public const string UntrustedCertificate = "untrusted-certificate";
    public const string OneDenied = "one-denied";
    public const string One = "one-";

    // What one secret of two meets; that it is denied is the vendor's own form.
    private static readonly FaultKind[] _ofOne = [FaultKind.ServerError, FaultKind.Garbage, FaultKind.Oversize];

    /// <summary>Gets how long a load may take at the most: two attempts, and the wait between them.</summary>
    public static readonly TimeSpan Bound = TimeSpan.FromSeconds(8);

    public static IReadOnlyList<StoreUnderFault> Stores { get; } = [new AwsSecretsUnderFault(), new AwsParametersUnderFault(), new AzureUnderFault(), new GcpUnderFault(), new VaultUnderFault(isOpenBao: false), new VaultUnderFault(isOpenBao: true), new KeyringUnderFault()];

    public static IReadOnlyList<string> Faults { get; } = [.. Enum.GetValues<FaultKind>().Select(ServerFault.NameOf), Down, UntrustedCertificate, OneDenied, .. _ofOne.Select(k => One + ServerFault.NameOf(k))];

    /// <summary>Gives the rows of the table in <c>docs/faults.md</c>.</summary>
    public static IReadOnlyList<string> Documented()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Secrets.sln")))
        {
            folder = folder.Parent;
        }

        string page = Path.Combine(folder?.FullName ?? throw new DirectoryNotFoundException("Run it within the repository."), "docs", "faults.md");
        return [.. File.ReadAllLines(page).Where(l => Stores.Any(s => l.StartsWith($"| {s.Name} | ", StringComparison.Ordinal)))];
    }

    public static async Task<FaultRow> RunAsync(StoreUnderFault store, string fault, CancellationToken cancellationToken)
    {
        var canary = new Canary();
        var clock = Stopwatch.StartNew();
        (string first, int firstCalls, _) = await TryAsync(store, fault, canary, isRefresh: false, cancellationToken).ConfigureAwait(false);
        TimeSpan firstTime = clock.Elapsed;
        clock.Restart();
        (string refresh, int refreshCalls, bool isServed) = await TryAsync(store, fault, canary, isRefresh: true, cancellationToken).ConfigureAwait(false);
        return new FaultRow
        {
            Source = store.Name,
            Fault = fault,
            FirstLoad = first,
            FirstCalls = Told(firstCalls, fault),
            Refresh = refresh,
            RefreshCalls = Told(refreshCalls, fault),
            IsLastGoodServed = isServed,
            IsCanarySeen = canary.Leaks.Count > 0,
            Longest = firstTime > clock.Elapsed ? firstTime : clock.Elapsed,
        };
    }

    // How often depends on chance, where a call is made until the time of the load is over.
    private static string Told(int calls, string fault) => fault is "throttle" or "too-many-requests" && calls > 0 ? "many" : calls.ToString(CultureInfo.InvariantCulture);

    private static async Task<(string Outcome, int Calls, bool IsServed)> TryAsync(
        StoreUnderFault store, string fault, Canary canary, bool isRefresh, CancellationToken cancellationToken)
    {
        using X509Certificate2? certificate = fault == UntrustedCertificate && !isRefresh ? TestCertificate.Create() : null;
        string credential = canary.Plant("credential");
        TestServer server = store.CreateServer(certificate, credential);
        await using (server.ConfigureAwait(false))
        {
            await server.ListenAsync().ConfigureAwait(false);
            server.ErrorText = canary.Value;
            store.Store(server, "alpha", canary.Plant("alpha"));
            store.Store(server, "beta", canary.Plant("beta"));
            var builder = new SecretsBuilder();
            store.AddTo(builder, server, credential);
            if (!isRefresh)
            {
                await BreakAsync(store, server, fault, isRefresh).ConfigureAwait(false);
                (string outcome, SecretsStore? built) = await OutcomeAsync(async () => await builder.BuildAsync(cancellationToken).ConfigureAwait(false), store.PathOf("alpha"), canary).ConfigureAwait(false);
                int calls = server.CallCount;
                built?.Dispose();
                return (outcome, calls, built is not null);
            }

            SecretsStore secrets = await builder.BuildAsync(cancellationToken).ConfigureAwait(false);
            await using (secrets.ConfigureAwait(false))
            {
                store.Store(server, "alpha", canary.Plant("rotated"));
                server.ForgetCalls();
                await BreakAsync(store, server, fault, isRefresh).ConfigureAwait(false);
                (string outcome, _) = await OutcomeAsync(
                    async () =>
                    {
                        await secrets.RefreshAsync(cancellationToken).ConfigureAwait(false);
                        return secrets;
                    },
                    store.PathOf("alpha"),
                    canary).ConfigureAwait(false);
                canary.Scan(secrets.Sources.ToString(), "the table of sources");
                canary.Scan(secrets.Explain(store.PathOf("alpha")).ToString(), "an explanation");
                canary.Scan(string.Join('\n', secrets.Warnings), "warnings");
                bool isServed = secrets.GetString(store.PathOf("alpha")) == canary.Plant("alpha") && secrets.GetString(store.PathOf("beta")) == canary.Plant("beta");
                return (outcome, server.CallCount, isServed);
            }
        }
    }

    // A certificate that was trusted and is no longer needs another server on the port: for a refresh it is a connection that is refused.
    private static async Task BreakAsync(StoreUnderFault store, TestServer server, string fault, bool isRefresh)
    {
        switch (fault)
        {
            case Down:
                await server.StopListeningAsync().ConfigureAwait(false);
                break;
            case UntrustedCertificate:
                if (isRefresh)
                {
                    await server.StopListeningAsync().ConfigureAwait(false);
                }

                break;
            case OneDenied:
                store.Deny(server, "alpha");
                break;
            case { } one when one.StartsWith(One, StringComparison.Ordinal):
                server.Inject(ServerFault.Parse(one[One.Length..])!.Kind, when: c => c.Target.Contains("alpha", StringComparison.Ordinal) || c.Text.Contains("alpha", StringComparison.Ordinal));
                break;
            default:
                server.Inject(ServerFault.Parse(fault)!);
                break;
        }
    }

    private static async Task<(string Outcome, SecretsStore? Store)> OutcomeAsync(Func<Task<SecretsStore>> load, string alpha, Canary canary)
    {
        try
        {
            SecretsStore store = await load().ConfigureAwait(false);
            return (AlphaOf(store, alpha, canary), store);
        }
        catch (Exception failure) when (failure is ISecretsError error)
        {
            canary.ScanException(failure, "a failure");
            return (error.Code.ToString(), null);
        }
    }

    private static string AlphaOf(SecretsStore store, string alpha, Canary canary)
    {
        SecretsSourceStatus status = store.Sources.Single();
        if (status.State == SecretsSourceState.Degraded)
        {
            return $"loads, alpha {status.LastErrorCode}";
        }

        try
        {
            _ = store.GetString(alpha);
            return "loads";
        }
        catch (SecretsSourceException failure)
        {
            canary.ScanException(failure, "a failure of one secret");
            return $"loads, alpha {failure.Code}";
        }
    }
}
