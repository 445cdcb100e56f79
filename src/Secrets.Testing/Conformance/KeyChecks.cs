using System.Globalization;

namespace Secrets.Testing.Conformance;

/// <summary>Keys and paths: all of them, none that is not there, and none that is silently another's.</summary>
internal static class KeyChecks
{
    private static readonly SecretEntry[] _nested =
    [
        Seed.Text("alpha.beta.gamma", "deep"),
        Seed.Text("alpha.beta.delta", "beside it"),
        Seed.Text("alpha.epsilon", "above it"),
        Seed.Text("zeta", "at the root"),
    ];

    private static readonly SecretEntry[] _odd =
    [
        Seed.Text("\"dotted.key\"", "one segment"),
        Seed.Text("\"with space\"", "one segment"),
        Seed.Text("\"ключ\"", "letters"),
        Seed.Text("7", "a number"),
        Seed.Text("dotted", "not a section"),
    ];

    // A vendor's page holds 100 or 250 at most.
    private static readonly SecretEntry[] _many =
        [.. Enumerable.Range(0, 300).Select(i => Seed.Text("key" + i.ToString("D3", CultureInfo.InvariantCulture), i.ToString(CultureInfo.InvariantCulture)))];

    public static IReadOnlyList<ConformanceCheck> All { get; } =
    [
        new("keys-nested", "A path of several segments comes back as sections, at any depth.",
            trial => RoundTripAsync(trial, "make a SecretPath of the segments, one for each level of the store, and unite what shares its beginning", _nested),
            Needs.Ability(SourceAbility.Nesting)),
        new("keys-odd", "A key keeps its dots, spaces and letters: it is one segment.",
            trial => RoundTripAsync(trial, "make the path with new SecretPath(segments), not by parsing a key as a dotted path", _odd),
            Needs.Ability(SourceAbility.OddKeys)),
        new("keys-equal", "Two keys that are one under the chain's comparison are reported with both places, and neither wins silently.", EqualAsync, Needs.Ability(SourceAbility.EqualKeys)),
        new("keys-missing", "What the store does not have is absent: nothing is made up, and nothing fails.", MissingAsync),
        new("keys-many", "All of 300 secrets come back.", trial => RoundTripAsync(trial, "follow the store's pages to the last one", _many)),
    ];

    private static async Task RoundTripAsync(Trial trial, string fix, SecretEntry[] secrets)
    {
        (SourceHarness harness, ISecretsSource source) = await trial.GivenAsync(secrets).ConfigureAwait(false);
        Loaded loaded = await trial.LoadAsync(harness, source, secrets).ConfigureAwait(false);
        trial.ExpectSame(secrets, loaded.Find, fix);
    }

    private static async Task EqualAsync(Trial trial)
    {
        SecretEntry[] secrets = [Seed.Text("api_key", "first"), Seed.Text("API-KEY", "second"), Seed.Text("other", "third")];
        (SourceHarness harness, ISecretsSource source) = await trial.GivenAsync(secrets).ConfigureAwait(false);
        Exception? failure = null;
        try
        {
            using SecretsStore store = await trial.BuildAsync(harness, source, secrets[2]).ConfigureAwait(false);
            trial.ExpectSame(secrets[2..], p => store.TryGetValue(p.ToString(), out SecretValue? value) ? value : null, "let the rest of the store load");
            _ = store.GetString("api_key");
        }
        catch (Exception thrown) when (thrown is ISecretsError)
        {
            failure = thrown;
        }

        const string Fix = "give both entries and leave the decision to the chain; do not put keys into a dictionary on the way";
        trial.Expect(failure is not null, "one of the two keys won", Fix);
        trial.Expect(failure is ISecretsError { Code: SecretsErrorCode.InvalidFormat }, $"whoever read the key got {Trial.Describe(failure)}", Fix);
        foreach (SecretEntry secret in secrets[..2])
        {
            string location = harness.LocationOf(secret.Path);
            trial.Expect(failure.Message.Contains(location, StringComparison.Ordinal), $"the failure does not name {location}: {failure.Message}", Fix);
        }
    }

    private static async Task MissingAsync(Trial trial)
    {
        const string Fix = "leave out what is not there; an empty text is a secret, and an exception is a failure of the store";
        (SecretEntry present, SecretEntry absent) = (Seed.Text("alpha", "here"), Seed.Text("omega", "nowhere"));
        (SourceHarness harness, ISecretsSource source) = await trial.GivenAsync(present).ConfigureAwait(false);
        SecretsRequest request = source is ISecretsRemoteSource
            ? new SecretsRequest(Trial.SourceName, [new SecretDemand(present.Path), new SecretDemand(absent.Path)], timeProvider: trial.Clock)
            : trial.Request(harness, [present]);
        Loaded loaded = await trial.LoadAsync(source, request).ConfigureAwait(false);
        trial.Expect(loaded.Find(absent.Path) is null, "a path that is not in the store came back with a value", Fix);
        trial.ExpectSame([present], loaded.Find, Fix);
        trial.Expect(!loaded.Batch.IsMissing, "the store is there, and was reported as missing", "set IsMissing only where the store itself does not exist");
    }
}
