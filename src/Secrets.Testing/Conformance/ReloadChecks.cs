namespace Secrets.Testing.Conformance;

/// <summary>What a store sees when it reads its source again.</summary>
internal static class ReloadChecks
{
    private static readonly SecretEntry[] _secrets = [Seed.Text("alpha", "one"), Seed.Text("beta", "unchanged")];

    public static IReadOnlyList<ConformanceCheck> All { get; } =
    [
        new("reload-unchanged", "Reading an unchanged store again gives the same, all of it, and no event.", UnchangedAsync),
        new("reload-update", "A new value serves after a refresh, and one event says so.", UpdateAsync),
        new("reload-delete", "What is deleted is gone after a refresh; where the store is behind a network, after the second.", DeleteAsync, Needs.Ability(SourceAbility.Listing)),
        new("reload-recover", "While a store fails, and fails again, the last good values serve; once it is back, so are new ones.", RecoverAsync, Needs.AnyFailure),
    ];

    private static async Task UnchangedAsync(Trial trial)
    {
        const string Fix = "return request.Previous itself, or a whole new batch with equal values and origins; a batch is never only what changed";
        (SourceHarness harness, ISecretsSource source) = await trial.GivenAsync(_secrets).ConfigureAwait(false);
        Loaded first = await trial.LoadAsync(harness, source, _secrets).ConfigureAwait(false);
        trial.Clock.Advance(TimeSpan.FromMinutes(1));
        Loaded second = await trial.LoadAsync(source, trial.Request(harness, _secrets, first.Batch)).ConfigureAwait(false);
        trial.ExpectSame(_secrets, second.Find, Fix);
        foreach (SecretEntry secret in _secrets)
        {
            (string? was, string? now) = (first.Find(secret.Path)?.Origin.ToString(), second.Find(secret.Path)?.Origin.ToString());
            trial.Expect(string.Equals(was, now, StringComparison.Ordinal), $"the origin of {secret.Path} went from {was} to {now}", Fix);
        }

        SecretsStore store = await trial.BuildAsync(harness, source, _secrets).ConfigureAwait(false);
        await using (store.ConfigureAwait(false))
        {
            var events = new List<string>();
            store.Changed += (_, change) => events.Add(change.ToString());
            await trial.RefreshAsync(store).ConfigureAwait(false);
            await trial.RefreshAsync(store).ConfigureAwait(false);
            trial.Expect(events.Count == 0, $"a store over it raised {string.Join("; ", events)}", Fix);
        }
    }

    private static async Task UpdateAsync(Trial trial)
    {
        const string Fix = "notice every change: compare the store's versions, or the content itself, never sizes, and return request.Previous only where nothing differs";
        (SourceHarness harness, ISecretsSource source) = await trial.GivenAsync(_secrets).ConfigureAwait(false);
        SecretsStore store = await trial.BuildAsync(harness, source, _secrets).ConfigureAwait(false);
        await using (store.ConfigureAwait(false))
        {
            var events = new List<SecretsChangedEventArgs>();
            store.Changed += (_, change) => events.Add(change);
            SecretEntry updated = Seed.Text("alpha", "two");
            await harness.StoreAsync([updated, _secrets[1]]).ConfigureAwait(false);
            await trial.RefreshAsync(store).ConfigureAwait(false);
            trial.ExpectSame([updated], Find(store), Fix);
            trial.Expect(events.Count == 1, $"the update raised {events.Count} events", Fix);
            trial.Expect(events[0].Updated.Any(p => string.Equals(p.ToString(), "alpha", StringComparison.OrdinalIgnoreCase)), $"the event says {events[0]}", Fix);
        }
    }

    private static async Task DeleteAsync(Trial trial)
    {
        (SourceHarness harness, ISecretsSource source) = await trial.GivenAsync(_secrets).ConfigureAwait(false);
        SecretsStore store = await trial.BuildAsync(harness, source).ConfigureAwait(false);
        await using (store.ConfigureAwait(false))
        {
            trial.ExpectSame(_secrets, Find(store), "make values-text pass first");
            await harness.StoreAsync(_secrets[1..]).ConfigureAwait(false);
            await trial.RefreshAsync(store).ConfigureAwait(false);
            if (source is ISecretsRemoteSource)
            {
                await trial.RefreshAsync(store).ConfigureAwait(false);
            }

            trial.Expect(
                Find(store)(_secrets[0].Path) is null, "the deleted secret still serves", "give what the store has now; keeping what has gone for a while is the chain's matter");
        }
    }

    private static async Task RecoverAsync(Trial trial)
    {
        const string Fix = "throw while the store fails, remember no failure, and read anew at the next load";
        foreach (SourceFault fault in Needs.Failing.Where(f => trial.Harness().WhyNot(f) is null))
        {
            (SourceHarness harness, ISecretsSource source) = await trial.GivenAsync(_secrets).ConfigureAwait(false);
            SecretsStore store = await trial.BuildAsync(harness, source, _secrets).ConfigureAwait(false);
            await using (store.ConfigureAwait(false))
            {
                await trial.BreakAsync(harness, fault, _secrets[0]).ConfigureAwait(false);
                for (int failures = 1; failures <= 2; failures++)
                {
                    trial.Clock.Advance(TimeSpan.FromMinutes(10));
                    trial.Expect(await FailsAsync(trial, store).ConfigureAwait(false), $"refresh {failures} of a store that is {fault} succeeded", Fix);
                    trial.ExpectSame(_secrets, Find(store), Fix);
                }

                SecretEntry updated = Seed.Text("alpha", "recovered");
                await harness.StoreAsync([updated, _secrets[1]]).ConfigureAwait(false);
                trial.Clock.Advance(TimeSpan.FromMinutes(10));
                trial.Expect(!await FailsAsync(trial, store).ConfigureAwait(false), $"the store was {fault}, is back, and the refresh failed: {store.Sources}", Fix);
                trial.ExpectSame([updated], Find(store), Fix);
            }
        }
    }

    private static async Task<bool> FailsAsync(Trial trial, SecretsStore store)
    {
        try
        {
            await trial.RefreshAsync(store).ConfigureAwait(false);
            return false;
        }
        catch (Exception failure) when (failure is ISecretsError)
        {
            return true;
        }
    }

    private static Func<SecretPath, SecretValue?> Find(SecretsStore store) =>
        path => store.TryGetValue(path.ToString(), out SecretValue? value) ? value : null;
}
