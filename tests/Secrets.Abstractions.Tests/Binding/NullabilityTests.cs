using System.Reflection;
using Secrets.Binding;

#pragma warning disable CA1051 // Public fields are bound too.

namespace Secrets.Tests.Binding;

public sealed class NullabilityTests
{
    public static TheoryData<Type, string, bool> Rows => new()
    {
        { typeof(Plain), "Text", false },
        { typeof(Plain), "MayBeNull", true },
        { typeof(Plain), "Number", false },
        { typeof(Plain), "MaybeNumber", true },
        { typeof(Plain), "Field", false },
        { typeof(Plain), "MaybeField", true },
        { typeof(Generic<string>), "Value", false },
        { typeof(Generic<string>), "Maybe", true },
        { typeof(Generic<string>), "Field", false },
        { typeof(Generic<string>), "MaybeField", true },
        { typeof(Generic<int>), "Value", false },
        { typeof(Generic<int>), "Maybe", false },
        { typeof(Generic<int?>), "Value", true },
        { typeof(NotNull<string>), "Value", false },
        { typeof(NotNull<string>), "Maybe", true },
        { typeof(Reference<string>), "Value", false },
        { typeof(Reference<string>), "Maybe", true },
        { typeof(AllAnnotated<string>), "First", true },
        { typeof(AllAnnotated<string>), "Second", true },
        { typeof(AllAnnotated<string>), "Not", false },
        { typeof(Derived), "Value", false },
        { typeof(Derived), "Maybe", true },
        { typeof(Oblivious<string>), "Value", false },
        { typeof(Oblivious<string>), "Plain", false },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_member_has_the_annotation_of_its_declaration_closed_over_the_type(Type type, string name, bool expected) => Assert.Equal(
        expected,
        type.GetMember(name)[0] is PropertyInfo property ? Nullability.IsNullable(property) : Nullability.IsNullable(type.GetField(name)!));

    [Theory]
    [InlineData(typeof(Positional<string>), "Value", false)]
    [InlineData(typeof(Positional<string>), "Maybe", true)]
    [InlineData(typeof(Positional<string>), "Text", false)]
    [InlineData(typeof(Positional<string>), "MayBeNull", true)]
    [InlineData(typeof(Positional<int?>), "Value", true)]
    [InlineData(typeof(Positional<int>), "Maybe", false)]
    public void So_has_a_parameter(Type type, string name, bool expected) => Assert.Equal(
        expected,
        Nullability.IsNullable(type.GetConstructors().MaxBy(c => c.GetParameters().Length)!.GetParameters().Single(p => p.Name == name)));

    [Fact]
    public void So_has_a_parameter_of_a_generic_method()
    {
        MethodInfo method = typeof(NullabilityTests).GetMethod(nameof(Take), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(typeof(string));

        Assert.Equal([false, true], method.GetParameters().Select(Nullability.IsNullable));
    }

    private static void Take<T>(T value, T? maybe) => _ = (value, maybe);

    public sealed class Plain
    {
        public string Field = "";

        public string? MaybeField;

        public string Text { get; set; } = "";

        public string? MayBeNull { get; set; }

        public int Number { get; set; }

        public int? MaybeNumber { get; set; }
    }

    public class Generic<T>
    {
        public T Field = default!;

        public T? MaybeField;

        public T Value { get; set; } = default!;

        public T? Maybe { get; set; }
    }

    public sealed class NotNull<T>
        where T : notnull
    {
        public T Value { get; set; } = default!;

        public T? Maybe { get; set; }
    }

    public sealed class Reference<T>
        where T : class
    {
        public T Value { get; set; } = null!;

        public T? Maybe { get; set; }
    }

    public sealed class AllAnnotated<T>
    {
        public T? First { get; set; }

        public T? Second { get; set; }

        public string? Text { get; set; }

        public T Not { get; set; } = default!;
    }

    public sealed class Derived : Generic<string>;

    public sealed record Positional<T>(T Value, T? Maybe, string Text, string? MayBeNull);

#nullable disable
    public sealed class Oblivious<T>
    {
        public T Value { get; set; }

        public string Plain { get; set; }
    }
#nullable restore
}
