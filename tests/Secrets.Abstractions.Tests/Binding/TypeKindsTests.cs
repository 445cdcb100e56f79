using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;
using Secrets.Binding;

namespace Secrets.Tests.Binding;

public sealed class TypeKindsTests
{
    public static TheoryData<Type, string> Rows => new()
    {
        { typeof(string), "leaf" },
        { typeof(int), "leaf" },
        { typeof(object), "leaf" },
        { typeof(Uri), "leaf" },
        { typeof(Version), "leaf" },
        { typeof(byte[]), "leaf" },
        { typeof(DayOfWeek), "leaf" },
        { typeof(IPAddress), "leaf" },
        { typeof(IPEndPoint), "leaf" },
        { typeof(SecretValue), "leaf" },
        { typeof(SecretsView), "leaf" },
        { typeof(SecretPath), "leaf" },
        { typeof(IReadOnlyDictionary<string, SecretValue>), "leaf" },
        { typeof(WithTryParse), "leaf" },

        { typeof(int[]), "collection" },
        { typeof(byte[][]), "collection" },
        { typeof(List<int>), "collection" },
        { typeof(ConcurrentBag<int>), "is a collection that binding cannot fill; use a list, an array, a set or a dictionary" },
        { typeof(SortedSet<int>), "collection" },
        { typeof(ImmutableArray<int>), "collection" },
        { typeof(Dictionary<string, int>), "collection" },
        { typeof(Dictionary<DayOfWeek, int>), "collection" },
        { typeof(IReadOnlyDictionary<Guid, string>), "collection" },
        { typeof(ConcurrentDictionary<string, int>), "collection" },
        { typeof(Dictionary<object, string>), "has keys of the type Object, which no key can be read as" },
        { typeof(Dictionary<List<int>, string>), "has keys of the type List<Int32>, which no key can be read as" },

        { typeof(Plain), "composite" },
        { typeof(KeyValuePair<string, int>), "composite" },
        { typeof(Own), "is a collection that binding cannot fill; use a list, an array, a set or a dictionary" },
        { typeof(IEnumerable), "is a collection that binding cannot fill; use a list, an array, a set or a dictionary" },
        { typeof(ArrayList), "is a collection that binding cannot fill; use a list, an array, a set or a dictionary" },
        { typeof(int[,]), "is an array of several dimensions; use an array of arrays" },
        { typeof(Stream), "is abstract; use a class that is not" },
        { typeof(IDisposable), "is an interface; use a class" },
        { typeof(Action), "is a delegate" },
        { typeof((string User, int Port)), "is a tuple, whose element names do not exist at run time; use a record" },
        { typeof(Tuple<string>), "is a tuple, whose element names do not exist at run time; use a record" },
        { typeof(Span<char>), "lives on the stack or is a pointer" },
        { typeof(int*), "lives on the stack or is a pointer" },
        { typeof(ReadOnlyMemory<byte>), "is a view of memory; use an array" },
        { typeof(CancellationToken), "is a cancellation token" },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_type_is_one_kind_or_refused_with_a_reason(Type type, string expected)
    {
        string? refusal = TypeKinds.Refusal(type);

        Assert.Equal(expected, refusal ?? (TypeKinds.IsLeaf(type) ? "leaf" : TypeKinds.IsCollection(type) ? "collection" : TypeKinds.IsComposite(type) ? "composite" : "nothing"));
        Assert.Equal(expected is "composite", TypeKinds.IsComposite(type));
    }

    public sealed class Plain
    {
        public int X { get; set; }
    }

    public sealed class Own : IEnumerable<int>
    {
        public IEnumerator<int> GetEnumerator() => throw new NotSupportedException();

        IEnumerator IEnumerable.GetEnumerator() => throw new NotSupportedException();
    }

    public sealed class WithTryParse
    {
        public static bool TryParse(string text, out WithTryParse? result)
        {
            result = text.Length > 0 ? new WithTryParse() : null;
            return result is not null;
        }
    }
}
