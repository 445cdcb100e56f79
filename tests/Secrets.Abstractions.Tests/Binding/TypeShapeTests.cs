using Secrets.Binding;

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
    public void A_type_s_members_are_its_parameters_and_public_setters(Type type, string[] expected) =>
        Assert.Equal(expected, TypeShape.Of(type).Members.Select(m => m.Path + (m.IsRequired ? "!" : "?")));

    [Theory]
    [InlineData(typeof(Parameters), true)]
    [InlineData(typeof(Point), true)]
    [InlineData(typeof(KeyValuePair<string, int>), true)]
    [InlineData(typeof(int), false)]
    [InlineData(typeof(string), false)]
    [InlineData(typeof(object), false)]
    [InlineData(typeof(Uri), false)]
    [InlineData(typeof(byte[]), false)]
    [InlineData(typeof(SecretValue), false)]
    [InlineData(typeof(SecretsView), false)]
    [InlineData(typeof(SecretPath), false)]
    [InlineData(typeof(List<int>), false)]
    [InlineData(typeof(Dictionary<string, int>), false)]
    [InlineData(typeof(Stream), false)]
    [InlineData(typeof(IDisposable), false)]
    [InlineData(typeof(Action), false)]
    [InlineData(typeof(DayOfWeek), false)]
    public void A_composite_is_what_is_filled_member_by_member(Type type, bool isComposite) => Assert.Equal(isComposite, TypeShape.IsComposite(type));

    [Fact]
    public void A_type_without_a_public_constructor_is_a_mistake_of_the_program() =>
        Assert.Equal(SecretsErrorCode.InvalidConfiguration, Assert.Throws<SecretsSourceException>(() => TypeShape.Of(typeof(Hidden))).Code);

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

        public string Private { get; private set; } = "";

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
}
