using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Secrets.Tests.Fakes;

#pragma warning disable CA1051 // Public fields are bound too.

namespace Secrets.Tests.Binding;

public sealed class BinderTests
{
    public enum Level
    {
        Low = 1,
        High = 2,
    }

    private static readonly object[] Servers = [Stores.Section(("host", "alpha"), ("port", 1)), Stores.Section(("host", "beta"), ("port", 2))];

    private static readonly SecretsStore Database = Stores.Of(
        ("database.user", "Jane"), ("database.password", "12345!"), ("database.port", 5432), ("database.endpoint.url", "https://example.org/"),
        ("database.level", "high"), ("database.id", "0f8fad5b-d9cb-469f-a165-70867728950e"), ("database.timeout", "00:00:30"), ("empty", Stores.Section()));

    // Every shape of type, from one section.
    public sealed record ByConstructor(string User, string Password, int Port);

    public sealed class ByProperties
    {
        public required string User { get; init; }

        public string Password { get; set; } = "";

        public int Port { get; set; }

        public string? Nickname { get; set; }

        public int Retries { get; set; } = 3;
    }

    public readonly record struct AsStruct(string User, int Port);

    public struct AsPlainStruct
    {
        public string User { get; set; }

        public int Port { get; set; }
    }

    public sealed class Mixed(string user, int port = 1)
    {
        public string User { get; } = user;

        public int Port { get; } = port;

        public string? Password { get; init; }
    }

    public sealed record Nested(ByConstructor Database);

    public sealed record Endpoint(Uri Url);

    public sealed record Typed(Level Level, Guid Id, TimeSpan Timeout, Endpoint Endpoint, SecretValue Password);

    public sealed record WithView(SecretsView Database, IReadOnlyDictionary<string, SecretValue> Empty);

    public sealed record Optional(
        string User, string? Nickname, int? Age, Level? Level, Level? Fallback = BinderTests.Level.Low, string Region = "eu", decimal Rate = 1.5m, DateTime When = default, Endpoint? Mirror = null);

    public sealed record Renamed([SecretName("user")] string Login, [property: SecretName("endpoint.url")] Uri Address)
    {
        [SecretName("port")]
        public required int Socket { get; init; }
    }

    [Fact]
    public void A_record_is_filled_by_its_constructor() =>
        Assert.Equal(new ByConstructor("Jane", "12345!", 5432), Database.Get<ByConstructor>("database"));

    [Fact]
    public void A_class_is_filled_by_its_properties_and_keeps_its_own_defaults()
    {
        ByProperties bound = Database.Get<ByProperties>("database");

        Assert.Equal(("Jane", "12345!", 5432, null, 3), (bound.User, bound.Password, bound.Port, bound.Nickname, bound.Retries));
    }

    [Fact]
    public void A_struct_is_filled_by_its_constructor_or_its_properties()
    {
        Assert.Equal(new AsStruct("Jane", 5432), Database.Get<AsStruct>("database"));
        Assert.Equal(new AsStruct("Jane", 5432), Database.Get<AsStruct?>("database"));
        Assert.Equal("Jane", Database.Get<AsPlainStruct>("database").User);
    }

    [Fact]
    public void Parameters_and_properties_may_be_mixed()
    {
        Mixed bound = Database.Get<Mixed>("database");

        Assert.Equal(("Jane", 5432, "12345!"), (bound.User, bound.Port, bound.Password));
    }

    [Fact]
    public void A_view_binds_whole_and_sections_nest()
    {
        Assert.Equal("Jane", Database.Get<Nested>().Database.User);
        Assert.Equal("Jane", Database.Section("database").Get<ByConstructor>().User);
    }

    [Fact]
    public void Members_have_the_types_that_a_leaf_can_be()
    {
        Typed bound = Database.Get<Typed>("database");

        Assert.Equal((Level.High, TimeSpan.FromSeconds(30), "https://example.org/"), (bound.Level, bound.Timeout, bound.Endpoint.Url.AbsoluteUri));
        Assert.Equal(Guid.Parse("0f8fad5b-d9cb-469f-a165-70867728950e"), bound.Id);
        Assert.Equal("***", bound.Password.ToString());
        Assert.DoesNotContain("12345!", bound.ToString(), StringComparison.Ordinal);
        Assert.True(bound.Password == "12345!");
    }

    [Fact]
    public void A_member_may_be_a_view_and_stay_masked()
    {
        WithView bound = Database.Get<WithView>();

        Assert.Same(Database.Section("database"), bound.Database);
        Assert.Empty(bound.Empty);
    }

    [Fact]
    public void Absent_members_with_a_default_or_a_nullable_type_are_no_problem() =>
        Assert.Equal(
            new Optional("Jane", null, null, Level.High, Level.Low),
            Database.Get<Optional>("database"));

    [Fact]
    public void SecretName_says_which_path_a_member_is()
    {
        Renamed bound = Database.Get<Renamed>("database");

        Assert.Equal(("Jane", 5432, "https://example.org/"), (bound.Login, bound.Socket, bound.Address.AbsoluteUri));
    }

    public static TheoryData<Type, object> Collections => new()
    {
        { typeof(int[]), new[] { 1, 2, 3 } },
        { typeof(int?[]), new int?[] { 1, 2, 3 } },
        { typeof(string[]), new[] { "1", "2", "3" } },
        { typeof(object[]), new object[] { 1L, 2L, 3L } },
        { typeof(List<int>), new List<int> { 1, 2, 3 } },
        { typeof(IList<long>), new List<long> { 1, 2, 3 } },
        { typeof(ICollection<int>), new List<int> { 1, 2, 3 } },
        { typeof(IEnumerable<double>), new List<double> { 1, 2, 3 } },
        { typeof(IReadOnlyList<string>), new List<string> { "1", "2", "3" } },
        { typeof(IReadOnlyCollection<byte>), new List<byte> { 1, 2, 3 } },
        { typeof(HashSet<int>), new HashSet<int> { 1, 2, 3 } },
        { typeof(ISet<int>), new HashSet<int> { 1, 2, 3 } },
        { typeof(IReadOnlySet<int>), new HashSet<int> { 1, 2, 3 } },
        { typeof(object), new List<object> { 1L, 2L, 3L } },
    };

    [Theory]
    [MemberData(nameof(Collections))]
    public void An_array_becomes_each_kind_of_collection(Type type, object expected)
    {
        using SecretsStore store = Stores.Of(("list", new[] { 1, 2, 3 }));

        object? bound = Reflected.Get(type, store, "list");

        Assert.IsType(expected.GetType(), bound);
        Assert.Equal(expected, bound);
    }

    [Fact]
    public void Arrays_hold_tables_arrays_and_masked_values()
    {
        using SecretsStore store = Stores.Of(("servers", Servers), ("matrix", new[] { new[] { 1, 2 }, [3] }));

        Assert.Equal([new Server("alpha", 1), new Server("beta", 2)], store.Get<Server[]>("servers"));
        Assert.Equal([1, 2], store.Get<List<int[]>>("matrix")[0]);
        Assert.Equal("beta", store.Get<IReadOnlyList<SecretValue>>("servers")[1]["host"].Reveal());
        Assert.Equal("beta", store.Get<SecretsView[]>("servers")[1].GetString("host"));
        Assert.Equal("beta", store.Get<Server>("servers.1").Host);
        Assert.Equal(2, store.Get<int>("servers.1.port"));
    }

    public sealed record Server(string Host, int Port);

    [Fact]
    public void A_section_becomes_a_dictionary()
    {
        using SecretsStore store = Stores.Of(("limits.a", 1), ("limits.b", 2), ("hosts.x", Servers[0]), ("lists.l", new[] { "q" }));

        Assert.Equal(new Dictionary<string, int> { ["a"] = 1, ["b"] = 2 }, store.Get<Dictionary<string, int>>("limits"));
        Assert.Equal(2, store.Get<IReadOnlyDictionary<string, int?>>("limits")["b"]);
        Assert.Equal(new Server("alpha", 1), store.Get<IDictionary<string, Server>>("hosts")["x"]);
        Assert.Equal("alpha", store.Get<Dictionary<string, Dictionary<string, string>>>("hosts")["x"]["host"]);
        Assert.Equal(["q"], store.Get<Dictionary<string, string[]>>("lists")["l"]);
        Assert.Equal("***", store.Get<Dictionary<string, SecretValue>>("limits")["a"].ToString());
        Assert.Equal(["limits", "hosts", "lists"], store.Get<Dictionary<string, object>>().Keys);
    }

    [Fact]
    public void Object_means_plain_values()
    {
        using SecretsStore store = Stores.Of(("a.b", 1));

        Assert.Equal(1L, store.Get<object>("a.b"));
        Assert.Equal(1L, Assert.IsType<IDictionary<string, object?>>(store.Get<object>("a"), exactMatch: false)["b"]);
        Assert.Equal(["a"], Assert.IsType<IDictionary<string, object?>>(store.Get<object>(), exactMatch: false).Keys);
    }

    [Fact]
    public void Bytes_become_bytes_alone_and_text_becomes_bytes_as_base64()
    {
        using SecretsStore store = Stores.Of(("blob", new byte[] { 1, 2 }), ("base64", "AQI="), ("text", "pa$word"), ("number", 1234));

        Assert.Equal([1, 2], store.Get<byte[]>("base64"));
        Assert.Throws<SecretsFormatException>(() => store.Get<byte[]>("text"));
        Assert.Throws<SecretsFormatException>(() => store.Get<byte[]>("number"));

        Assert.Equal([1, 2], store.Get<byte[]>("blob"));
        Assert.Throws<SecretsFormatException>(() => store.Get<string>("blob"));
        Assert.Throws<SecretsFormatException>(() => store.Get<int[]>("blob"));
    }

    [Theory]
    [InlineData(typeof(int))]
    [InlineData(typeof(string))]
    [InlineData(typeof(List<int>))]
    [InlineData(typeof(int[]))]
    [InlineData(typeof(SecretValue))]
    public void A_view_is_a_section_and_nothing_else(Type type)
    {
        SecretsFormatException root = Assert.Throws<SecretsFormatException>(() => GetWhole(type, Database.Current));
        SecretsFormatException section = Assert.Throws<SecretsFormatException>(() => GetWhole(type, Database.Section("database")));

        Assert.StartsWith("The root is a section and cannot be read as the type ", root.Message, StringComparison.Ordinal);
        Assert.StartsWith("database is a section and cannot be read as the type ", section.Message, StringComparison.Ordinal);
    }

    public abstract class Abstract
    {
        public string User { get; set; } = "";
    }

    public sealed class Hidden
    {
        private Hidden()
        {
        }

        public static Hidden One { get; } = new();

        public string User { get; set; } = "";
    }

    [Fact]
    public void A_type_that_cannot_be_made_is_a_coded_error()
    {
        foreach (Type type in new[] { typeof(Hidden), typeof(Abstract), typeof(IDisposable), typeof(Action), typeof(SecretsStore), typeof((string User, int Port)), typeof(Stream), typeof(Nothing) })
        {
            Assert.Equal(SecretsErrorCode.InvalidConfiguration, Assert.Throws<SecretsSourceException>(() => Reflected.Get(type, Database, "database")).Code);
            Assert.Equal(SecretsErrorCode.InvalidConfiguration, Assert.Throws<SecretsSourceException>(() => Reflected.Get(type, Database, "nowhere")).Code);
            Assert.Equal(SecretsErrorCode.InvalidConfiguration, Assert.Throws<SecretsSourceException>(() => GetWhole(type, Database)).Code);
        }
    }

    public sealed class Nothing
    {
        public string Text => "";
    }

    public sealed class Fields
    {
        public string User = null!;

        public string? Nickname;

        [SecretName("port")]
        public int Socket;
    }

    public sealed class GenericMember<T>
    {
        public T Value { get; init; } = default!;

        public Version? Version { get; init; }
    }

    [Fact]
    public void Public_fields_are_bound_and_required()
    {
        Fields bound = Database.Get<Fields>("database");

        Assert.Equal(("Jane", null, 5432), (bound.User, bound.Nickname, bound.Socket));
        Assert.Equal(["x.port"], Assert.Throws<SecretNotFoundException>(() => Stores.Of(("x.user", "u")).Get<Fields>("x")).Paths);
        Assert.Equal(["user", "port"], Assert.Throws<SecretNotFoundException>(() => new SecretsBuilder().Require<Fields>().Build()).Paths);
    }

    [Fact]
    public void An_absent_generic_member_or_version_is_missing_or_null()
    {
        using SecretsStore store = Stores.Of(("x.version", "1.2"), ("y.value", "v"));

        Assert.Equal(["x.value"], Assert.Throws<SecretNotFoundException>(() => store.Get<GenericMember<string>>("x")).Paths);
        Assert.Equal(["x.value"], Assert.Throws<SecretNotFoundException>(() => store.Get<GenericMember<int>>("x")).Paths);
        Assert.Equal(new Version(1, 2), store.Get<GenericMember<int?>>("x").Version);
        Assert.Null(store.Get<GenericMember<string>>("y").Version);
    }

    public sealed record NeedsAllOptional(AllOptional Inner, string? Other);

    [Fact]
    public void A_section_that_nobody_has_is_missing_and_no_object_of_defaults()
    {
        using SecretsStore store = Stores.Of(("x.other", "o"));

        Assert.Equal(["nowhere"], Assert.Throws<SecretNotFoundException>(() => store.Get<AllOptional>("nowhere")).Paths);
        Assert.Equal(["x.inner"], Assert.Throws<SecretNotFoundException>(() => store.Get<NeedsAllOptional>("x")).Paths);
    }

    public sealed record Node(string Name, Node? Next);

    public sealed record Endless(string Name, Endless Left, Endless Right);

    [Fact]
    public void A_type_that_holds_itself_binds_as_deep_as_the_secrets_go()
    {
        using SecretsStore store = Stores.Of(("node.name", "a"), ("node.next.name", "b"));

        Assert.Equal(new Node("a", new Node("b", null)), store.Get<Node>("node"));
    }

    [Fact]
    public void A_type_that_can_only_hold_itself_is_named_as_missing_once_for_each_place()
    {
        using SecretsStore store = Stores.Of(("endless.name", "a"), ("endless.left.name", "b"));

        SecretNotFoundException e = Assert.Throws<SecretNotFoundException>(() => store.Get<Endless>("endless"));

        Assert.Equal(
            [
                "endless.left.left.name", "endless.left.left.left", "endless.left.left.right",
                "endless.left.right.name", "endless.left.right.left", "endless.left.right.right",
                "endless.right.name", "endless.right.left", "endless.right.right",
            ],
            e.Paths);
    }

    public sealed record Every(int Port, int Count, Endpoint Endpoint, int[] List, Dictionary<string, int> Limits, Level Level, Server Server, string Missing, Guid Id);

    [Fact]
    public void Every_problem_is_in_one_exception_and_no_value_is()
    {
        using SecretsStore store = Stores.Of(
            ("x.port", "port-value"), ("x.count", Stores.Section(("a", "count-value"))), ("x.endpoint.url", "url-value"), ("x.list", new object[] { 1, "list-value" }),
            ("x.limits.a", "limit-value"), ("x.level", "level-value"), ("x.server.host", "host-value"), ("x.id", new[] { "id-value" }));

        SecretsFormatException e = Assert.Throws<SecretsFormatException>(() => store.Get<Every>("x"));

        Assert.Equal(
            """
            x.port (memory x.port) is a value of kind String and cannot be read as the type Int32.
            x.count (memory x.count) is a section and cannot be read as the type Int32.
            x.endpoint.url (memory x.endpoint.url) is a value of kind String and cannot be read as a Uri (absolute, with its scheme).
            x.list.1 (memory x.list.1) is a value of kind String and cannot be read as the type Int32.
            x.limits.a (memory x.limits.a) is a value of kind String and cannot be read as the type Int32.
            x.level (memory x.level) is a value of kind String and cannot be read as the type Level (Low, High).
            x.id (memory x.id) is an array and cannot be read as the type Guid.
            x.server.port was not found.
            x.missing was not found.
            """,
            e.Message.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Nothing_but_absence_is_one_exception_that_names_every_path()
    {
        using SecretsStore store = Stores.Of(("x.user", "u"), ("x.unrelated", 1));

        Assert.Equal(["x.password", "x.port"], Assert.Throws<SecretNotFoundException>(() => store.Get<ByConstructor>("x")).Paths);
        Assert.Equal(["x.password", "x.port"], Assert.Throws<SecretNotFoundException>(() => store.Section("x").Get<ByConstructor>()).Paths);
        Assert.Equal(["nowhere"], Assert.Throws<SecretNotFoundException>(() => store.Get<ByConstructor>("nowhere")).Paths);
    }

    [Fact]
    public void An_unreadable_member_gives_its_code_and_facts_and_names_the_rest()
    {
        var failure = new SecretsSourceException(SecretsErrorCode.AccessDenied, "no permission", "vault") { Status = 403, VendorCode = "denied", RequestId = "r-1", NativeName = "kv/x" };
        using SecretsStore store = Stores.OfValues(
            ("x.user", SecretValue.Unreadable(failure, Stores.Origin)),
            ("x.port", Stores.Text(SecretKind.String, "wrong")));

        SecretsSourceException e = Assert.Throws<SecretsSourceException>(() => store.Get<ByConstructor>("x"));

        Assert.Equal((SecretsErrorCode.AccessDenied, "vault", 403, "denied", "r-1", "kv/x"), (e.Code, e.SourceName, e.Status, e.VendorCode, e.RequestId, e.NativeName));
        Assert.Equal(
            """
            x.user (test here) cannot be read: no permission
            x.port (test here) is a value of kind String and cannot be read as the type Int32.
            x.password was not found.
            """,
            e.Message.ReplaceLineEndings("\n"));
    }

    public sealed record Loose(object Anything, int Port);

    [Fact]
    public void An_unreadable_secret_below_a_plain_member_is_one_problem_of_all()
    {
        using SecretsStore store = Stores.OfValues(("x.anything.y", Stores.Unreadable()), ("x.port", Stores.Text(SecretKind.String, "wrong")));

        SecretsSourceException e = Assert.Throws<SecretsSourceException>(() => store.Get<Loose>("x"));

        Assert.Equal(SecretsErrorCode.AccessDenied, e.Code);
        Assert.Contains("x.port (test here) is a value of kind String", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_read_that_the_program_forbade_is_one_problem_of_all()
    {
        var builder = new SecretsBuilder { UndeclaredReads = UndeclaredReads.Throw };
        using SecretsStore store = builder
            .AddInMemory(new Dictionary<string, object?> { ["x.user"] = "u", ["x.password"] = "p", ["y"] = 1 })
            .Require("y")
            .Build();

        SecretsSourceException e = Assert.Throws<SecretsSourceException>(() => store.Get<ByConstructor>("x"));

        Assert.Equal(SecretsErrorCode.InvalidConfiguration, e.Code);
        Assert.All(new[] { "x.user was read", "x.password was read", "x.port was not found" }, s => Assert.Contains(s, e.Message, StringComparison.Ordinal));
    }

    public sealed record Strict
    {
        public Strict(string user) => throw new ArgumentException("bad user " + user, nameof(user));
    }

    public sealed class StrictProperty
    {
        public string User
        {
            get => "";
            set => throw new ArgumentException("bad user " + value, nameof(value));
        }
    }

    [Fact]
    public void What_a_constructor_or_a_property_throws_is_not_passed_on()
    {
        SecretsFormatException constructor = Assert.Throws<SecretsFormatException>(() => Database.Get<Strict>("database"));
        SecretsFormatException property = Assert.Throws<SecretsFormatException>(() => Database.Get<StrictProperty>("database"));
        using SecretsStore flat = new SecretsBuilder().AddInMemory(new Dictionary<string, string> { ["user"] = "x" }).Build();
        SecretsFormatException root = Assert.Throws<SecretsFormatException>(() => flat.Get<Strict>());

        Assert.Equal("database cannot be read as the type Strict: the type's own code threw System.ArgumentException.", constructor.Message);
        Assert.Equal("The root cannot be read as the type Strict: the type's own code threw System.ArgumentException.", root.Message);
        Assert.Equal("database cannot be read as the type StrictProperty: the type's own code threw System.ArgumentException.", property.Message);
        Assert.Null(constructor.InnerException);
    }

    public sealed class Parsable : IParsable<Parsable>
    {
        private Parsable(string text) => Text = text;

        public string Text { get; }

        public static Parsable Parse(string s, IFormatProvider? provider) => throw new NotSupportedException();

        public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out Parsable result)
        {
            result = s is "12345!" ? throw new FormatException(s) : s is null ? null : new Parsable(s);
            return result is not null;
        }
    }

    public sealed record WithParsable(Parsable User, Parsable[] Names, Parsable? Nobody);

    [Fact]
    public void A_program_s_own_parsable_types_are_leaves()
    {
        using SecretsStore store = Stores.Of(("user", "u"), ("names", new object[] { "a", 2 }));

        WithParsable bound = store.Get<WithParsable>();

        Assert.Equal(("u", "2", null), (bound.User.Text, bound.Names[1].Text, bound.Nobody));
        Assert.Throws<SecretsFormatException>(() => Database.Get<Parsable>("database.password"));
    }

    [Fact]
    public void Variables_alone_may_supply_a_section()
    {
        using SecretsStore store = Stores.Chain(("other", 1))
            .AddEnvironment(configure: o => o.Variables = new Dictionary<string, string>
            {
                ["DATABASE__USER"] = "Jane", ["DATABASE_PASSWORD"] = "p", ["DATABASE__PORT"] = "1",
            })
            .Build();
        var none = new ByConstructor("", "", 0);

        Assert.Equal(new ByConstructor("Jane", "p", 1), store.Get<ByConstructor>("database"));
        Assert.Equal(new ByConstructor("Jane", "p", 1), store.Get("database", none));
        Assert.Equal(new ByConstructor("Jane", "p", 1), store.Get<Nested>().Database);
        Assert.Equal("Jane", store.Get<Maybe>().Database?.User);
        Assert.Same(none, store.Get("nothing", none));
    }

    public sealed record Maybe(ByConstructor? Database);

    [Fact]
    public void A_fallback_is_for_absence_alone()
    {
        using SecretsStore store = Stores.Of(("x.user", "u"), ("number", "seven"));
        var fallback = new ByConstructor("", "", 0);

        Assert.Same(fallback, store.Get("nowhere", fallback));
        Assert.Equal(7, store.Get("nowhere", 7));
        Assert.Null(store.Get<int?>("nowhere", null));
        Assert.Equal(3, store.Get("nowhere", new ByProperties { User = "", Retries = 3 }).Retries);
        Assert.Throws<SecretsFormatException>(() => store.Get("number", 7));
        Assert.Equal(["x.password", "x.port"], Assert.Throws<SecretNotFoundException>(() => store.Get("x", fallback)).Paths);
    }

    public sealed class AllOptional
    {
        public string Region { get; set; } = "eu";
    }

    [Fact]
    public void A_fallback_serves_where_a_type_without_required_members_finds_nothing()
    {
        var fallback = new AllOptional { Region = "us" };

        Assert.Same(fallback, Database.Get("nowhere", fallback));
        Assert.Equal("eu", Database.Get("empty", fallback).Region);
    }

    private static object? GetWhole(Type type, SecretsView view) =>
        Reflected.Call(typeof(SecretsView).GetMethod(nameof(SecretsView.Get), BindingFlags.Public | BindingFlags.Instance, [])!.MakeGenericMethod(type), view);
}
