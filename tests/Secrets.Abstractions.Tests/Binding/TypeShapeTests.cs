using Secrets.Binding;

#pragma warning disable CA1051 // Public fields are bound too.

namespace Secrets.Tests.Binding;

public sealed class TypeShapeTests
{
    public static TheoryData<Type, string[]> Shapes => new()
    {
        // type, its members: path, then ! required or ? optional
        { typeof(Parameters), ["user_name!", "api2_key!", "note?", "region?", "age?"] },
        { typeof(Properties), ["must!", "no_default!", "zero!", "three?", "nullable?", "age?", "text?", "odd.name!", "set_only?"] },
        { typeof(TwoConstructors), ["name?"] },
        { typeof(LongestConstructor), ["a!", "b!"] },
        { typeof(Both), ["name!", "extra?"] },
        { typeof(Point), ["x!", "y!"] },
        { typeof(PlainStruct), ["x!", "text!"] },
        { typeof(Derived), ["own!", "inherited!"] },
        { typeof(ThrowingGetter), ["token!"] },
        { typeof(ThrowingConstructor), ["token?"] },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void A_type_s_members_are_its_parameters_and_public_setters_and_fields(Type type, string[] expected) =>
        Assert.Equal(expected, TypeShape.Of(type).Members.Select(m => m.Path + (m.IsRequired ? "!" : "?")));

    [Fact]
    public void A_default_of_a_nullable_enum_is_of_the_enum_s_type()
    {
        Member member = Assert.Single(TypeShape.ParametersOf(typeof(TypeShapeTests).GetMethod(nameof(TakesDay), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!));

        Assert.Equal(DayOfWeek.Friday, member.Fallback);
    }

    private static void TakesDay(DayOfWeek? day = DayOfWeek.Friday) => _ = day;

    public sealed record Parameters(string UserName, string Api2Key, string? Note, string Region = "eu", int? Age = null);

    public sealed class Properties
    {
        public required string? Must { get; set; }

        public string NoDefault { get; set; } = null!;

        public int Zero { get; set; }

        public int Three { get; set; } = 3;

        public string? Nullable { get; set; }

        public int? Age { get; set; }

        public string Text { get; init; } = "";

        [SecretName("odd.name")]
        public string Odd { get; set; } = null!;

        public int SetOnly
        {
            set => _ = value;
        }

        public static string Shared { get; set; } = "";

        public string Computed => "";

        public string this[int index]
        {
            get => "";
            set => _ = value;
        }
    }

    public sealed class TwoConstructors
    {
        public TwoConstructors()
        {
        }

        public TwoConstructors(string name, int other) => Name = name + other;

        public string Name { get; set; } = "";
    }

    public sealed class LongestConstructor
    {
        public LongestConstructor(int a) => A = a;

        public LongestConstructor(int a, int b) => A = a + b;

        public int A { get; }
    }

    public sealed class Both(string name)
    {
        public string Name { get; set; } = name;

        public string? Extra { get; set; }
    }

    public readonly record struct Point(int X, int Y);

    public struct PlainStruct
    {
        public int X { get; set; }

        public string Text { get; set; }
    }

    public class Base
    {
        public int Inherited { get; set; }
    }

    public sealed class Derived : Base
    {
        public int Own { get; set; }
    }

    public sealed class ThrowingGetter
    {
        private string? _token;

        public string Token
        {
            get => _token ?? throw new InvalidOperationException("Token is not set.");
            set => _token = value;
        }
    }

    public sealed class ThrowingConstructor
    {
        public ThrowingConstructor() => throw new InvalidOperationException();

        public string Token { get; set; } = null!;
    }

    public sealed class Hidden
    {
        private Hidden()
        {
        }

        public static Hidden One { get; } = new();
    }

    public static TheoryData<Type, string> Refused => new()
    {
        { typeof(PrivateSetter), "PrivateSetter: binding finds no public setter for Password (make it public, init is enough, or give a constructor a parameter of that name)." },
        { typeof(InternalSetter), "InternalSetter: binding finds no public setter for Password (" },
        { typeof(GetOnly), "GetOnly: binding finds no setter for Password (add one, init is enough, or write a computed property, =>, if no secret sets it)." },
        { typeof(ReadOnlyField), "ReadOnlyField: binding finds no setter for Password (" },
        { typeof(TwoProblems), "TwoProblems: binding finds no public setter for First (make it public, init is enough, or give a constructor a parameter of that name); binding finds no setter for Second (" },
        { typeof(InheritsPrivateSetter), "InheritsPrivateSetter: binding finds no public setter for Password (" },
        { typeof(ReadOnlyListHolder), "ReadOnlyListHolder: binding finds no setter for Tags (" },
        { typeof(NeedsLog), "NeedsLog: the member Log has the type Stream, which is abstract; use a class that is not." },
        { typeof(NeedsTuple), "NeedsTuple: the member Pair has the type ValueTuple<String, Int32>, which is a tuple" },
        { typeof(TakesInterface), "TakesInterface: the parameter log has the type IDisposable, which is an interface; use a class." },
        { typeof(TakesSpan), "TakesSpan: the parameter text has the type ReadOnlySpan<Char>, which lives on the stack" },
        { typeof(Writes), "Writes: the parameter text has the type String&, which is passed by reference, which a secret cannot be." },
        { typeof((string User, int Port)), "ValueTuple<String, Int32>: it is a tuple, whose element names do not exist at run time; use a record." },
        { typeof(Stream), "Stream: it is abstract; use a class that is not." },
        { typeof(Action), "Action: it is a delegate." },
        { typeof(Hidden), "Hidden: binding finds no public constructor. If this program is trimmed" },
        { typeof(Empty), "Empty: binding finds no public member that a secret can fill. If this program is trimmed" },
        { typeof(OnlyComputed), "OnlyComputed: binding finds no public member" },
        { typeof(OnlyOptionalLog), "OnlyOptionalLog: binding finds no public member" },
        { typeof(TwoLongest), "TwoLongest: its longest constructors have equally many parameters; add one without parameters, or remove one of them." },
        { typeof(EmptyStruct), "EmptyStruct: binding finds no public member" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void A_type_that_would_stay_without_a_secret_is_refused_by_the_names_of_its_members(Type type, string expected)
    {
        SecretsSourceException e = Assert.Throws<SecretsSourceException>(() => TypeShape.Of(type));

        Assert.Equal(SecretsErrorCode.InvalidConfiguration, e.Code);
        Assert.StartsWith("Secrets cannot be bound to the type " + expected, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_is_no_path_is_refused_by_its_member()
    {
        SecretsSourceException e = Assert.Throws<SecretsSourceException>(() => TypeShape.Of(typeof(Misnamed)));

        Assert.Equal((SecretsErrorCode.InvalidConfiguration, "The [SecretName] of Password is not a path."), (e.Code, e.Message));
    }

    [Fact]
    public void A_refusal_says_where_the_type_is_needed()
    {
        SecretsSourceException e = Assert.Throws<SecretsSourceException>(() => TypeShape.Of(typeof(Empty), SecretPath.Parse("x.inner")));

        Assert.EndsWith(" The type is needed for x.inner.", e.Message, StringComparison.Ordinal);
    }

    public static TheoryData<Type> Accepted => new()
    {
        typeof(ConstructorSets), typeof(ConstructorComputes), typeof(OptionalLog), typeof(HasLock), typeof(WithToken), typeof(FieldsOnly), typeof(DefaultLog),
    };

    [Theory]
    [MemberData(nameof(Accepted))]
    public void A_member_that_the_type_itself_sets_or_that_may_stay_empty_is_no_problem(Type type) => Assert.NotEmpty(TypeShape.Of(type).Members);

    public sealed class PrivateSetter
    {
        public string Password { get; private set; } = null!;
    }

    public sealed class InternalSetter
    {
        public string Password { get; internal set; } = null!;
    }

    public sealed class GetOnly
    {
        public string Password { get; } = "";
    }

    public sealed class ReadOnlyField
    {
        public readonly string Password = "";
    }

    public sealed class Misnamed
    {
        [SecretName("a..b")]
        public string Password { get; set; } = null!;
    }

    public class TwoProblems
    {
        public string First { get; private protected set; } = null!;

        public string Second { get; } = null!;

        public string Third { get; set; } = null!;
    }

    public class BaseOfPrivate
    {
        public string Password { get; private set; } = null!;
    }

    public sealed class InheritsPrivateSetter : BaseOfPrivate;

    public sealed class ReadOnlyListHolder
    {
        public IReadOnlyList<string> Tags { get; } = [];
    }

    public sealed class NeedsLog
    {
        public Stream Log { get; set; } = null!;
    }

    public sealed class NeedsTuple
    {
        public (string User, int Port) Pair { get; set; }
    }

    public sealed class TakesInterface(IDisposable log)
    {
        public string Log { get; set; } = log.ToString()!;
    }

    public sealed class TakesSpan
    {
        public TakesSpan(ReadOnlySpan<char> text) => Text = text.ToString();

        public string Text { get; }
    }

    public sealed class Writes
    {
        public Writes(out string text) => text = "";
    }

    public sealed class Empty;

    public sealed class OnlyComputed
    {
        public string Text => "";
    }

    public sealed class OnlyOptionalLog
    {
        public Stream? Log { get; set; }
    }

    public struct EmptyStruct;

    public sealed class TwoLongest
    {
        public TwoLongest(string user) => Text = user;

        public TwoLongest(int port) => Text = port.ToString(System.Globalization.CultureInfo.InvariantCulture);

        public string Text { get; }
    }

    public sealed class ConstructorSets(string password)
    {
        public string Password { get; private set; } = password;
    }

    public sealed class ConstructorComputes(string password)
    {
        public string Upper { get; } = password.ToUpperInvariant();

        public readonly int Length = password.Length;
    }

    public sealed class OptionalLog
    {
        public Stream? Log { get; set; }

        public Func<string>? Provider { get; set; }

        public string User { get; set; } = "";
    }

    public sealed class DefaultLog
    {
        public Stream Log { get; set; } = Stream.Null;

        public string User { get; set; } = "";
    }

    public sealed class HasLock
    {
        public object SyncRoot { get; } = new();

        public string User { get; set; } = "";
    }

    public sealed class WithToken
    {
        public CancellationToken Token { get; set; }

        public string User { get; set; } = "";
    }

    public sealed class FieldsOnly
    {
        public string User = "";
    }
}
