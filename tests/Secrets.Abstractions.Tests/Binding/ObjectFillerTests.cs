using System.Collections.ObjectModel;
using Secrets.Tests.Fakes;

#pragma warning disable CA1051 // Public fields are bound too.

namespace Secrets.Tests.Binding;

public sealed class ObjectFillerTests
{
    private static SecretsStore Store() => Stores.Of(
        ("x.user", "Jane"), ("x.port", 5432), ("x.tags", new[] { "a", "b" }), ("x.limits.api_key", 1), ("x.inner.user", "deep"), ("x.servers", new[] { Stores.Section(("host", "alpha")) }));

    public class Inner
    {
        public string User { get; set; } = "";

        public int Port { get; set; } = 7;

        public List<string> Tags { get; } = [];
    }

    public sealed class GetOnly
    {
        public required string User { get; init; }

        public IList<string> Tags { get; } = ["default"];

        public Dictionary<string, int> Limits { get; } = new() { ["default"] = 0 };

        public Inner Inner { get; } = new() { Port = 9 };

        public ObservableCollection<Server> Servers { get; } = [];

        public List<string> Absent { get; } = ["kept"];

        public Inner AbsentObject { get; } = new() { User = "kept" };
    }

    public sealed record Server(string Host);

    [Fact]
    public void Members_without_a_setter_are_filled_and_keep_what_no_secret_says()
    {
        using SecretsStore store = Store();

        GetOnly bound = store.Get<GetOnly>("x");

        Assert.Equal(["a", "b"], bound.Tags);
        Assert.Equal(new Dictionary<string, int> { ["api_key"] = 1 }, bound.Limits);
        Assert.Equal(("deep", 9), (bound.Inner.User, bound.Inner.Port));
        Assert.Equal([new Server("alpha")], bound.Servers);
        Assert.Equal(["kept"], bound.Absent);
        Assert.Equal("kept", bound.AbsentObject.User);
    }

    public sealed class Defaults
    {
        public Inner Inner { get; set; } = new() { User = "own", Port = 9 };

        public Point Point { get; set; } = new(1, 2);

        public ByConstructor Constructed { get; set; } = new("own", 9);

        public List<string> Tags { get; set; } = ["default"];

        public InitOnly InitOnly { get; init; } = new() { Region = "own" };
    }

    public readonly record struct Point(int X, int Y);

    public sealed class ByConstructor(string user, int port = 5)
    {
        public string User { get; } = user;

        public int Port { get; } = port;
    }

    public sealed record InitOnly
    {
        public string User { get; init; } = "";

        public string Region { get; init; } = "eu";
    }

    [Fact]
    public void An_object_that_a_member_holds_keeps_the_values_that_the_program_gave_it()
    {
        using SecretsStore store = Stores.Of(("inner.user", "secret"), ("point.x", 5), ("constructed.user", "secret"), ("tags", new[] { "a" }), ("init_only.user", "secret"));

        Defaults bound = store.Get<Defaults>();

        Assert.Equal(("secret", 9), (bound.Inner.User, bound.Inner.Port));
        Assert.Equal(new Point(5, 2), bound.Point);
        Assert.Equal(("secret", 5), (bound.Constructed.User, bound.Constructed.Port));
        Assert.Equal(["a"], bound.Tags);
        Assert.Equal(new InitOnly { User = "secret", Region = "own" }, bound.InitOnly);
    }

    public sealed class Target
    {
        public string User = "";

        public string Kept { get; set; } = "kept";

        public int Zero { get; set; }

        public string? Maybe { get; set; }

        public List<string> Tags { get; } = ["default"];

        public Inner Inner { get; set; } = new() { Port = 9 };

        public string Computed => User + "!";
    }

    [Fact]
    public void Bind_fills_an_object_and_leaves_what_no_secret_says()
    {
        using SecretsStore store = Store();
        var target = new Target();

        store.Bind("x", target);

        Assert.Equal(("Jane", "kept", 0, null), (target.User, target.Kept, target.Zero, target.Maybe));
        Assert.Equal(["a", "b"], target.Tags);
        Assert.Equal(("deep", 9), (target.Inner.User, target.Inner.Port));
    }

    [Fact]
    public void Bind_fills_lists_and_dictionaries()
    {
        using SecretsStore store = Store();
        var tags = new List<string> { "old" };
        var limits = new Dictionary<string, int>();

        store.Bind("x.tags", tags);
        store.Bind("x.limits", limits);

        Assert.Equal(["a", "b"], tags);
        Assert.Equal(1, limits["api_key"]);
    }

    [Fact]
    public void Bind_changes_nothing_if_anything_is_wrong()
    {
        using SecretsStore store = Stores.Of(("x.user", "Jane"), ("x.tags", new[] { "a" }), ("x.zero", "zero"), ("x.inner.port", "port"));
        var target = new Target();

        SecretsFormatException e = Assert.Throws<SecretsFormatException>(() => store.Bind("x", target));

        Assert.All(["x.zero", "x.inner.port"], path => Assert.Contains(path, e.Message, StringComparison.Ordinal));
        Assert.Equal("", target.User);
        Assert.Equal(["default"], target.Tags);
    }

    public sealed class NeedsUser
    {
        public string User { get; set; } = null!;

        public int Port { get; set; }
    }

    [Fact]
    public void Bind_misses_a_section_that_is_not_there_and_a_null_that_would_stay()
    {
        using SecretsStore store = Stores.Of(("x.port", 1));

        Assert.Equal(["nowhere"], Assert.Throws<SecretNotFoundException>(() => store.Bind("nowhere", new Target())).Paths);
        Assert.Equal(["x.user"], Assert.Throws<SecretNotFoundException>(() => store.Bind("x", new NeedsUser())).Paths);
        store.Bind("x", new NeedsUser { User = "own" });
    }

    public sealed class OutOfReach
    {
        public string User { get; private set; } = "";

        public string Fixed { get; } = "";

        public Stream Log { get; set; } = Stream.Null;

        public IReadOnlyList<string> Tags { get; } = [];

        public string Other { get; set; } = "";
    }

    [Fact]
    public void Bind_names_the_members_that_a_secret_is_there_for_and_cannot_reach()
    {
        using SecretsStore all = Stores.Of(("x.user", "Jane"), ("x.fixed", "f"), ("x.log", "l"), ("x.tags", new[] { "a" }), ("x.other", "o"));
        using SecretsStore none = Stores.Of(("x.other", "o"));
        var target = new OutOfReach();

        SecretsSourceException e = Assert.Throws<SecretsSourceException>(() => all.Bind("x", target));
        none.Bind("x", target);

        Assert.Equal(SecretsErrorCode.InvalidConfiguration, e.Code);
        Assert.Contains("x.user is there, and the member User has no public setter; give it one.", e.Message, StringComparison.Ordinal);
        Assert.Contains("x.log is there, and the member Log has the type Stream, which is abstract", e.Message, StringComparison.Ordinal);
        Assert.All(["x.fixed is there", "x.tags is there"], s => Assert.Contains(s, e.Message, StringComparison.Ordinal));
        Assert.Equal("o", target.Other);
    }

    public sealed class Odd
    {
        public List<string>? Null { get; }

        public List<string> New => ["default"];

        public ICollection<string> ReadOnly { get; } = Array.AsReadOnly(["default"]);

        public string Other { get; set; } = "";
    }

    [Fact]
    public void A_collection_that_cannot_be_filled_is_named_where_a_secret_is_there()
    {
        using SecretsStore all = Stores.Of(("x.null", new[] { "a" }), ("x.new", new[] { "a" }), ("x.read_only", new[] { "a" }));
        using SecretsStore none = Stores.Of(("x.other", "o"));

        SecretsSourceException e = Assert.Throws<SecretsSourceException>(() => all.Get<Odd>("x"));

        Assert.Equal(SecretsErrorCode.InvalidConfiguration, e.Code);
        Assert.Contains("x.null is there, and the member Null holds null and has no public setter", e.Message, StringComparison.Ordinal);
        Assert.Contains("x.new is there, and the member New returns a new object at each read", e.Message, StringComparison.Ordinal);
        Assert.Contains("x.read_only is there, and the collection that it would fill is read-only", e.Message, StringComparison.Ordinal);
        Assert.Equal("o", none.Get<Odd>("x").Other);
    }

    public static TheoryData<object> NotFillable => new()
    {
        "text",
        5,
        new Point(1, 2),
        new[] { 1 },
        new Action(() => { }),
        new Version(1, 2),
        (1, 2),
        DayOfWeek.Monday,
    };

    [Theory]
    [MemberData(nameof(NotFillable))]
    public void Bind_refuses_what_cannot_be_filled(object instance)
    {
        using SecretsStore store = Store();

        Assert.Equal("instance", Assert.Throws<ArgumentException>(() => store.Bind("x", instance)).ParamName);
        Assert.Throws<ArgumentNullException>(() => store.Bind("x", null!));
        Assert.Throws<ArgumentException>(() => store.Bind("a..b", new Target()));
    }

    [Fact]
    public void Bind_refuses_an_object_without_a_member_that_a_secret_can_fill()
    {
        using SecretsStore store = Store();

        SecretsSourceException e = Assert.Throws<SecretsSourceException>(() => store.Bind("x", new object()));

        Assert.Equal(SecretsErrorCode.InvalidConfiguration, e.Code);
    }

    [Fact]
    public void Bind_needs_a_section_of_its_shape()
    {
        using SecretsStore store = Store();

        Assert.Throws<SecretsFormatException>(() => store.Bind("x.user", new Target()));
        Assert.Throws<SecretsFormatException>(() => store.Bind("x.tags", new Target()));
        Assert.Throws<SecretsFormatException>(() => store.Bind("x", new List<string>()));
        Assert.Throws<SecretsFormatException>(() => store.Bind("x.tags", new Dictionary<string, string>()));
    }

    [Fact]
    public void Bind_gives_the_code_of_what_cannot_be_read()
    {
        using SecretsStore store = Stores.OfValues(("x.user", Stores.Unreadable()), ("list", Stores.Unreadable()));

        Assert.Equal(SecretsErrorCode.AccessDenied, Assert.Throws<SecretsSourceException>(() => store.Bind("x", new Target())).Code);
        Assert.Equal(SecretsErrorCode.AccessDenied, Assert.Throws<SecretsSourceException>(() => store.Bind("list", new List<string>())).Code);
    }

    public sealed class ThrowingSetter
    {
        public string User
        {
            get => "";
            set => throw new ArgumentException("bad user " + value, nameof(value));
        }
    }

    [Fact]
    public void Bind_does_not_pass_on_what_a_setter_throws()
    {
        using SecretsStore store = Store();

        SecretsFormatException e = Assert.Throws<SecretsFormatException>(() => store.Bind("x", new ThrowingSetter()));

        Assert.Equal("x cannot be read as the type ThrowingSetter: the type's own code threw System.ArgumentException.", e.Message);
    }

    public sealed class SharesInner
    {
        public static readonly Inner Default = new() { User = "default", Port = 9 };

        public static readonly Nest NestDefault = new();

        public static readonly List<string> DefaultTags = ["default"];

        public Inner Inner { get; set; } = Default;

        public Nest Nest { get; set; } = NestDefault;

        public List<string> Tags { get; } = DefaultTags;
    }

    public sealed class Nest
    {
        public Inner Inner { get; set; } = new() { User = "nested", Port = 8 };
    }

    [Fact]
    public void An_object_that_others_hold_too_stays_as_it_is_and_a_copy_is_filled()
    {
        using SecretsStore store = Stores.Of(("x.inner.user", "secret"), ("x.nest.inner.user", "secret"));
        var target = new SharesInner();

        store.Bind("x", target);

        foreach (SharesInner bound in new[] { store.Get<SharesInner>("x"), target })
        {
            Assert.Equal(("secret", 9), (bound.Inner.User, bound.Inner.Port));
            Assert.Equal(("secret", 8), (bound.Nest.Inner.User, bound.Nest.Inner.Port));
        }

        Assert.Equal(("default", "nested"), (SharesInner.Default.User, SharesInner.NestDefault.Inner.User));
        Assert.Same(SharesInner.Default, new SharesInner().Inner);
    }

    [Fact]
    public void A_collection_that_others_hold_too_is_not_filled()
    {
        using SecretsStore list = Stores.Of(("x.tags", new[] { "secret" }));
        using SecretsStore nested = Stores.Of(("x.inner.tags", new[] { "secret" }));

        Assert.Contains("x.tags is there, and the member Tags holds an object that other objects hold too", Assert.Throws<SecretsSourceException>(() => list.Get<SharesInner>("x")).Message, StringComparison.Ordinal);
        Assert.Contains("x.inner.tags is there, and the member Tags holds an object that other objects hold too", Assert.Throws<SecretsSourceException>(() => nested.Get<SharesInner>("x")).Message, StringComparison.Ordinal);
        Assert.Equal(["default"], SharesInner.DefaultTags);
        Assert.Empty(SharesInner.Default.Tags);
    }
}
