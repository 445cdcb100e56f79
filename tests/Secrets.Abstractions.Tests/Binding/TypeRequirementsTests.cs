using Secrets.Binding;
using Secrets.Tests.Fakes;

namespace Secrets.Tests.Binding;

public sealed class TypeRequirementsTests
{
    public static TheoryData<Type, string, string[]> Rows => new()
    {
        // type, where it is bound, the paths that it declares: ! required, ? optional
        { typeof(Database), "db", ["db.user!", "db.password!", "db.port?"] },
        { typeof(App), "", ["database.user!", "database.password!", "database.port?", "trello.api_key!", "mirror.user?", "mirror.password?", "mirror.port?", "tags!", "limits!", "raw!"] },
        { typeof(Node), "n", ["n.name!", "n.next?"] },
        { typeof(First), "", ["second.first!", "second.name!"] },
        { typeof(string), "token", ["token!"] },
        { typeof(int?), "token", ["token!"] },
        { typeof(List<Database>), "all", ["all!"] },
        { typeof(Dictionary<string, string>), "all", ["all!"] },
        { typeof(SecretsView), "all", ["all!"] },
        { typeof(Cache), "cache", ["cache.seconds?"] },
        { typeof(Cache), "", ["seconds?"] },
        { typeof(NeedsCache), "", ["cache.seconds?", "cache!"] },
        { typeof(MaybeBad), "x", ["x.name!"] },
        { typeof(Filled), "", ["user!", "tags?", "cache.seconds?"] },
        { typeof(HoldsNulls), "", ["settable.password!", "settable.region?", "given.password?", "given.region?", "absent.password?", "absent.region?", "get_only.password!", "get_only.region?"] },
        { typeof(HoldsItself), "", ["self?", "user!"] },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_type_declares_a_path_for_each_leaf(Type type, string at, string[] expected) => Assert.Equal(
        expected,
        TypeRequirements.Of(type, at.Length == 0 ? SecretPath.Root : SecretPath.Parse(at)).Select(r => r.Path + (r.IsRequired ? "!" : "?")));

    [Theory]
    [InlineData(typeof(string))]
    [InlineData(typeof(int?))]
    [InlineData(typeof(List<int>))]
    [InlineData(typeof(Dictionary<string, int>))]
    public void The_root_is_no_single_value(Type type) =>
        Assert.Throws<ArgumentException>(() => TypeRequirements.Of(type, SecretPath.Root));

    public sealed record Database(string User, SecretValue Password, int Port = 5432);

    public sealed record App(Database Database, [SecretName("trello.api_key")] string Key, Database? Mirror, string[] Tags, Dictionary<string, int> Limits, SecretsView Raw);

    public sealed record Node(string Name, Node? Next);

    public sealed record First(Second Second);

    public sealed record Second(First First, string Name);

    [Theory]
    [InlineData(typeof(Poly<int>))]
    [InlineData(typeof(MaybePoly<int>))]
    [InlineData(typeof(ListPoly<int>))]
    [InlineData(typeof(Wide1))]
    public void A_type_without_end_or_bounds_is_refused(Type type) =>
        Assert.Equal(SecretsErrorCode.InvalidConfiguration, Assert.Throws<SecretsSourceException>(() => TypeRequirements.Of(type, SecretPath.Root)).Code);

    [Fact]
    public void Reading_a_type_without_end_is_refused_too()
    {
        using SecretsStore store = Stores.Of(("a", 1));

        Assert.Equal(SecretsErrorCode.InvalidConfiguration, Assert.Throws<SecretsSourceException>(() => store.Get<Poly<int>>("nowhere")).Code);
        Assert.Equal(SecretsErrorCode.InvalidConfiguration, Assert.Throws<SecretsSourceException>(() => store.Get<Poly<int>>()).Code);
        Assert.Contains("Types are nested more than 64 deep at next.next.next;", Assert.Throws<SecretsSourceException>(() => new SecretsBuilder().Require<Poly<int>>()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Reading_a_type_of_too_many_paths_is_refused_too()
    {
        using SecretsStore store = Stores.Of(("a", 1));

        Assert.Contains("more than 10000 paths", Assert.Throws<SecretsSourceException>(() => store.Get<Wide1>("nowhere")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Reading_looks_below_what_a_source_has_and_not_into_every_type_that_a_type_may_hold()
    {
        var lookup = new CountingLookup(mostAnswers: 2_000);
        using SecretsStore store = Stores.Chain(("x.value", 1)).Add(lookup).Build();

        store.Bind("x", new MaybeTwo<int>());
        MaybeTwo<int> read = store.Get<MaybeTwo<int>>("x");

        Assert.Equal((1, null, null), (read.Value, read.Left, read.Right));
        Assert.InRange(lookup.Answers, 1, 200);
    }

    [Theory]
    [InlineData(typeof(HoldsBad))]
    [InlineData(typeof(ListsBad))]
    [InlineData(typeof(MapsBad))]
    [InlineData(typeof(List<Bad>))]
    [InlineData(typeof(Stream))]
    public void What_cannot_be_bound_anywhere_in_a_type_is_refused(Type type) =>
        Assert.Equal(SecretsErrorCode.InvalidConfiguration, Assert.Throws<SecretsSourceException>(() => TypeRequirements.Of(type, SecretPath.Parse("x"))).Code);

    [Fact]
    public void What_cannot_be_bound_is_named_with_its_path()
    {
        Assert.EndsWith(" The type is needed for x.inner.", Assert.Throws<SecretsSourceException>(() => TypeRequirements.Of(typeof(HoldsBad), SecretPath.Parse("x"))).Message, StringComparison.Ordinal);
        Assert.EndsWith(" The type is needed for x.inner.", Assert.Throws<SecretsSourceException>(() => TypeRequirements.Of(typeof(ListsBad), SecretPath.Parse("x"))).Message, StringComparison.Ordinal);
        Assert.EndsWith(" The type is needed for x.", Assert.Throws<SecretsSourceException>(() => TypeRequirements.Of(typeof(Stream), SecretPath.Parse("x"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_member_needs_its_section_and_a_section_of_which_nothing_is_required_may_be_absent()
    {
        Assert.Equal(["cache"], Assert.Throws<SecretNotFoundException>(() => new SecretsBuilder().Require<NeedsCache>().Build()).Paths);
        using SecretsStore none = new SecretsBuilder().Require<Cache>("cache").Build();
        using SecretsStore store = Stores.Chain(("cache.seconds", 1)).Require<Cache>("cache").Build();

        Assert.Equal(1, store.Get<Cache>("cache").Seconds);
        Assert.Throws<SecretNotFoundException>(() => none.Get<Cache>("cache"));
        Assert.Throws<SecretsFormatException>(() => Stores.Chain(("cache.seconds", "x")).Require<Cache>("cache").Build());
        Assert.Throws<SecretsFormatException>(() => Stores.Chain(("cache", "x")).Require<Cache>("cache").Build());
    }

    public sealed class Poly<T>
    {
        public required Poly<List<T>> Next { get; init; }

        public T? Value { get; init; }
    }

    public sealed class MaybePoly<T>
    {
        public MaybePoly<List<T>>? Next { get; init; }

        public T? Value { get; init; }
    }

    public sealed class MaybeTwo<T>
    {
        public MaybeTwo<List<T>>? Left { get; init; }

        public MaybeTwo<T[]>? Right { get; init; }

        public int Value { get; init; }
    }

    /// <summary>Has nothing, and fails when it was asked so often that the search would not end.</summary>
    private sealed class CountingLookup(int mostAnswers) : ISecretsLookup
    {
        public string Name => "lookup";

        public int Answers { get; private set; }

        public ValueTask<SecretsBatch> LoadAsync(SecretsRequest request, CancellationToken cancellationToken) => new(new SecretsBatch([]));

        public SecretValue? Find(SecretPath path, SecretsBatch loaded, bool isElsewhere) =>
            ++Answers <= mostAnswers ? null : throw new InvalidOperationException("asked too often");

        public SecretOrigin? FindSection(SecretPath path, SecretsBatch loaded, bool isCertain) => null;

        public IReadOnlyList<string> PlacesOf(SecretPath path, SecretsBatch loaded) => [];
    }

    public sealed class ListPoly<T>
    {
        public List<ListPoly<List<T>>>? Next { get; init; }

        public T? Value { get; init; }
    }

    public sealed record Wide1(Wide2 A, Wide2 B, Wide2 C, Wide2 D, Wide2 E, Wide2 F, Wide2 G, Wide2 H, Wide2 I, Wide2 J);

    public sealed record Wide2(Wide3 A, Wide3 B, Wide3 C, Wide3 D, Wide3 E, Wide3 F, Wide3 G, Wide3 H, Wide3 I, Wide3 J);

    public sealed record Wide3(Wide4 A, Wide4 B, Wide4 C, Wide4 D, Wide4 E, Wide4 F, Wide4 G, Wide4 H, Wide4 I, Wide4 J);

    public sealed record Wide4(Wide5 A, Wide5 B, Wide5 C, Wide5 D, Wide5 E, Wide5 F, Wide5 G, Wide5 H, Wide5 I, Wide5 J);

    public sealed record Wide5(int A, int B);

    public sealed class Bad
    {
        public string Password { get; private set; } = null!;
    }

    public sealed record HoldsBad(Bad Inner);

    public sealed record ListsBad(List<Bad> Inner);

    public sealed record MapsBad(Dictionary<string, Bad> Inner);

    public sealed record MaybeBad(string Name, Bad? Inner);

    public sealed class Cache
    {
        public int Seconds { get; set; } = 30;
    }

    public sealed record NeedsCache(Cache Cache);

    public sealed class Filled
    {
        public List<string> Tags { get; } = [];

        public Cache Cache { get; } = new();

        public string User { get; set; } = null!;
    }

    public sealed class NeedsPassword
    {
        public string Password { get; set; } = null!;

        public string Region { get; set; } = "eu";
    }

    public sealed class HoldsNulls
    {
        public NeedsPassword Settable { get; set; } = new();

        public NeedsPassword Given { get; set; } = new() { Password = "own" };

        public NeedsPassword? Absent { get; set; }

        public NeedsPassword GetOnly { get; } = new();
    }

    [Fact]
    public void An_object_that_a_member_holds_needs_what_would_stay_null()
    {
        Assert.Equal(
            ["settable.password", "get_only.password"],
            Assert.Throws<SecretNotFoundException>(() => new SecretsBuilder().Require<HoldsNulls>().Build()).Paths.OrderDescending(StringComparer.Ordinal));
        Assert.Equal(
            ["settable.password", "get_only.password"],
            Assert.Throws<SecretNotFoundException>(() => Stores.Of(("other", 1)).Get<HoldsNulls>()).Paths);
        Assert.Equal(
            ["x.settable.password", "x.get_only.password"],
            Assert.Throws<SecretNotFoundException>(() => Stores.Of(("x.given.region", "r")).Bind("x", new HoldsNulls())).Paths);
    }

    public sealed class HoldsItself
    {
        public HoldsItself() => Self = this;

        public HoldsItself Self { get; set; }

        public string User { get; set; } = null!;
    }

    [Fact]
    public void An_object_that_holds_itself_has_an_end() =>
        Assert.Equal(["user", "self.user"], Assert.Throws<SecretNotFoundException>(() => Stores.Of(("other", 1)).Get<HoldsItself>()).Paths.OrderDescending(StringComparer.Ordinal));
}
