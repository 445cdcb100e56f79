namespace Secrets.Testing.Conformance;

/// <summary>Failures have codes, and absence is none.</summary>
internal static class FailureChecks
{
    private static readonly SecretEntry[] _secrets = [Seed.Text("alpha", "one"), Seed.Text("beta", "two")];

    public static IReadOnlyList<ConformanceCheck> All { get; } =
    [
        Coded("failure-unavailable", SourceFault.Unavailable, SecretsErrorCode.Unavailable, "A store that cannot be reached is Unavailable: a later try may succeed."),
        Coded("failure-denied", SourceFault.AccessDenied, SecretsErrorCode.AccessDenied, "A store that lets nobody in is AccessDenied."),
        Coded("failure-malformed", SourceFault.Malformed, SecretsErrorCode.InvalidFormat, "A store whose content cannot be read as what it should be is InvalidFormat."),
        new("failure-facts", "A failure names its source as the chain does, says what happened, and carries nothing that another library made.", FactsAsync, Needs.AnyFailure),
        new("failure-secret", "One secret of many that cannot be read is unreadable, with its code and its place, and the others load.", SecretAsync, Needs.Fault(SourceFault.SecretDenied)),
        new("store-missing", "A store that does not exist is absence that names the places, or, behind a network, NotFound; it serves once it exists.", MissingAsync, Needs.Fault(SourceFault.Missing)),
    ];

    private static ConformanceCheck Coded(string name, SourceFault fault, SecretsErrorCode code, string promise) => new(
        name,
        promise,
        async trial =>
        {
            Exception failure = await FailAsync(trial, fault).ConfigureAwait(false);
            trial.Expect(
                failure is (SecretsSourceException or SecretsFormatException) and ISecretsError error && error.Code == code,
                $"it threw {Trial.Describe(failure)}",
                $"throw new SecretsSourceException(SecretsErrorCode.{code}, …), from the store's own code or status and never from the text of its message");
        },
        Needs.Fault(fault));

    private static async Task<Exception> FailAsync(Trial trial, SourceFault fault)
    {
        (SourceHarness harness, ISecretsSource source) = await trial.GivenAsync(_secrets).ConfigureAwait(false);
        await trial.BreakAsync(harness, fault, _secrets[0]).ConfigureAwait(false);
        return await trial.LoadFailsAsync(harness, source, fault, _secrets).ConfigureAwait(false);
    }

    private static async Task FactsAsync(Trial trial)
    {
        foreach (SourceFault fault in Needs.Failing.Where(f => trial.Harness().WhyNot(f) is null))
        {
            Exception failure = await FailAsync(trial, fault).ConfigureAwait(false);
            const string Fix = "throw a new exception of this library that names request.SourceName and says where and what to do, in your own words";
            trial.Expect(
                failure is not SecretsSourceException own || string.Equals(own.SourceName, Trial.SourceName, StringComparison.Ordinal),
                $"the failure of a store that is {fault} names the source {(failure as SecretsSourceException)?.SourceName ?? "not at all"}, and the chain calls it {Trial.SourceName}",
                Fix);
            trial.Expect(!string.IsNullOrWhiteSpace(failure.Message), $"the failure of a store that is {fault} says nothing", Fix);
            trial.Expect(failure.InnerException is null && failure.Data.Count == 0, $"the failure of a store that is {fault} carries another exception, or data", Fix);
        }
    }

    private static async Task SecretAsync(Trial trial)
    {
        const string Fix = "add an entry of SecretValue.Unreadable(failure, origin) for it; leaving it out would let a lower source answer, and throwing would take the others along";
        (SourceHarness harness, ISecretsSource source) = await trial.GivenAsync(_secrets).ConfigureAwait(false);
        await trial.BreakAsync(harness, SourceFault.SecretDenied, _secrets[0]).ConfigureAwait(false);
        Loaded loaded = await trial.LoadAsync(harness, source, _secrets).ConfigureAwait(false);
        trial.ExpectSame(_secrets[1..], loaded.Find, Fix);
        SecretValue? denied = loaded.Find(_secrets[0].Path);
        trial.Expect(denied is not null, "the denied secret is absent", Fix);
        trial.Expect(denied.Kind == SecretKind.Unreadable, $"the denied secret is of kind {denied.Kind}", Fix);
        string location = harness.LocationOf(_secrets[0].Path);
        trial.Expect(string.Equals(denied.Origin.Location, location, StringComparison.Ordinal), $"the denied secret's place is {denied.Origin.Location}, and should be {location}", Fix);
        SecretsErrorCode code = CodeOf(denied);
        trial.Expect(code == SecretsErrorCode.AccessDenied, $"the denied secret's code is {code}", Fix);
    }

    private static SecretsErrorCode CodeOf(SecretValue unreadable)
    {
        try
        {
            _ = unreadable.Reveal();
            return SecretsErrorCode.Unknown;
        }
        catch (SecretsSourceException failure)
        {
            return failure.Code;
        }
    }

    private static async Task MissingAsync(Trial trial)
    {
        (SourceHarness harness, ISecretsSource source) = await trial.GivenAsync(_secrets).ConfigureAwait(false);
        await trial.BreakAsync(harness, SourceFault.Missing, _secrets[0]).ConfigureAwait(false);
        try
        {
            Loaded missing = await trial.LoadAsync(harness, source, _secrets).ConfigureAwait(false);
            trial.Expect(missing.Leaves.Count == 0, "a store that does not exist gave secrets", "keep nothing from load to load but what the batch carries");
            trial.Expect(missing.Batch.IsMissing, "the batch does not say that the store is missing", "set SecretsBatch.IsMissing");
            trial.Expect(missing.Batch.Places.Count > 0, "the batch does not say where it looked", "set SecretsBatch.Places");
        }
        catch (SecretsSourceException failure) when (source is ISecretsRemoteSource && failure.Code == SecretsErrorCode.NotFound)
        {
            // The option Optional tolerates it.
        }

        await harness.StoreAsync(_secrets).ConfigureAwait(false);
        Loaded found = await trial.LoadAsync(harness, source, _secrets).ConfigureAwait(false);
        trial.ExpectSame(_secrets, found.Find, "look anew at each load");
    }
}
