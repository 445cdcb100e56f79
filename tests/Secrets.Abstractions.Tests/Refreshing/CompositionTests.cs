using Secrets.Loading;
using Secrets.Merging;
using Secrets.Refreshing;
using Secrets.Telemetry;
using Secrets.Tests.Fakes;

namespace Secrets.Tests.Refreshing;

public class CompositionTests
{
    [Theory]
    // What is required and lost keeps its last value, in the spelling that it had.
    [InlineData("a", "a=1; b=1", "b=2", "a=1@high; b=2@high")]
    [InlineData("api_key", "api-key=1", "", "api-key=1@high")]
    [InlineData("s.a", "s.a=1; s.b=1", "", "s.a=1@high")]
    [InlineData("s.a", "s.a=1; s.b=1", "s.b=2", "s.a=1@high; s.b=2@high")]
    [InlineData("a, b", "a=1; b=1", "", "a=1@high; b=1@high")]
    [InlineData("a", "a=1", "a=!AccessDenied", "a=1@high")]
    // A section that is gone is held whole; what a section loses of itself is not required.
    [InlineData("s", "s.a=1; s.t.b=1", "", "s.a=1@high; s.t.b=1@high")]
    [InlineData("s", "s.a=1; s.b=1", "s.a=2", "s.a=2@high")]
    // An element is held with its array.
    [InlineData("list.1", "list=[1, 2]", "", "list=[1, 2]@high")]
    [InlineData("list.1", "list=[1, 2]", "list=[3]", "list=[1, 2]@high")]
    [InlineData("list.0", "list=[1, 2]", "list=[3]", "list=[3]@high")]
    // Optional ones leave, and so does what was never required.
    [InlineData("s.value?", "s.value=1; a=1", "a=1", "a=1@high")]
    [InlineData("a", "a=1; b=1", "a=1", "a=1@high")]
    // What comes back is served again.
    [InlineData("a", "a=1", "a=3", "a=3@high")]
    // Nothing can be held in a place that something else has taken; that is left as it is.
    [InlineData("s.a", "s.a=1", "s=1", "s=1@high")]
    [InlineData("s.a, b", "s.a=1; b=1", "s=1", "b=1@high; s=1@high")]
    [InlineData("a", "a=1", "a.b=1", "a.b=1@high")]
    // What could not be read before, or was not there, has no last value.
    [InlineData("a", "a=!AccessDenied", "", "")]
    [InlineData("a", "", "b=1", "b=1@high")]
    public void What_is_required_and_lost_keeps_its_last_value(string required, string before, string after, string expected)
    {
        Composition composition = Of(required, "high");
        Snapshot first = Compose(composition, null, Engine.Loaded(before, "high"));
        Snapshot second = Compose(composition, first, Engine.Loaded(after, "high"));
        Snapshot third = Compose(composition, second, Engine.Loaded(after, "high"));

        Assert.Equal(expected, Chains.Show(second.Root.View));
        Assert.Equal(expected, Chains.Show(third.Root.View));
    }

    [Theory]
    // Of two sources; the second column tells which of them holds.
    [InlineData("a=1", "a=2", "", "a=2", "a=2@low", "")]
    [InlineData("a=1", "", "", "", "a=1@high", "high")]
    [InlineData("", "a=2", "", "", "a=2@low", "low")]
    // A failure of the higher one that stands in the way: the lower one's value stands above it.
    [InlineData("", "a=2", "a=!AccessDenied", "a=3", "a=2@low", "high")]
    [InlineData("a=1", "a=2", "a=!AccessDenied", "a=2", "a=1@high", "high")]
    // A contradiction between the two has no way out; it is left as it is.
    [InlineData("", "a=2", "a.b=1", "a=2", "a=!InvalidConfiguration", "")]
    public void A_fallback_that_supplies_it_is_taken(string high, string low, string highThen, string lowThen, string expected, string holder)
    {
        Composition composition = Of("a", "high", "low");
        Snapshot before = Compose(composition, null, Engine.Loaded(high, "high"), Engine.Loaded(low, "low", rank: 1));

        Snapshot after = Compose(composition, before, Engine.Loaded(highThen, "high"), Engine.Loaded(lowThen, "low", rank: 1));

        Assert.Equal(expected, Chains.Show(after.Root.View));
        Assert.Equal(holder, string.Join(", ", after.Sources.Where(s => s.HoldsRequired).Select(s => s.Name)));
    }

    [Fact]
    public void What_is_too_old_fails_until_its_source_does_not()
    {
        Composition composition = Of("a", "high", "low");
        LoadedSource high = Engine.Loaded("a=1; s.b=[1]", "high") with { Failure = Engine.Failure() };
        LoadedSource low = Engine.Loaded("a=2; c=2", "low", rank: 1);
        Snapshot before = Compose(composition, null, high, low);

        Snapshot stale = composition.Compose([high, low], new HashSet<string>(["high"]), before);
        Snapshot after = Compose(composition, stale, high, low);

        Assert.Equal("a=!Unavailable; s.b=!Unavailable; c=2@low", Chains.Show(stale.Root.View));
        Assert.Contains("MaxStaleness", Assert.Throws<SecretsSourceException>(() => stale.Root.GetByPath("a").Reveal()).Message, StringComparison.Ordinal);
        Assert.Equal("a=1@high; s.b=[1]@high; c=2@low", Chains.Show(after.Root.View));
    }

    [Fact]
    public void What_a_lookup_that_is_too_old_answers_fails_too()
    {
        Composition composition = Of("a", "high", "low");
        LoadedSource high = new("high", 0, new OneAnswer()) { Batch = new SecretsBatch([]), Failure = Engine.Failure() };
        LoadedSource low = Engine.Loaded("b=2", "low", rank: 1);
        Snapshot before = Compose(composition, null, high, low);
        Assert.Equal(("1", "2", "1"), (Chains.Read(before.Root.View, "a"), Chains.Read(before.Root.View, "b"), Chains.Read(before.Root.View, "s.x")));

        Snapshot stale = composition.Compose([high, low], new HashSet<string>(["high"]), before);
        Snapshot after = Compose(composition, stale, high, low);

        Assert.Equal(("!Unavailable", "2", "!Unavailable"), (Chains.Read(stale.Root.View, "a"), Chains.Read(stale.Root.View, "b"), Chains.Read(stale.Root.View, "s.x")));
        SecretsSourceException failure = Assert.Throws<SecretsSourceException>(() => stale.Root.GetByPath("s.x").Reveal());
        Assert.Contains("MaxStaleness", failure.Message, StringComparison.Ordinal);
        Assert.Equal("-", Chains.Read(stale.Root.View, "c"));
        Assert.Equal("1", Chains.Read(after.Root.View, "s.x"));
    }

    [Fact]
    public void Where_one_secret_is_held_too_long_it_alone_fails_and_with_its_own_code()
    {
        Composition composition = Of("", "high");
        LoadedSource before = Engine.Loaded("a=1; b=1", "high");
        LoadedSource held = Retention.Keep(before, Engine.Loaded("a=2; b=!AccessDenied", "high"), Engine.Keys);
        Assert.Equal("b=1@high; a=2@high", Engine.Show(held));

        Snapshot stale = composition.Compose([held], new HashSet<string>(["high"]), Compose(composition, null, before));

        Assert.Equal("a=2@high; b=!AccessDenied", Chains.Show(stale.Root.View));
    }

    [Fact]
    public void What_is_required_of_a_source_that_is_too_old_is_not_held()
    {
        Composition composition = Of("a", "high");
        LoadedSource source = Engine.Loaded("a=1", "high");
        var failed = source with { Failure = Engine.Failure() };

        Snapshot stale = composition.Compose([failed], new HashSet<string>(["high"]), Compose(composition, null, source));

        Assert.Equal("a=!Unavailable", Chains.Show(stale.Root.View));
    }

    private static Snapshot Compose(Composition composition, Snapshot? before, params LoadedSource[] sources) =>
        composition.Compose(sources, new HashSet<string>(), before);

    private static Composition Of(string required, params string[] names)
    {
        SecretDemand[] demands =
        [
            .. required.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(p => new SecretDemand(SecretPath.Parse(p.TrimEnd('?')), isRequired: !p.EndsWith('?'))),
        ];
        ChainEntry[] entries = [.. names.Select((n, i) => new ChainEntry(n, Engine.SourceOptions(), new LiveSource(n)) { Position = i })];
        var options = new MergeOptions { UndeclaredReads = UndeclaredReads.Allow, Declared = DeclaredPaths.Of(demands.Select(d => d.Path), Engine.Keys) };
        return new Composition(new Chain { Entries = entries, Demands = demands, Options = options, Telemetry = new ChainTelemetry() }, new WarningLog());
    }

    /// <summary>Answers for <c>a</c> and <c>s.x</c>.</summary>
    private sealed class OneAnswer : ISecretsLookup
    {
        public string Name => "lookup";

        public ValueTask<SecretsBatch> LoadAsync(SecretsRequest request, CancellationToken cancellationToken) => new(new SecretsBatch([]));

        public SecretValue? Find(SecretPath path, SecretsBatch loaded, bool isElsewhere) =>
            path.ToString() is "a" or "s.x" ? SecretValue.FromText("1", new SecretOrigin("lookup", path.ToString(), version: null, default)) : null;

        public SecretOrigin? FindSection(SecretPath path, SecretsBatch loaded, bool isCertain) => path.ToString() == "s" ? new SecretOrigin("lookup", "s", version: null, default) : null;

        public IReadOnlyList<string> PlacesOf(SecretPath path, SecretsBatch loaded) => [];
    }
}
