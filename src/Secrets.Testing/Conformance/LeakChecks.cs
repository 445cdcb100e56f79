using System.Globalization;

namespace Secrets.Testing.Conformance;

/// <summary>A random value is planted in the store, and every text that comes out is searched for it.</summary>
internal static class LeakChecks
{
    public static IReadOnlyList<ConformanceCheck> All { get; } =
    [
        new("leak-reading", "No value is in a text, a name, an origin, a warning or what a debugger shows of the source and its batch.", ReadingAsync),
        new("leak-failing", "No value is in what a failure tells, whatever the fault.", FailingAsync, AnyFault),
    ];

    private static string? AnyFault(SourceHarness harness, ISecretsSource source) =>
        harness.WhyNot(SourceFault.SecretDenied) is null ? null : Needs.AnyFailure(harness, source);

    private static SecretEntry[] Plant(Canary canary, SourceHarness harness)
    {
        var planted = new List<SecretEntry> { Seed.Text("alpha", canary.Plant()), Seed.Text("beta", canary.Plant("b")) };
        if (harness.WhyNot(SourceAbility.Nesting) is null)
        {
            planted.Add(Seed.Text("section.gamma", canary.Plant("c")));
        }

        if (harness.WhyNot(SourceAbility.TypedValues) is null)
        {
            planted.Add(Seed.Of(SecretKind.Integer, "delta", canary.Number.ToString(CultureInfo.InvariantCulture)));
        }

        if (harness.WhyNot(SourceAbility.Bytes) is null)
        {
            planted.Add(Seed.Bytes("epsilon", [0xFF, .. System.Text.Encoding.UTF8.GetBytes(canary.Plant("e"))]));
        }

        return [.. planted];
    }

    private static async Task ReadingAsync(Trial trial)
    {
        var canary = new Canary();
        SecretEntry[] secrets = Plant(canary, trial.Harness());
        (SourceHarness harness, ISecretsSource source) = await trial.GivenAsync(secrets).ConfigureAwait(false);
        Loaded loaded = await trial.LoadAsync(harness, source, secrets).ConfigureAwait(false);
        trial.ExpectSame(secrets, loaded.Find, "make values-text pass first");
        canary.Scan(source.Name, "the source's name");
        canary.ScanDebugger(source, "the source");
        canary.ScanDebugger(loaded.Batch, "the batch");
        canary.Scan(loaded.Batch.State?.ToString(), "the batch's state");
        canary.Scan(string.Join('\n', loaded.Batch.Places), "the batch's places");
        canary.Scan(string.Join('\n', loaded.Batch.Warnings), "the batch's warnings");
        foreach (SecretEntry secret in secrets)
        {
            canary.Scan(loaded.Find(secret.Path)?.Origin.ToString(), $"the origin of {secret.Path}");
            canary.Scan(string.Join('\n', (source as ISecretsLookup)?.PlacesOf(secret.Path, loaded.Batch) ?? []), $"the places of {secret.Path}");
        }

        if (source is ISecretsRemoteSource remote)
        {
            canary.Scan(string.Join('\n', remote.Plan(trial.Request(harness, secrets)).NativeNames), "the plan");
        }

        using SecretsStore store = await trial.BuildAsync(harness, source, secrets).ConfigureAwait(false);
        await trial.RefreshAsync(store).ConfigureAwait(false);
        ScanStore(canary, store, secrets, "after a load");
        Verify(trial, canary);
    }

    private static async Task FailingAsync(Trial trial)
    {
        var canary = new Canary();
        foreach (SourceFault fault in Needs.Failing.Append(SourceFault.SecretDenied).Where(f => trial.Harness().WhyNot(f) is null))
        {
            SecretEntry[] secrets = Plant(canary, trial.Harness());
            (SourceHarness harness, ISecretsSource source) = await trial.GivenAsync(secrets).ConfigureAwait(false);
            using SecretsStore store = await trial.BuildAsync(harness, source, secrets).ConfigureAwait(false);
            await trial.BreakAsync(harness, fault, secrets[0]).ConfigureAwait(false);
            string where = $"the failure of a store with the fault {fault}";
            await ScanAsync(canary, where, async () => await source.LoadAsync(trial.Request(harness, secrets), trial.CancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
            await ScanAsync(canary, where, async () => (await trial.BuildAsync(harness, source, secrets).ConfigureAwait(false)).Dispose()).ConfigureAwait(false);
            await ScanAsync(canary, where, () => trial.RefreshAsync(store)).ConfigureAwait(false);
            ScanStore(canary, store, secrets, where);
            if (fault == SourceFault.SecretDenied)
            {
                Loaded loaded = await trial.LoadAsync(harness, source, secrets).ConfigureAwait(false);
                await ScanAsync(canary, where, () => Task.FromResult(loaded.Find(secrets[0].Path)?.Reveal().Length)).ConfigureAwait(false);
            }
        }

        Verify(trial, canary);
    }

    private static async Task ScanAsync(Canary canary, string where, Func<Task> act)
    {
        try
        {
            await act().ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            canary.ScanException(failure, where);
        }
    }

    private static void ScanStore(Canary canary, SecretsStore store, SecretEntry[] secrets, string where)
    {
        canary.Scan(store.Sources.ToString(), "the status, " + where);
        canary.Scan(string.Join('\n', store.Warnings), "the warnings, " + where);
        foreach (SecretEntry secret in secrets)
        {
            canary.Scan(store.Explain(secret.Path.ToString()).ToString(), $"the explanation of {secret.Path}, {where}");
        }
    }

    private static void Verify(Trial trial, Canary canary) => trial.Expect(
        canary.Leaks.Count == 0,
        $"the value was found in {string.Join("; ", canary.Leaks)}",
        "build texts from names, codes and positions alone; pass on no message of a parser or a client, and hide fields that hold values from debuggers");
}
