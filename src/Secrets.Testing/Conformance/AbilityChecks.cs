namespace Secrets.Testing.Conformance;

/// <summary>The optional abilities: a source that has one keeps its promises.</summary>
internal static class AbilityChecks
{
    private static readonly SecretEntry[] _secrets = [Seed.Text("alpha", "one"), Seed.Text("beta", "two"), Seed.Text("gamma", "three")];

    public static IReadOnlyList<ConformanceCheck> All { get; } =
    [
        new("remote-plan", "A plan asks nothing, and a load asks as often as its plan says.", PlanAsync, Needs.CountedRemote),
        new("remote-demand", "A remote source gives what it is asked for and nothing else.", DemandAsync, Needs.Remote),
        new("remote-optional", "An optional path rides along.", OptionalAsync, Needs.Remote),
        new("lookup-copy", "A lookup answers from the batch of its load, for the paths that are there, under the names that it gives.", LookupAsync, Needs.Lookup),
        new("signal-change", "A change signal waits while nothing changes, comes when something does, and ends when it is cancelled.", SignalAsync, Needs.Signal),
    ];

    private static SecretsRequest Ask(Trial trial, params SecretDemand[]? demands) => new(Trial.SourceName, demands, timeProvider: trial.Clock);

    private static async Task PlanAsync(Trial trial)
    {
        const string Fix = "let Plan and LoadAsync share the code that turns demands into calls";
        (SourceHarness harness, ISecretsSource source) = await trial.GivenAsync(_secrets).ConfigureAwait(false);
        var requests = new List<SecretsRequest>
        {
            Ask(trial, new SecretDemand(_secrets[0].Path)),
            Ask(trial, [.. _secrets.Select(s => new SecretDemand(s.Path))]),
        };
        if (harness.WhyNot(SourceAbility.Listing) is null)
        {
            requests.Add(Ask(trial, demands: null));
        }

        foreach (SecretsRequest request in requests)
        {
            int before = harness.Calls!.Value;
            SecretsSourcePlan plan = ((ISecretsRemoteSource)source).Plan(request);
            trial.Expect(harness.Calls == before, "making the plan asked the store", Fix);
            trial.Expect(request.Demands is null || plan.NativeNames.Count > 0, "the plan names nothing that would be asked for", Fix);
            await trial.LoadAsync(source, request).ConfigureAwait(false);
            int calls = harness.Calls!.Value - before;
            string asked = request.Demands is { } demands ? $"{demands.Count} paths" : "everything";
            trial.Expect((plan.Calls ?? calls) == calls, $"for {asked} the plan says {plan.Calls} calls, and the load made {calls}", Fix);
        }
    }

    private static async Task DemandAsync(Trial trial)
    {
        (SourceHarness _, ISecretsSource source) = await trial.GivenAsync(_secrets).ConfigureAwait(false);
        Loaded loaded = await trial.LoadAsync(source, Ask(trial, new SecretDemand(_secrets[0].Path))).ConfigureAwait(false);
        trial.ExpectSame(_secrets[..1], loaded.Find, "try the spellings of a demand in their order");
        string[] others = [.. loaded.Leaves.Select(l => l.Path).Where(p => !Loaded.Paths.StartsWith(p, _secrets[0].Path)).Select(p => p.ToString())];
        trial.Expect(
            others.Length == 0,
            $"asked for {_secrets[0].Path}, it gave {string.Join(", ", others)} too",
            "fetch what is asked for; where one call brings more, leave out what is neither asked for nor below it, for a program that reads it would fail where a local file has the rest");
    }

    private static async Task OptionalAsync(Trial trial)
    {
        (SourceHarness _, ISecretsSource source) = await trial.GivenAsync(_secrets).ConfigureAwait(false);
        SecretsRequest request = Ask(trial, new SecretDemand(_secrets[0].Path), new SecretDemand(_secrets[1].Path, isRequired: false));
        Loaded loaded = await trial.LoadAsync(source, request).ConfigureAwait(false);
        trial.ExpectSame(_secrets[..2], loaded.Find, "fetch every demand of the request, required or not: the chain leaves the source alone where only optional ones are open");
    }

    private static async Task LookupAsync(Trial trial)
    {
        SecretEntry nested = Seed.Text("delta.epsilon", "four");
        bool isNesting = trial.Harness().WhyNot(SourceAbility.Nesting) is null;
        SecretEntry[] stored = isNesting ? [.. _secrets[..2], nested] : _secrets[..2];
        var (harness, source) = await trial.GivenAsync(stored).ConfigureAwait(false);
        var lookup = (ISecretsLookup)source;
        Loaded loaded = await trial.LoadAsync(harness, source, stored).ConfigureAwait(false);
        await harness.StoreAsync([Seed.Text("alpha", "changed"), _secrets[2]]).ConfigureAwait(false);
        const string Fix = "put a copy into SecretsBatch.State by the load, and let Find look into the batch that it is given and nowhere else";
        foreach (SecretEntry secret in _secrets)
        {
            SecretValue? value = loaded.Find(secret.Path);
            bool isThere = !ReferenceEquals(secret, _secrets[2]);
            trial.Expect(value is not null == isThere, $"{secret.Path} was {(isThere ? "there, and was not found" : "not there, and was found")}", Fix);
            trial.Expect(value is null || value.HasSameContent(secret.Value), $"{secret.Path} changed with the store, without a load", Fix);
            trial.Expect(
                value is null || lookup.PlacesOf(secret.Path, loaded.Batch).Contains(value.Origin.Location, StringComparer.Ordinal),
                $"{secret.Path} was found as {value?.Origin.Location}, which PlacesOf does not give", "let Find and PlacesOf share the names");
        }

        const string FixSection = "let FindSection look for any path below the given one, in the batch that it is given";
        bool hasSection = lookup.FindSection(new SecretPath(nested.Path.Segments[0]), loaded.Batch, isCertain: false) is not null;
        bool hasLeaf = lookup.Find(nested.Path, loaded.Batch, isElsewhere: false) is not null;
        trial.Expect(hasLeaf == hasSection, $"{nested.Path} was {(hasLeaf ? "found, and no" : "not found, and a")} section around it", FixSection);
        foreach (SecretEntry leaf in _secrets)
        {
            trial.Expect(lookup.FindSection(leaf.Path, loaded.Batch, isCertain: false) is null, $"a section was found at {leaf.Path}, below which there is nothing", FixSection);
        }
    }

    private static async Task SignalAsync(Trial trial)
    {
        const string Fix = "compare the store with what the batch's State says that the load saw, at intervals of the TimeProvider that is given or when the store tells";
        (SourceHarness harness, ISecretsSource source) = await trial.GivenAsync(_secrets).ConfigureAwait(false);
        var signal = (ISecretsChangeSignal)source;
        Loaded loaded = await trial.LoadAsync(harness, source, _secrets).ConfigureAwait(false);
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(trial.CancellationToken);
        Task cancelled = signal.WaitForChangeAsync(loaded.Batch, trial.Clock, cancellation.Token);
        Task wait = signal.WaitForChangeAsync(loaded.Batch, trial.Clock, trial.CancellationToken);
        trial.Expect(!await ComesAsync(trial, wait, rounds: 10).ConfigureAwait(false), "it came while nothing had changed", Fix);
        await cancellation.CancelAsync().ConfigureAwait(false);
        await Task.WhenAny(cancelled, Task.Delay(Trial.Patience, TimeProvider.System, trial.CancellationToken)).ConfigureAwait(false);
        trial.Expect(cancelled.IsCanceled, "its token was cancelled, and it did not end with OperationCanceledException", "pass the token on to every wait");
        await harness.StoreAsync([Seed.Text("alpha", "another"), .. _secrets[1..]]).ConfigureAwait(false);
        trial.Expect(await ComesAsync(trial, wait, rounds: 500).ConfigureAwait(false), "the store changed, and within minutes it did not come", Fix);
        Task missed = signal.WaitForChangeAsync(loaded.Batch, trial.Clock, trial.CancellationToken);
        trial.Expect(await ComesAsync(trial, missed, rounds: 500).ConfigureAwait(false), "the store had changed before the wait began, and it did not come", Fix);
    }

    // Each round is a second of the clock; what it sets off runs on other threads, for which a moment of real time is left.
    private static async Task<bool> ComesAsync(Trial trial, Task signal, int rounds)
    {
        for (int round = 0; round < rounds && !signal.IsCompleted; round++)
        {
            trial.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(signal, Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, trial.CancellationToken)).ConfigureAwait(false);
        }

        if (signal.IsCompleted)
        {
            await signal.ConfigureAwait(false);
        }

        return signal.IsCompleted;
    }
}
