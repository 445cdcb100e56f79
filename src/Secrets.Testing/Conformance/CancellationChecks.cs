namespace Secrets.Testing.Conformance;

/// <summary>Whoever cancels gets out, and sees a cancellation.</summary>
internal static class CancellationChecks
{
    private const string Fix = "pass the token on to every call, call ThrowIfCancellationRequested before the first, and let OperationCanceledException leave as it is";

    private static readonly SecretEntry _secret = Seed.Text("alpha", "one");

    public static IReadOnlyList<ConformanceCheck> All { get; } =
    [
        new("cancel-before", "A load whose token is cancelled already ends with OperationCanceledException.", BeforeAsync),
        new("cancel-during", "A load that waits for its store ends with OperationCanceledException once its token is cancelled.", DuringAsync, Needs.Fault(SourceFault.Silent)),
    ];

    private static async Task BeforeAsync(Trial trial)
    {
        (SourceHarness harness, ISecretsSource source) = await trial.GivenAsync(_secret).ConfigureAwait(false);
        string happened = await OutcomeAsync(LoadAsync(trial, harness, source, new CancellationToken(canceled: true))).ConfigureAwait(false);
        trial.Expect(happened.Length == 0, happened, Fix);
    }

    private static async Task DuringAsync(Trial trial)
    {
        (SourceHarness harness, ISecretsSource source) = await trial.GivenAsync(_secret).ConfigureAwait(false);
        await trial.BreakAsync(harness, SourceFault.Silent, _secret).ConfigureAwait(false);
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(trial.CancellationToken);
        Task load = LoadAsync(trial, harness, source, cancellation.Token);

        // Long enough for most to have asked the store; a load that has not is cancelled a little earlier, which must go as well.
        await Task.WhenAny(load, Task.Delay(TimeSpan.FromMilliseconds(25), TimeProvider.System, trial.CancellationToken)).ConfigureAwait(false);
        trial.Expect(!load.IsCompleted, "a load of a store that does not answer ended", "wait for the answer, or correct the harness's SourceFault.Silent");
        await cancellation.CancelAsync().ConfigureAwait(false);
        string happened = await OutcomeAsync(load).ConfigureAwait(false);
        trial.Expect(happened.Length == 0, happened, Fix);
    }

    // On another thread, so that a load which blocks does not block the check.
    private static Task<SecretsBatch> LoadAsync(Trial trial, SourceHarness harness, ISecretsSource source, CancellationToken cancellationToken)
    {
        SecretsRequest request = trial.Request(harness, [_secret]);
        return Task.Run(() => source.LoadAsync(request, cancellationToken).AsTask(), CancellationToken.None);
    }

    private static async Task<string> OutcomeAsync(Task load)
    {
        try
        {
            await load.WaitAsync(Trial.Patience, TimeProvider.System, CancellationToken.None).ConfigureAwait(false);
            return "the load gave a batch";
        }
        catch (OperationCanceledException)
        {
            return "";
        }
        catch (TimeoutException) when (!load.IsCompleted)
        {
            return "the load did not end";
        }
        catch (Exception failure)
        {
            return $"the load threw {Trial.Describe(failure)}";
        }
    }
}
