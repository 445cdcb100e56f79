using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Collections.ObjectModel;
using Secrets.Binding;
using Secrets.Tests.Fakes;

namespace Secrets.Tests.Binding;

public sealed class SequenceShapeTests
{
    public static TheoryData<Type, object> Rows => new()
    {
        { typeof(int[]), new[] { 1, 2 } },
        { typeof(List<int>), new List<int> { 1, 2 } },
        { typeof(IEnumerable<int>), new List<int> { 1, 2 } },
        { typeof(IReadOnlySet<int>), new HashSet<int> { 1, 2 } },
        { typeof(Collection<int>), new Collection<int> { 1, 2 } },
        { typeof(ObservableCollection<int>), new ObservableCollection<int> { 1, 2 } },
        { typeof(ReadOnlyCollection<int>), new ReadOnlyCollection<int>([1, 2]) },
        { typeof(SortedSet<int>), new SortedSet<int> { 1, 2 } },
        { typeof(LinkedList<int>), new LinkedList<int>([1, 2]) },
        { typeof(ImmutableArray<int>), ImmutableArray.Create(1, 2) },
        { typeof(ImmutableList<int>), ImmutableList.Create(1, 2) },
        { typeof(IImmutableList<int>), ImmutableList.Create(1, 2) },
        { typeof(ImmutableHashSet<int>), ImmutableHashSet.Create(1, 2) },
        { typeof(IImmutableSet<int>), ImmutableHashSet.Create(1, 2) },
        { typeof(Own), new Own { 1, 2 } },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void Each_type_is_created_from_elements(Type type, object expected)
    {
        SequenceShape shape = SequenceShape.Of(type)!;
        object created = shape.Create([1, 2]);

        Assert.Equal(typeof(int), shape.Element);
        Assert.IsType(expected.GetType(), created);
        Assert.True(type.IsInstanceOfType(created));
        Assert.Equal(((IEnumerable<int>)expected).Order(), ((IEnumerable<int>)created).Order());
        Assert.Empty((IEnumerable<int>)shape.Create([]));
    }

    [Fact]
    public void A_frozen_set_is_one_too() => Assert.Equal([1, 2], ((FrozenSet<int>)SequenceShape.Of(typeof(FrozenSet<int>))!.Create([1, 2])).Order());

    [Theory]
    [InlineData(typeof(string))]
    [InlineData(typeof(byte[]))]
    [InlineData(typeof(int[,]))]
    [InlineData(typeof(Queue<int>))]
    [InlineData(typeof(Stack<int>))]
    [InlineData(typeof(ImmutableQueue<int>))]
    [InlineData(typeof(WithoutConstructor))]
    [InlineData(typeof(Twice))]
    [InlineData(typeof(Lazy<int>))]
    public void Other_types_are_not_created_from_elements(Type type) => Assert.Null(SequenceShape.Of(type));

    [Fact]
    public void What_is_filled_holds_the_new_elements_alone()
    {
        var list = new List<int> { 7 };
        SequenceShape shape = SequenceShape.Of(typeof(IList<int>))!;

        shape.Fill(list, [1, 2]);

        Assert.True(shape.IsFillable);
        Assert.True(shape.CanFill(list));
        Assert.False(shape.CanFill(new[] { 1 }));
        Assert.False(SequenceShape.Of(typeof(IReadOnlyList<int>))!.IsFillable);
        Assert.False(SequenceShape.Of(typeof(int[]))!.IsFillable);
        Assert.Equal([1, 2], list);
    }

    [Fact]
    public void A_collection_that_refuses_an_element_is_a_coded_error_without_what_it_threw()
    {
        using SecretsStore store = Stores.Of(("list", new[] { "a", "refused" }));

        SecretsFormatException e = Assert.Throws<SecretsFormatException>(() => store.Get<Strict>("list"));

        Assert.Equal("list cannot be read as the type Strict: the type's own code threw System.ArgumentException.", e.Message);
        Assert.Null(e.InnerException);
    }

    public sealed class Own : List<int>;

    public sealed class Strict : Collection<string>
    {
        protected override void InsertItem(int index, string item) => base.InsertItem(index, item is "refused" ? throw new ArgumentException(item, nameof(item)) : item);
    }

    public sealed class WithoutConstructor(int capacity) : List<int>(capacity);

    public sealed class Twice : List<int>, ICollection<string>
    {
        bool ICollection<string>.IsReadOnly => false;

        void ICollection<string>.Add(string item) => throw new NotSupportedException();

        bool ICollection<string>.Contains(string item) => throw new NotSupportedException();

        void ICollection<string>.CopyTo(string[] array, int arrayIndex) => throw new NotSupportedException();

        bool ICollection<string>.Remove(string item) => throw new NotSupportedException();

        IEnumerator<string> IEnumerable<string>.GetEnumerator() => throw new NotSupportedException();
    }
}
