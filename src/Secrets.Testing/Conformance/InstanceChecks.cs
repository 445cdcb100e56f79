using System.Collections;
using System.Globalization;

namespace Secrets.Testing.Conformance;

/// <summary>What an instance of a source is: made without I/O, without state, and without a trace.</summary>
internal static class InstanceChecks
{
    private static readonly SecretEntry[] _secrets = [Seed.Text("alpha", "one"), Seed.Text("beta", "two")];

    public static IReadOnlyList<ConformanceCheck> All { get; } =
    [
        new("instance-name", "A source's name is a short word that is the same for each instance and each time.", NameAsync),
        new("instance-constructor", "Making a source touches no store: it goes whether the store is there or not.", ConstructorAsync),
        new("instance-parallel", "One instance can be loaded many times at once.", ParallelAsync),
        new("instance-shared", "One instance can serve two stores: what goes on from load to load travels in the batch.", SharedAsync),
        new("instance-disposal", "Nothing of a source is left once the store is disposed: no timer, and no task that waits.", DisposalAsync),
        new("instance-traces", "A load changes neither the process's environment nor its current directory nor its culture.", TracesAsync),
        new("instance-culture", "A load gives the same in Turkish, where i and I are two letters and a number has a comma.", CultureAsync),
    ];

    private static async Task NameAsync(Trial trial)
    {
        (SourceHarness harness, ISecretsSource source) = await trial.GivenAsync(_secrets).ConfigureAwait(false);
        string name = source.Name;
        const string Fix = "return a constant such as vault: letters, digits and hyphens";
        trial.Expect(!string.IsNullOrEmpty(name) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'), $"the name is \"{name}\"", Fix);
        await trial.LoadAsync(harness, source, _secrets).ConfigureAwait(false);
        trial.Expect(string.Equals(source.Name, name, StringComparison.Ordinal) && string.Equals(harness.CreateSource().Name, name, StringComparison.Ordinal), "the name changed", Fix);
    }

    private static async Task ConstructorAsync(Trial trial)
    {
        const string Fix = "read, connect and look for credentials in LoadAsync alone";
        (SourceHarness harness, ISecretsSource _) = await trial.GivenAsync(_secrets).ConfigureAwait(false);
        int? before = harness.Calls;
        _ = harness.CreateSource();
        trial.Expect(harness.Calls == before, $"making a source asked the store {harness.Calls - before} times", Fix);
        foreach (SourceFault fault in new[] { SourceFault.Missing, SourceFault.Unavailable, SourceFault.AccessDenied, SourceFault.Malformed }.Where(f => harness.WhyNot(f) is null))
        {
            SourceHarness broken = trial.Harness();
            await broken.StoreAsync(_secrets).ConfigureAwait(false);
            await trial.BreakAsync(broken, fault, _secrets[0]).ConfigureAwait(false);
            try
            {
                _ = broken.CreateSource();
            }
            catch (Exception failure)
            {
                throw trial.Failure($"making a source over a store that is {fault} threw {Trial.Describe(failure)}", Fix, failure);
            }
        }

        SourceHarness empty = trial.Harness();
        ISecretsSource early = empty.CreateSource();
        await empty.StoreAsync(_secrets).ConfigureAwait(false);
        Loaded loaded = await trial.LoadAsync(empty, early, _secrets).ConfigureAwait(false);
        trial.ExpectSame(_secrets, loaded.Find, Fix);
    }

    private static async Task ParallelAsync(Trial trial)
    {
        const string Fix = "keep what belongs to one load in local variables, not in fields, and refuse nobody";
        (SourceHarness harness, ISecretsSource source) = await trial.GivenAsync(_secrets).ConfigureAwait(false);
        Task<Loaded>[] loads =
        [
            .. Enumerable.Range(0, 16).Select(i => Task.Run(
                () => trial.LoadAsync(source, trial.Request(harness, _secrets, name: NameOf(i))), trial.CancellationToken)),
        ];
        for (int i = 0; i < loads.Length; i++)
        {
            Loaded loaded = await loads[i].ConfigureAwait(false);
            trial.ExpectSame(_secrets, loaded.Find, Fix);

            // Compared with one load's own answer, so that a source that never names its chain's name fails for that alone.
            string found = loaded.Find(_secrets[0].Path)!.Origin.SourceName;
            bool isAnothers = !string.Equals(found, NameOf(i), StringComparison.Ordinal) && Enumerable.Range(0, loads.Length).Any(o => string.Equals(found, NameOf(o), StringComparison.Ordinal));
            trial.Expect(!isAnothers, "a load gave the origin of another", Fix);
        }

        static string NameOf(int i) => "conformance#" + i.ToString(CultureInfo.InvariantCulture);
    }

    private static async Task SharedAsync(Trial trial)
    {
        (SourceHarness harness, ISecretsSource source) = await trial.GivenAsync(_secrets).ConfigureAwait(false);
        SecretsStore first = await trial.BuildAsync(harness, source, _secrets).ConfigureAwait(false);
        await using (first.ConfigureAwait(false))
        {
            SecretEntry updated = Seed.Text("alpha", "another");
            await harness.StoreAsync([updated, _secrets[1]]).ConfigureAwait(false);
            SecretsStore second = await trial.BuildAsync(harness, source, _secrets).ConfigureAwait(false);
            await using (second.ConfigureAwait(false))
            {
                await trial.RefreshAsync(first).ConfigureAwait(false);
                foreach (SecretsStore store in new[] { first, second })
                {
                    trial.ExpectSame(
                        [updated],
                        p => store.TryGetValue(p.ToString(), out SecretValue? value) ? value : null,
                        "keep no field that a load writes; put it into SecretsBatch.State, and find it in request.Previous");
                }
            }
        }
    }

    private static async Task DisposalAsync(Trial trial)
    {
        (SourceHarness harness, ISecretsSource source) = await trial.GivenAsync(_secrets).ConfigureAwait(false);
        SecretsBuilder chain = Trial.Require(trial.Chain().Add(source).Watch(), harness, source, _secrets);
        SecretsStore store = await chain.BuildAsync(trial.CancellationToken).ConfigureAwait(false);
        await trial.RefreshAsync(store).ConfigureAwait(false);
        const string Fix = "dispose every timer and every CancellationTokenSource with a time limit, and end every wait when its token is cancelled";
        Task disposal = store.DisposeAsync().AsTask();
        await Task.WhenAny(disposal, Task.Delay(Trial.Patience, TimeProvider.System, trial.CancellationToken)).ConfigureAwait(false);
        trial.Expect(disposal.IsCompletedSuccessfully, "the disposal of the store did not end", Fix);
        trial.Expect(trial.Clock.Timers == 0, $"{trial.Clock.Timers} timers are left", Fix);
    }

    private static async Task TracesAsync(Trial trial)
    {
        (SourceHarness harness, ISecretsSource _) = await trial.GivenAsync(_secrets).ConfigureAwait(false);
        string[] before = ProcessState();
        await trial.LoadAsync(harness, harness.CreateSource(), _secrets).ConfigureAwait(false);
        string[] changes = [.. ProcessState().Except(before, StringComparer.Ordinal).Concat(before.Except(ProcessState(), StringComparer.Ordinal)).Select(s => s.Split('=')[0]).Distinct(StringComparer.Ordinal)];
        trial.Expect(
            changes.Length == 0,
            $"the load changed {string.Join(", ", changes)}",
            "read into the batch and nothing else; should another test have changed it meanwhile, keep tests that do from running beside others");
    }

    private static string[] ProcessState() =>
    [
        "the current directory=" + Environment.CurrentDirectory,
        "the default culture=" + CultureInfo.DefaultThreadCurrentCulture?.Name,
        .. Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(v => $"the variable {v.Key}={v.Value}"),
    ];

    private static async Task CultureAsync(Trial trial)
    {
        SecretEntry[] secrets = [Seed.Text("iodine", "I i ı İ"), Seed.Text("indigo", "0.5")];
        SourceHarness harness = trial.Harness();
        SecretEntry[] typed = harness.WhyNot(SourceAbility.TypedValues) is null ? [Seed.Of(SecretKind.Float, "fifth", "0.2"), Seed.Of(SecretKind.Boolean, "civil", "true")] : [];
        secrets = [.. secrets, .. typed];
        await harness.StoreAsync(secrets).ConfigureAwait(false);
        Loaded loaded = await LoadInTurkishAsync(trial, harness, secrets).ConfigureAwait(false);
        const string Fix = "name the invariant culture, or StringComparison.Ordinal, wherever text is compared, changed in case, formatted or parsed";
        trial.ExpectSame(secrets, loaded.Find, Fix);
    }

    // The culture flows into this method's calls and ends with it.
    private static async Task<Loaded> LoadInTurkishAsync(Trial trial, SourceHarness harness, SecretEntry[] secrets)
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("tr-TR");
        return await trial.LoadAsync(harness, harness.CreateSource(), secrets).ConfigureAwait(false);
    }
}
