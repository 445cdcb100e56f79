using System.Collections;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Numerics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Newtonsoft.Json;
using Secrets.EnvironmentVariables;
using Secrets.Loading;
using Secrets.Tests.Fakes;
using JsonSerializer = System.Text.Json.JsonSerializer;

namespace Secrets.Tests;

/// <summary>A random value is planted in every place of a chain, and every text that the library makes is searched for it.</summary>
public sealed class CanaryTests(ITestOutputHelper output)
{
    private static readonly string[] Paths =
    [
        "plain", "number", "ratio", "integer", "float", "boolean", "offset", "local", "date", "time", "bytes", "list", "list.0", "list.1", "list.2.0", "list.3", "list.3.host",
        "database", "database.user", "database.password", "database.deep.er", "servers", "servers.0", "servers.0.host", "denied", "env_only", "prefixed.token", "both", "both.x", "twin_key", "PATH", "nul",
        "env_section", "env_section.key", "env_only.below", "USER", "listed", "listed.0", "listed.0.host", "gap", "gap.0",
    ];

    private static readonly Type[] Types =
    [
        typeof(string), typeof(bool), typeof(char), typeof(sbyte), typeof(byte), typeof(short), typeof(ushort), typeof(int), typeof(uint), typeof(long), typeof(ulong),
        typeof(Int128), typeof(BigInteger), typeof(Half), typeof(float), typeof(double), typeof(decimal), typeof(Guid), typeof(DateTimeOffset), typeof(DateTime), typeof(DateOnly),
        typeof(TimeOnly), typeof(TimeSpan), typeof(Uri), typeof(Version), typeof(IPAddress), typeof(DayOfWeek), typeof(int?), typeof(DayOfWeek?), typeof(byte[]), typeof(int[]), typeof(string[]),
        typeof(List<int>), typeof(HashSet<Guid>), typeof(Dictionary<string, int>), typeof(Dictionary<string, string>), typeof(Dictionary<int, string>), typeof(SecretsView), typeof(SecretsView[]),
        typeof(Stream), typeof(IDisposable), typeof(Action), typeof(Numbers), typeof(Strict), typeof(StrictProperty), typeof(Hidden), typeof(Server), typeof(Server[]), typeof(Throwing), typeof(Throwing[]),
        typeof(Masked), typeof(Endless), typeof(Fields), typeof(ThrowingList), typeof(ThrowingKeyed), typeof(ThrowingTryParse), typeof(Held), typeof(Dictionary<DayOfWeek, string>), typeof(IPEndPoint), typeof(DateTimeKind?), typeof(KeyValuePair<string, int>), typeof((int, string)),
    ];

    private readonly Canary _canary = new();
    private readonly FakeEnvironmentBlock _block = new();

    public sealed record Numbers(int User, int Password, DateTimeOffset Host, Uri Deep);

    public sealed record Server(int Host);

    public sealed record Masked(SecretValue Password, SecretValue User, SecretsView? Deep);

    public sealed record Endless(string User, Endless Deep);

    public sealed record Container(SecretValue Value, SecretsView View, object Boxed, IReadOnlyDictionary<string, SecretValue> Dictionary, IEnumerable<SecretValue> Values);

    public sealed class Strict
    {
        public Strict(string user, string password) => throw new ArgumentException(user + password, nameof(user));
    }

    public sealed class StrictProperty
    {
        public string User
        {
            get => "";
            set => throw new ArgumentException(value, nameof(value));
        }
    }

    public sealed class Hidden
    {
        private Hidden(string user) => User = user;

        public static Hidden Default { get; } = new("");

        public string User { get; set; }
    }

    public sealed class Throwing : IParsable<Throwing>
    {
        public static Throwing Parse(string s, IFormatProvider? provider) => throw new FormatException(s);

        public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out Throwing result) => throw new FormatException(s, new FormatException(s));
    }

#pragma warning disable CA1051 // Public fields are bound too.
    public sealed class Fields
    {
        public int User;

        public Uri? Host;
    }
#pragma warning restore CA1051

    public sealed class ThrowingList : System.Collections.ObjectModel.Collection<string>
    {
        protected override void InsertItem(int index, string item) => throw new ArgumentException(item, nameof(item));
    }

    public sealed class ThrowingKeyed : System.Collections.ObjectModel.KeyedCollection<string, string>
    {
        protected override string GetKeyForItem(string item) => throw new ArgumentException(item, nameof(item));
    }

    public sealed class ThrowingTryParse
    {
        public static bool TryParse(string text, out ThrowingTryParse? result) => throw new FormatException(text);
    }

    public sealed class Held
    {
        public ThrowingList List { get; } = [];

        public Numbers? Deep { get; private set; }

        public Dictionary<string, int> User { get; } = [];

        public string Other { get; set; } = "";
    }

    // What a careless type would show.
    public sealed class Leaky(string secret)
    {
        public string Secret { get; } = secret;

        public override string ToString() => Secret;
    }

    private sealed class Coded(string message) : Exception(message, new InvalidOperationException(message)), ISecretsError
    {
        public SecretsErrorCode Code => SecretsErrorCode.Unavailable;
    }

    private SecretsBuilder Builder() => new() { Ledger = new EnvironmentLedger(_block), TimeProvider = new FakeTimeProvider(DateTimeOffset.UnixEpoch) };

    private SecretsBuilder Chain()
    {
        object Tables() => new object[] { Stores.Section(("host", _canary.Plant())), Stores.Section(("host", _canary.Plant("b"))) };
        var origin = new SecretOrigin("test", "secrets.toml", 3, 4, DateTimeOffset.UnixEpoch);
        (string, SecretValue)[] kinds =
        [
            ("integer", SecretValue.FromText(SecretKind.Integer, _canary.Plant(), origin)),
            ("float", SecretValue.FromText(SecretKind.Float, _canary.Plant(), origin)),
            ("boolean", SecretValue.FromText(SecretKind.Boolean, _canary.Plant(), origin)),
            ("offset", SecretValue.FromText(SecretKind.OffsetDateTime, _canary.Plant(), origin)),
            ("local", SecretValue.FromText(SecretKind.LocalDateTime, _canary.Plant(), origin)),
            ("date", SecretValue.FromText(SecretKind.LocalDate, _canary.Plant(), origin)),
            ("time", SecretValue.FromText(SecretKind.LocalTime, _canary.Plant(), origin)),
            ("PATH", SecretValue.FromText(_canary.Plant(), origin)),
            ("nul", SecretValue.FromText("\0" + _canary.Plant(), origin)),
            ("denied", SecretValue.Unreadable(Hung(new SecretsSourceException(SecretsErrorCode.AccessDenied, "the policy forbids it", "test")), origin)),
        ];
        return Builder()
            .AddInMemory(new Dictionary<string, object?>
            {
                ["plain"] = _canary.Plant(),
                ["number"] = _canary.Number,
                ["ratio"] = _canary.Number + 0.5,
                ["bytes"] = Encoding.UTF8.GetBytes(_canary.Plant()),
                ["list"] = new object[] { _canary.Plant("l"), _canary.Number, new[] { _canary.Plant("n") }, Stores.Section(("host", _canary.Plant("t"))) },
                ["database"] = Stores.Section(("user", _canary.Plant("u")), ("deep", Stores.Section(("er", _canary.Plant("d"))))),
                ["servers"] = Tables(),
                ["both"] = _canary.Plant("leaf"),
                ["twin_key"] = _canary.Plant("1"),
                ["TwinKey"] = _canary.Plant("2"),
            })
            .AddEnvironment(configure: o => o.Variables = new Dictionary<string, string> { ["DATABASE__PASSWORD"] = _canary.Plant("e"), ["ENV_ONLY"] = _canary.Plant("o"), ["ENV_ONLY_BELOW"] = _canary.Plant("b"), ["ENV_SECTION__KEY"] = _canary.Plant("k"), ["USER"] = _canary.Plant("u") })
            .AddEnvironment("APP_", o => o.Variables = new Dictionary<string, string> { ["APP_PREFIXED__TOKEN"] = _canary.Plant("p"), ["APP_BOTH__X"] = _canary.Plant("x"), ["APP_PLAIN"] = _canary.Plant("shadowed"), ["APP_LISTED__0__HOST"] = _canary.Plant("l"), ["APP_GAP__0"] = _canary.Plant("g"), ["APP_GAP__2"] = _canary.Plant("h") })
            .Add(new BatchSource(kinds), o => o.ExportToEnvironment = true);
    }

    private T Hung<T>(T exception)
        where T : Exception
    {
        exception.Data[_canary.Value] = _canary.Value;
        return exception;
    }

    [Fact]
    public void The_search_can_fail()
    {
        using SecretsStore store = Chain().Build();
        byte[] utf8 = Encoding.UTF8.GetBytes(_canary.Value);

        Assert.True(_canary.IsIn(store["plain"].Reveal()));
        Assert.True(_canary.IsIn(store.GetString("number")));
        Assert.True(_canary.IsIn(store.GetString("env_only")));
        Assert.True(_canary.IsIn(store.GetString("prefixed.token")));
        Assert.True(_canary.IsIn(JsonSerializer.Serialize(store.Section("database").RevealAll())));
        Assert.True(_canary.IsIn("x" + _canary.Value[3..9] + "y"));
        Assert.True(_canary.IsIn(Convert.ToBase64String(utf8)));
        Assert.True(_canary.IsIn(Convert.ToBase64String([1, .. utf8, 2])));
        Assert.True(_canary.IsIn(Convert.ToBase64String([1, 2, .. utf8, 3])));
        Assert.True(_canary.IsIn(Convert.ToHexString(utf8)));
        Assert.True(_canary.IsIn(BitConverter.ToString(utf8)));
        Assert.True(_canary.IsIn(Uri.EscapeDataString(_canary.Value)));
        Assert.True(_canary.IsIn(new string([.. _canary.Value.Reverse()])));
        Assert.True(_canary.IsIn(JsonSerializer.Serialize(_canary.Value)));
        Assert.False(_canary.IsIn(store["plain"].ToString()));
        Assert.False(_canary.IsIn("Secrets.SecretsView, 42 keys, " + Guid.Empty));

        Assert.Empty(_canary.Leaks);
        _canary.ScanDebugger(new Leaky(_canary.Value), "leaky");
        _canary.ScanException(new InvalidOperationException("outer", Hung(new FormatException("inner"))), "exception");
        Assert.Equal(
            ["leaky, display: the text", "leaky.Secret, display: the text", "exception, inner, Data: the text", "exception, inner, Data: the text"],
            _canary.Leaks);
    }

    [Fact]
    public void No_code_of_the_system_is_taken_for_it()
    {
        string[] codes =
        [
            .. from name in new[] { "System.Private.CoreLib", "System.Net.Primitives", "System.Net.Http", "System.Text.Json", "Microsoft.Win32.Primitives" }
               from type in System.Reflection.Assembly.Load(name).GetExportedTypes()
               where type.IsAssignableTo(typeof(Exception)) && !type.IsAbstract && type.GetConstructor([]) is not null
               select ((Exception)Activator.CreateInstance(type)!).HResult.ToString(CultureInfo.InvariantCulture),
        ];

        Assert.True(codes.Length > 80, $"Only {codes.Length} codes were looked at.");
        Assert.All(codes, code => Assert.DoesNotMatch($"[{Canary.Digits}]{{6}}", code));
    }

    [Fact]
    public void No_text_of_a_value_or_a_view_holds_it()
    {
        using SecretsStore store = Chain().Build();
        foreach (string path in Paths)
        {
            Assert.True(store.TryGetValue(path, out SecretValue? value), path + " is not there.");
            object boxed = value;
            _canary.Scan(value.ToString(), path);
            _canary.Scan($"{path} {value} {value,30:N} {boxed}", path + " interpolated");
            _canary.Scan(string.Format(CultureInfo.InvariantCulture, "{0} {1:X}", path, value), path + " formatted");
            _canary.Scan(path + value + boxed, path + " concatenated");
            _canary.Scan(new StringBuilder(path).Append(value).Append(boxed).ToString(), path + " appended");
            _canary.Scan(value.Origin.ToString(), path + " origin");
            _canary.Scan(store.Explain(path).ToString(), path + " explained");
            _canary.Scan(string.Join(';', store.Explain(path).Candidates), path + " candidates");
            _canary.ScanDebugger(value, path + " in a debugger");
            _canary.ScanDebugger(store.Explain(path), path + " explained in a debugger");
            _canary.Scan(new SecretEntry(SecretPath.Parse(path), value).ToString(), path + " entry");
            _canary.ScanDebugger(new SecretEntry(SecretPath.Parse(path), value), path + " entry in a debugger");
            Json(value, path);
        }

        foreach (SecretsView view in new[] { store, store.Current, store.Section("database"), store.Section("servers.0") })
        {
            _canary.Scan(view.ToString(), "view");
            _canary.Scan(string.Join(';', view), "entries");
            _canary.Scan(string.Join(';', view.Keys.Concat(view.Values.Select(v => v.ToString()))), "keys and values");
            _canary.ScanDebugger(view, "view in a debugger");
            Json(view, "view");
            dynamic s = view;
            _canary.Scan((string)$"{s}", "dynamic view");
        }

        Json(store.Current.ToList(), "list of entries");
        Json(new { store, value = store["plain"] }, "anonymous type");
        Json(new Container(store["plain"], store, store["number"], store, store.Values), "container");
        _canary.Scan(new Container(store["plain"], store, store["number"], store, store.Values).ToString(), "container");
        _canary.Scan(store.Get<Masked>("database").ToString(), "bound record");
        Json(store.Get<Masked>("database"), "bound record");
        Json(store.Sources, "sources");
        Json(store.Warnings, "warnings");
        _canary.Scan(string.Join(';', store.Sources), "sources");
        _canary.Scan(string.Join(';', store.Warnings), "warnings");
        _canary.ScanDebugger(store.Sources, "sources in a debugger");
        _canary.ScanDebugger(store.Warnings, "warnings in a debugger");
        Assert.Equal(2, store.Warnings.Count(w => w.Code == SecretsWarningCode.NotExported));
        Assert.True(_canary.IsIn(_block["integer"]));

        _canary.AssertUnseen(output, atLeast: 150);
    }

    [Fact]
    public void No_failed_read_holds_it()
    {
        using SecretsStore store = Chain().Build();
        foreach (string path in Paths)
        {
            SecretValue value = store[path];
            Try(() => value.Reveal(), path, "Reveal");
            Try(() => value.RevealBytes(), path, "RevealBytes");
            Try(() => _ = (string)value, path, "cast");
            Try(() => _ = value == "other", path, "==");
            Try(() => value.AsList(), path, "AsList");
            Try(() => value.AsSection(), path, "AsSection");
            Try(() => value.Contains("other"), path, "Contains");
            Try(() => _ = value["nothing"], path, "[key]");
            Try(() => _ = value[7], path, "[index]");
            Try(() => store.GetString(path + "x"), path, "near miss");
            Try(() => store.GetString(path + ".x.y"), path, "below");
            Try(() => store.GetString(path, "fallback"), path, "fallback");
            Try(() => store.Section(path).RevealAll(), path, "RevealAll");
            Try(() => JsonSerializer.Deserialize<SecretValue>("\"***\""), path, "deserialized");
        }

        foreach (Type type in Types)
        {
            foreach (string path in Paths)
            {
                string where = $"{path} as {type.Name}";
                Try(() => Reflected.Call(typeof(SecretsView).GetMethod(nameof(SecretsView.Get), [typeof(string)])!.MakeGenericMethod(type), store, path), where, "Get");
                if (Array.Exists(type.GetInterfaces(), i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IParsable<>)))
                {
                    Try(() => Reflected.Call(typeof(SecretValue).GetMethod(nameof(SecretValue.As))!.MakeGenericMethod(type), store[path]), where, "As");
                }
            }

            Try(() => Reflected.Call(typeof(SecretsView).GetMethod(nameof(SecretsView.Get), [])!.MakeGenericMethod(type), store), type.Name, "Get of the root");
            Try(() => Reflected.Call(typeof(SecretsView).GetMethod(nameof(SecretsView.Get), [])!.MakeGenericMethod(type), store.Section("database")), type.Name, "Get of a section");
        }

        foreach (object instance in new object[] { new StrictProperty(), new Held(), new Fields(), new List<int>(), new ThrowingList(), new Dictionary<string, int>() })
        {
            foreach (string path in Paths)
            {
                Try(() => store.Bind(path, instance), path, "Bind of " + instance.GetType().Name);
            }
        }

        foreach (string path in Paths)
        {
            Try(() => store.GetValue<int>(path), path, "GetValue");
            Try(() => store.GetValue(path, DateTimeOffset.UnixEpoch), path, "GetValue with a fallback");
        }

        SecretsView database = store.Section("database");
        _canary.ScanFailure(() => database.Invoke((int user, Guid password) => { }), "Invoke");
        _canary.ScanFailure(() => database.Invoke((string user, string other) => { }), "Invoke, missing");
        _canary.ScanFailure(() => database.Invoke<int>((string user) => { }), "Invoke, no result");
        _canary.ScanFailure(() => database.Invoke<Stream>((string user) => user), "Invoke, other result");
        _canary.ScanFailure(() => store.RevealAll(), "RevealAll");
        _canary.ScanFailure(() => store.Get<Numbers>("database"), "wrong members");

        _canary.AssertUnseen(output, atLeast: 1000);
    }

    [Fact]
    public void No_failure_of_dynamic_code_holds_it()
    {
        using SecretsStore store = Chain().Build();
        dynamic s = store;
        Action[] failures =
        [
            () => { int number = s.plain; },
            () => { DateTime moment = s.plain; },
            () => { Uri uri = s.plain; },
            () => { Stream stream = s.plain; },
            () => { DayOfWeek day = s.plain; },
            () => { string text = s.list; },
            () => { string text = s.database; },
            () => { SecretsView view = s.plain; },
            () => { IEnumerable items = s.plain; },
            () => { int number = s; },
            () => s.plain = _canary.Value,
            () => s["plain"] = _canary.Value,
            () => s.plain.x = _canary.Value,
            () => _ = s.plain.nothing,
            () => _ = s.nothing,
            () => s.plain.Nothing(),
            () => s.plain(1),
            () => s.Nothing(s.plain),
            () => _ = s.plain[0],
            () => _ = s.plain["x"],
            () => _ = s.plain[1.5],
            () => _ = s.plain - 1,
            () => _ = s.plain * s.plain,
            () => _ = s.plain > 1,
            () => _ = -s.plain,
            () => _ = s.plain && s.plain,
            () => _ = s.plain ? 1 : 2,
            () => { foreach (dynamic x in s.plain) { } },
            () => { foreach (int x in s.list) { } },
            () => _ = int.Parse(s.plain, CultureInfo.InvariantCulture),
            () => string.Intern(s.plain),
            () => _ = s.denied + 1 + (string)s.denied,
            () => _ = (int)s.number + (int)s.plain,
        ];
        for (int i = 0; i < failures.Length; i++)
        {
            _canary.ScanFailure(failures[i], string.Create(CultureInfo.InvariantCulture, $"dynamic {i}"));
        }

        _canary.Scan((string)("" + s.plain), "dynamic concatenation");
        _canary.Scan((string)$"{s.plain} {s.list} {s.database}", "dynamic interpolation");
        _canary.AssertUnseen(output, atLeast: 30);
    }

    [Fact]
    public async Task No_failure_of_a_source_holds_it()
    {
        Func<Exception>[] failures =
        [
            () => Hung(new InvalidOperationException(_canary.Value, Hung(new FormatException(_canary.Value)))),
            () => new AggregateException(_canary.Value, Hung(new FormatException(_canary.Value)), new IOException(_canary.Value)),
            () => Hung(new SecretsSourceException(SecretsErrorCode.Unavailable, "no answer", "custom")),
            () => Hung(new SecretsFormatException("expected a value", "secrets.toml", 1, 2)),
            () => Hung(new SecretNotFoundException("nothing there", ["a"])),
            () => Hung(new SecretsFileNotFoundException("nothing there", ["a"], ["b"])),
            () => Hung(new Coded(_canary.Value)),
            () => Hung(new OperationCanceledException(_canary.Value)),
            () => Hung(new System.Text.Json.JsonException(_canary.Value, _canary.Value, 1, 2)),
            () => Hung(new ArgumentOutOfRangeException(_canary.Value, _canary.Value, _canary.Value)),
        ];
        foreach (Func<Exception> failure in failures)
        {
            string name = failure().GetType().Name;
            SecretsBatch Fail(SecretsRequest request) => throw failure();
            SecretsBatch Late(SecretsRequest request) => new(Failing(failure));
            await ScanFailureAsync(() => Builder().Add(new BatchSource("custom", Fail)).BuildAsync(), name + " of a local source");
            await ScanFailureAsync(() => Builder().Add(new BatchSource("custom", Fail)).PlanAsync(), name + " of a plan");
            await ScanFailureAsync(() => Builder().Add(new BatchSource("custom", Late)).BuildAsync(), name + " of lazy entries");
            await ScanFailureAsync(() => Builder().Add(new BatchRemoteSource("remote", Fail)).BuildAsync(), name + " of a remote source");
            await ScanFailureAsync(() => Builder().Add(new BatchRemoteSource("remote", Fail)).Require("a").BuildAsync(), name + " of a required remote source");
            await ScanFailureAsync(() => Builder().Add(new BatchSource("one", Fail)).Add(new BatchSource("two", Fail)).BuildAsync(), name + " of two sources");
            await ScanFailureAsync(() => Builder().Add((SecretsView _) => throw failure(), o => o.Name = "made").BuildAsync(), name + " of a factory");
            _canary.ScanFailure(() => Builder().Add(new BatchSource("custom", Fail)).Build(), name + " of a blocking build");
        }

        _canary.AssertUnseen(output, atLeast: 60);
    }

    [Fact]
    public async Task No_failed_build_holds_it()
    {
        SecretValue InFile(int line) => SecretValue.FromText(_canary.Plant(), new SecretOrigin("test", "secrets.toml", line, 1, DateTimeOffset.UnixEpoch));
        _canary.ScanFailure(() => Chain().Require("plan", "nothing.at.all", "database.passwort", "denied", "both", "twin_key", "bytes.x").Build(), "requirements");
        _canary.ScanFailure(() => Chain().Require<Numbers>("database").Build(), "required type");
        _canary.ScanFailure(() => Chain().Require<Strict>("database").Build(), "required type that throws");
        _canary.ScanFailure(() => Chain().Require<int>("plain").Build(), "required number");
        _canary.ScanFailure(() => Chain().Pin("plain", to: "nobody").Build(), "pin");
        _canary.ScanFailure(() => Builder().Add(new BatchSource(("api_key", InFile(1)), ("ApiKey", InFile(2)), ("x.a", InFile(3)), ("X.b", InFile(4)))).Build(), "duplicates of a file");
        _canary.ScanFailure(() => Builder().Add(new BatchSource("test", _ => new SecretsBatch([new SecretEntry(SecretPath.Root, InFile(1))]))).Build(), "entry without a path");
        _canary.ScanFailure(() => Builder().AddInMemory(new Dictionary<string, object?> { ["a"] = new Leaky(_canary.Value) }), "unsupported type");
        _canary.ScanFailure(() => Builder().AddInMemory(new Dictionary<string, object?> { ["a"] = new object?[] { _canary.Value, null } }), "gap");
        _canary.ScanFailure(() => Builder().AddInMemory(new Dictionary<string, object?> { ["a"] = new Dictionary<Leaky, string> { [new Leaky(_canary.Value)] = _canary.Value } }), "keys that are no text");
        _canary.ScanFailure(() => Builder().AddInMemory(new Dictionary<string, object?> { ["a..b"] = _canary.Value }), "path that is none");
        _canary.ScanFailure(() => SecretValue.FromText(SecretKind.Bytes, _canary.Value, Stores.Origin), "kind without text");

        // A path that is none may be a secret in the wrong place.
        _canary.ScanFailure(() => SecretPath.Parse(_canary.Value), "path");
        _canary.ScanFailure(() => Chain().Require(_canary.Value), "Require");
        _canary.ScanFailure(() => Chain().Pin(_canary.Value, to: "memory"), "Pin");

        var builder = Chain().Require("plain", "store.required");
        builder.UndeclaredReads = UndeclaredReads.Throw;
        builder.Add(new BatchRemoteSource("remote", r => new SecretsBatch([new SecretEntry(SecretPath.Parse("store.required"), SecretValue.FromText(_canary.Plant(), r.Origin("store/required")))])));
        IReadOnlyList<SecretsSourcePlan> plan = await builder.PlanAsync(TestContext.Current.CancellationToken);
        _canary.Scan(plan.ToString(), "plan");
        _canary.ScanDebugger(plan, "plan in a debugger");
        Json(plan, "plan");
        using (SecretsStore store = builder.Build())
        {
            _canary.ScanFailure(() => store.GetString("number"), "undeclared read");
            _canary.ScanFailure(() => store.GetString("env_only"), "undeclared read of a variable");
            _canary.ScanFailure(() => store.Get<Numbers>("database"), "undeclared binding");
        }

        using (SecretsStore store = Chain().Require("plain").Build())
        {
            Assert.True(_canary.IsIn(store.GetString("env_only") + store.GetString("number")));
            Assert.Equal(2, store.Warnings.Count(w => w.Code == SecretsWarningCode.UndeclaredRead));
            _canary.Scan(string.Join(';', store.Warnings), "warnings");
            _canary.ScanDebugger(store.Warnings, "warnings in a debugger");
        }

        _canary.AssertUnseen(output, atLeast: 60);
    }

    [Fact]
    public async Task No_refresh_holds_it()
    {
        Func<Exception>[] failures =
        [
            () => Hung(new InvalidOperationException(_canary.Value, Hung(new FormatException(_canary.Value)))),
            () => new AggregateException(_canary.Value, Hung(new FormatException(_canary.Value))),
            () => Hung(new SecretsSourceException(SecretsErrorCode.Unavailable, "no answer", "live")),
            () => Hung(new SecretsFormatException("expected a value", "secrets.toml", 1, 2)),
            () => Hung(new SecretNotFoundException("nothing there", ["a"])),
            () => Hung(new SecretsFileNotFoundException("nothing there", ["a"], ["b"])),
            () => Hung(new Coded(_canary.Value)),
            () => Hung(new OperationCanceledException(_canary.Value)),
        ];
        var clock = new ManualTimeProvider();
        int number = 0;
        foreach (Func<Exception> failure in failures)
        {
            string name = failure().GetType().Name;
            foreach (bool isRemote in new[] { false, true })
            {
                LiveSource source = isRemote ? new LiveRemoteSource("live") : new LiveSource("live");
                var broken = new LiveSignal("broken") { Waiting = _ => throw failure() };
                SecretsBatch Good(SecretsRequest r) => new(
                [
                    new SecretEntry(new SecretPath("secret"), SecretValue.FromText(_canary.Plant((++number).ToString(CultureInfo.InvariantCulture)), r.Origin("live/secret"))),
                    new SecretEntry(new SecretPath("other"), SecretValue.FromText(_canary.Plant("o"), r.Origin("live/other"))),
                ]);
                source.Answer = Good;
                SecretsBuilder builder = Engine.Builder(clock, _block).Add(source, o =>
                {
                    o.RefreshInterval = TimeSpan.FromSeconds(10);
                    o.MaxStaleness = TimeSpan.FromSeconds(60);
                    o.WhenStale = StalePolicy.Fail;
                    o.ExportToEnvironment = true;
                }).Add(broken).Add(new LiveSource("tolerated") { Answer = _ => throw failure() }, o => o.Tolerate(Enum.GetValues<SecretsErrorCode>())).Watch()
                    .OnWarning(warning =>
                    {
                        _canary.Scan(warning.ToString(), name + " warning");
                        _canary.ScanDebugger(warning, name + " warning in a debugger");
                        throw failure();
                    });
                await using SecretsStore store = await builder.BuildAsync(TestContext.Current.CancellationToken);
                store.Changed += (_, e) =>
                {
                    _canary.Scan(e.ToString(), name + " event");
                    _canary.ScanDebugger(e, name + " event in a debugger");
                    Json(e, name + " event");
                    throw failure();
                };
                using IDisposable subscription = store.OnChange("secret", _ => throw failure(), fireNow: true);
                Look(store, name + " at first");
                Assert.True(_canary.IsIn(store.GetString("secret")));

                await Record.ExceptionAsync(() => store.RefreshAsync(TestContext.Current.CancellationToken));
                Look(store, name + " after a change");

                source.Answer = r => new SecretsBatch(
                [
                    new SecretEntry(new SecretPath("secret"), SecretValue.Unreadable(Hung(new SecretsSourceException(SecretsErrorCode.AccessDenied, "the policy forbids it", "live")), r.Origin("live/secret"))),
                ]);
                await ScanFailureAsync(() => store.RefreshAsync(TestContext.Current.CancellationToken), name + " of a secret");
                await clock.AdvanceAsync(TimeSpan.FromSeconds(1), store);
                await ScanFailureAsync(() => store.GetFreshAsync("secret", TimeSpan.Zero, TestContext.Current.CancellationToken), name + " of a secret that is asked for");
                Look(store, name + " with a secret that is held");

                source.Answer = _ => throw failure();
                await ScanFailureAsync(() => store.RefreshAsync(TestContext.Current.CancellationToken), name + " of a refresh");
                await clock.AdvanceAsync(TimeSpan.FromSeconds(1), store);
                await ScanFailureAsync(() => store.GetFreshAsync("secret", TimeSpan.Zero, TestContext.Current.CancellationToken), name + " of a value");
                await clock.AdvanceAsync(TimeSpan.FromSeconds(200), store);
                Look(store, name + " when stale");
                _canary.ScanFailure(() => store.GetString("secret"), name + " of a stale value");

                source.Answer = Good;
                await clock.AdvanceAsync(TimeSpan.FromSeconds(400), store);
                Look(store, name + " healed");
                Assert.True(_canary.IsIn(store.GetString("secret")));
            }
        }

        _canary.AssertUnseen(output, atLeast: 100);

        void Look(SecretsStore store, string where)
        {
            _canary.Scan(store.Sources.ToString(), where + ", sources");
            _canary.Scan(string.Join(';', store.Sources), where + ", sources");
            _canary.Scan(string.Join(';', store.Warnings), where + ", warnings");
            _canary.Scan(string.Join(';', store.Unread), where + ", unread");
            _canary.Scan(store.Explain("secret").ToString(), where + ", explained");
            _canary.ScanDebugger(store, where + ", store in a debugger");
            _canary.ScanDebugger(store.Sources, where + ", sources in a debugger");
            _canary.ScanDebugger(store.Warnings, where + ", warnings in a debugger");
            Json(store.Sources, where + ", sources");
            Json(store.Warnings, where + ", warnings");
            Json(store, where + ", store");
            _canary.ScanFailure(() => store.GetString("nothing"), where + ", not found");
        }
    }

    private static IEnumerable<SecretEntry> Failing(Func<Exception> failure)
    {
        yield return new SecretEntry(SecretPath.Parse("a"), Stores.Text(SecretKind.String, "x"));
        throw failure();
    }

    private async Task ScanFailureAsync(Func<Task> action, string where)
    {
        Exception? failure = await Record.ExceptionAsync(action);
        Assert.True(failure is not null, where + " was expected to fail, and did not.");
        _canary.ScanException(failure, where);
    }

    private void Try(Action read, string path, string member)
    {
        if (Record.Exception(read) is { } failure)
        {
            _canary.ScanException(failure, $"{path}, {member}");
        }
    }

    private void Json<T>(T value, string where)
    {
        JsonSerializerOptions[] options =
        [
            JsonSerializerOptions.Default,
            new() { WriteIndented = true, IncludeFields = true, ReferenceHandler = ReferenceHandler.Preserve },
            new(JsonSerializerDefaults.Web) { ReferenceHandler = ReferenceHandler.IgnoreCycles, DefaultIgnoreCondition = JsonIgnoreCondition.Never },
        ];
        foreach (JsonSerializerOptions option in options)
        {
            Write(() => JsonSerializer.Serialize(value, option), "System.Text.Json");
            Write(() => JsonSerializer.Serialize<object?>(value, option), "System.Text.Json as object");
            Write(() => JsonSerializer.Serialize(new Dictionary<string, object?> { ["key"] = value }, option), "System.Text.Json in a dictionary");
        }

        JsonSerializerSettings[] settings =
        [
            new(),
            new() { TypeNameHandling = TypeNameHandling.All, PreserveReferencesHandling = PreserveReferencesHandling.All, Formatting = Formatting.Indented },
            new() { ContractResolver = new Newtonsoft.Json.Serialization.DefaultContractResolver { IgnoreSerializableAttribute = false, SerializeCompilerGeneratedMembers = true } },
        ];
        foreach (JsonSerializerSettings setting in settings)
        {
            Write(() => JsonConvert.SerializeObject(value, setting), "Newtonsoft");
            Write(() => JsonConvert.SerializeObject(new { value }, setting), "Newtonsoft, contained");
        }

        void Write(Func<string> write, string how)
        {
            try
            {
                _canary.Scan(write(), $"{where}, {how}");
            }
            catch (Exception failure) when (failure is not Xunit.Sdk.XunitException)
            {
                _canary.ScanException(failure, $"{where}, {how}");
            }
        }
    }
}
