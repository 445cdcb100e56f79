using Secrets.Tests.Fakes;

namespace Secrets.Tests.Binding;

public sealed class MethodCallTests
{
    private static readonly SecretsStore Database = Stores.Of(
        ("database.user", "Jane"), ("database.password", "12345!"), ("database.port", 5432), ("database.endpoint.url", "https://example.org/"));

    private static readonly SecretsStore Store = Stores.Of(("user", "Jane"), ("port", 5432), ("hosts", new[] { "a", "b" }), ("endpoint.url", "https://example.org/"));

    public sealed record Endpoint(Uri Url);

    private delegate string TakesIn(in int port);

    private delegate void TakesOut(out int port);

    private delegate void TakesRef(ref int port);

    private delegate int TakesSpan(ReadOnlySpan<char> user);

    private delegate string TakesParams(string user, params string[] hosts);

    private delegate int TakesParamsList(params List<string> nothing);

    [Fact]
    public void Params_are_optional_and_filled_from_an_array()
    {
        Assert.Equal("Jane: a, b", Store.Invoke<string>((TakesParams)Join));
        Assert.Equal("Jane: ", Stores.Of(("user", "Jane")).Invoke<string>((TakesParams)Join));
        Assert.Equal(0, Store.Invoke<int>((TakesParamsList)Count));

        static string Join(string user, params string[] hosts) => $"{user}: {string.Join(", ", hosts)}";
        static int Count(params List<string> nothing) => nothing.Count;
    }

    [Fact]
    public void An_argument_may_be_passed_in()
    {
        Assert.Equal("5432", Store.Invoke<string>((TakesIn)Show));

        static string Show(in int port) => port.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    public static TheoryData<Delegate, string> Refused => new()
    {
        { (TakesOut)((out int port) => port = 1), "the parameter port has the type Int32&, which is passed by reference" },
        { (TakesRef)((ref int port) => port = 1), "the parameter port has the type Int32&, which is passed by reference" },
        { (TakesSpan)(user => user.Length), "the parameter user has the type ReadOnlySpan<Char>, which lives on the stack" },
        { (string user, Stream log) => { }, "the parameter log has the type Stream, which is abstract" },
        { (string user, CancellationToken token) => { }, "the parameter token has the type CancellationToken, which is a cancellation token" },
        { ((string, int) pair) => { }, "the parameter pair has the type ValueTuple<String, Int32>, which is a tuple" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void A_parameter_that_no_secret_can_be_is_refused_by_name(Delegate method, string expected)
    {
        SecretsSourceException e = Assert.Throws<SecretsSourceException>(() => Store.Invoke(method));

        Assert.Equal(SecretsErrorCode.InvalidConfiguration, e.Code);
        Assert.StartsWith("The method cannot be called with secrets: " + expected, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Optional_parameters_keep_their_defaults()
    {
        Assert.Equal(
            ("Jane", 7, 1.5m, DayOfWeek.Friday, default(DateTime), (int?)null, false),
            Store.Invoke<(string, int, decimal, DayOfWeek, DateTime, int?, bool)>((
                string user, int retries = 7, decimal rate = 1.5m, DayOfWeek day = DayOfWeek.Friday, DateTime when = default, int? maybe = null, CancellationToken token = default) =>
                (user, retries, rate, day, when, maybe, token.IsCancellationRequested)));
    }

    [Fact]
    public void A_result_of_another_type_is_refused_before_the_call()
    {
        Assert.Equal("method", Assert.Throws<ArgumentException>(() => Store.Invoke<int>((string user) => Fail(user))).ParamName);
        Assert.Throws<ArgumentException>(() => Store.Invoke<int>((string user) => { Fail(user); }));
        Assert.Equal("Jane", Store.Invoke<object>((string user) => user));
        Assert.Equal("Jane", Store.Invoke<string>((string user) => (object)user));
        Assert.Equal(1, Store.Invoke<int?>(() => 1));

        static string Fail(string user)
        {
            Assert.Fail("it was called");
            return user;
        }
    }

    [Fact]
    public void Each_method_of_a_combined_delegate_is_called()
    {
        var seen = new List<string>();
        Action<string> both = user => seen.Add("first " + user);
        both += user => seen.Add("second " + user);

        Store.Invoke(both);

        Assert.Equal(["first Jane", "second Jane"], seen);
    }

    [Fact]
    public void A_parameter_without_a_name_is_refused()
    {
        System.Linq.Expressions.Expression<Func<string, string>> expression = user => user + "!";

        SecretsSourceException e = Assert.Throws<SecretsSourceException>(() => Store.Invoke<string>(expression.Compile()));

        Assert.Equal(SecretsErrorCode.InvalidConfiguration, e.Code);
        Assert.Contains("has the type String, which belongs to a parameter without a name", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_optional_parameter_without_a_value_has_its_type_s_default()
    {
        Assert.Equal("Jane0", Store.Invoke<string>(Show));

        static string Show(string user, [System.Runtime.InteropServices.Optional] int absent) => user + absent;
    }

    [Fact]
    public void A_generic_method_is_called_with_its_closed_types()
    {
        Assert.Equal("Jane", Store.Invoke<string>(new Func<string, string>(Echo<string>)));

        static T Echo<T>(T user) => user;
    }

    [Fact]
    public void Invoke_spreads_a_section_over_a_method_s_parameters()
    {
        SecretsView section = Database.Section("database");
        string? seen = null;

        Assert.Equal("Jane:12345!@5432/eu", section.Invoke<string>(Connect));
        Assert.Equal("Jane", section.Invoke<string>((string user, SecretValue password) => user));
        Assert.Equal(5432, section.Invoke<int>(new Instance().Connect));
        section.Invoke((string user) => { seen = user; });
        Assert.Equal("Jane", seen);
        Assert.Equal(DayOfWeek.Monday, section.Invoke<DayOfWeek?>((DayOfWeek? missing = DayOfWeek.Monday) => missing));
        Assert.Null(section.Invoke<string?>((string? missing) => missing));
        Assert.Equal(7, section.Invoke<int>(() => 7));
        Assert.Equal("first Jane", section.Invoke<string>(new Func<string, string>("first".Extend)));
        Assert.Equal("https://example.org/", section.Invoke<Uri>((Endpoint endpoint) => endpoint.Url).AbsoluteUri);
    }

    [Fact]
    public void What_the_method_throws_passes_unchanged()
    {
        var thrown = new InvalidOperationException("mine");

        Assert.Same(thrown, Assert.Throws<InvalidOperationException>(() => Database.Invoke(new Action(() => throw thrown))));
        Assert.Same(thrown, Assert.Throws<InvalidOperationException>(() => Database.Invoke<int>(new Func<int>(() => throw thrown))));
    }

    [Fact]
    public void Invoke_names_every_missing_argument_and_does_not_call()
    {
        SecretNotFoundException e = Assert.Throws<SecretNotFoundException>(
            () => Database.Section("database").Invoke((string user, int first, bool second) => Assert.Fail("it was called")));

        Assert.Equal(["database.first", "database.second"], e.Paths);
        Assert.Throws<SecretsFormatException>(() => Database.Section("database").Invoke((int user) => Assert.Fail("it was called")));
    }

    [Fact]
    public void Invoke_refuses_a_delegate_that_cannot_give_what_is_asked()
    {
        var open = (Func<Instance, int, int>)Delegate.CreateDelegate(typeof(Func<Instance, int, int>), typeof(Instance).GetMethod(nameof(Instance.Connect))!);

        Assert.Throws<ArgumentException>(() => Database.Section("database").Invoke(open));
        Assert.Throws<ArgumentException>(() => Database.Invoke<int>(() => Assert.Fail("it was called")));
    }

    private static string Connect(string user, string password, int port, string region = "eu") => $"{user}:{password}@{port}/{region}";

    private sealed class Instance
    {
        public int Connect(int port) => port;
    }
}

internal static class MethodCallTestsExtensions
{
    public static string Extend(this string first, string user) => first + " " + user;
}
