using System.Globalization;

namespace Secrets.Testing.Conformance;

/// <summary>Where a value came from.</summary>
internal static class OriginChecks
{
    private static readonly SecretEntry[] _secrets = [Seed.Text("alpha", "one"), Seed.Text("beta", "two")];

    public static IReadOnlyList<ConformanceCheck> All { get; } =
    [
        new("origins-name", "Every origin names the source as the chain does.", trial => EachAsync(
            trial, (_, entry) => entry.Value.Origin.SourceName, _ => Trial.SourceName, "make origins with request.Origin(…), which knows the name; ISecretsSource.Name is only the kind's")),
        new("origins-location", "Every origin says where the value lives, in the source's own notation.", trial => EachAsync(
            trial, (_, entry) => entry.Value.Origin.Location, e => e.Location, "give request.Origin(…) the place that a person would look at, or correct the harness's LocationOf")),
        new("origins-time", "Every origin carries the time at which it was read, on the chain's clock.", trial => EachAsync(
            trial,
            (_, entry) => entry.Value.Origin.ReadAt.ToString("O", CultureInfo.InvariantCulture),
            _ => trial.Clock.GetUtcNow().ToString("O", CultureInfo.InvariantCulture),
            "make origins with request.Origin(…), or use request.ReadAt; never the system's clock")),
        new("origins-version", "An origin names the store's version, and a new value is a new version.", VersionAsync, Needs.Ability(SourceAbility.Versions)),
    ];

    private static async Task EachAsync(
        Trial trial, Func<SourceHarness, SecretEntry, string> actual, Func<(SecretEntry Secret, string Location), string> expected, string fix)
    {
        (SourceHarness harness, ISecretsSource source) = await trial.GivenAsync(_secrets).ConfigureAwait(false);
        trial.Clock.Advance(TimeSpan.FromHours(1));
        Loaded loaded = await trial.LoadAsync(harness, source, _secrets).ConfigureAwait(false);
        foreach (SecretEntry secret in _secrets)
        {
            SecretValue? value = loaded.Find(secret.Path);
            trial.Expect(value is not null, $"{secret.Path} is not there", "make values-text pass first");
            string right = expected((secret, harness.LocationOf(secret.Path))), found = actual(harness, new SecretEntry(secret.Path, value));
            trial.Expect(string.Equals(found, right, StringComparison.Ordinal), $"{secret.Path} has {found}, and should have {right}", fix);
        }
    }

    private static async Task VersionAsync(Trial trial)
    {
        const string Fix = "give request.Origin(location, version) the version that the store's answer carries";
        (SourceHarness harness, ISecretsSource source) = await trial.GivenAsync(_secrets).ConfigureAwait(false);
        Loaded before = await trial.LoadAsync(harness, source, _secrets).ConfigureAwait(false);
        await harness.StoreAsync([Seed.Text("alpha", "another"), _secrets[1]]).ConfigureAwait(false);
        Loaded after = await trial.LoadAsync(harness, source, _secrets).ConfigureAwait(false);
        (string? was, string? now) = (VersionOf(before), VersionOf(after));
        trial.Expect(!string.IsNullOrEmpty(was) && !string.IsNullOrEmpty(now), "the origin has no version", Fix);
        trial.Expect(!string.Equals(was, now, StringComparison.Ordinal), $"the value changed, and the version stayed {was}", Fix);
    }

    private static string? VersionOf(Loaded loaded) => loaded.Find(_secrets[0].Path)?.Origin.Version;
}
