using System.Collections.ObjectModel;
using Secrets.Binding;

#pragma warning disable CA1051 // Public fields are bound too.

namespace Secrets.Tests.Binding;

public sealed class TypeMembersTests
{
    public static TheoryData<Type, string[]> Rows => new()
    {
        // type, its members: path, role, ! where a new object needs it
        { typeof(Setters), ["set Set!", "init Set!", "set_only Set", "private_set Fixed!", "protected_set Fixed!", "get_only Fixed", "field Set!", "read_only_field Fixed!"] },
        { typeof(Computed), ["user Set!"] },
        { typeof(Held), ["list Fill", "i_list Fill", "set Fill", "dictionary Fill", "observable Fill", "own_list Fill", "object Fill", "view_of_own Fill", "private_object Fill", "array Fixed", "read_only_list Fixed", "structure Fixed!", "masked Fixed!"] },
        { typeof(Unsupported), ["stream Unsupported!", "log Unsupported", "callback Unsupported", "pair Unsupported!", "memory Unsupported!", "grid Unsupported!", "queue Unsupported!", "disposable Unsupported"] },
        { typeof(Hiding), ["port Set!", "user Set!", "name Set!"] },
        { typeof(Overriding), ["name Set!"] },
        { typeof(Statics), ["own Set!"] },
        { typeof(Wrapper<string>), ["value Set!", "annotated Set", "many Set!"] },
        { typeof(Wrapper<string?>), ["value Set!", "annotated Set", "many Set!"] },
        { typeof(Wrapper<int>), ["value Set!", "annotated Set!", "many Set!"] },
        { typeof(Wrapper<int?>), ["value Set", "annotated Set", "many Set!"] },
        { typeof(OfWrapper), ["value Set!", "annotated Set", "many Set!"] },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void Each_member_is_assigned_filled_or_out_of_reach(Type type, string[] expected) => Assert.Equal(
        expected.Order(StringComparer.Ordinal),
        TypeMembers.Of(type, Activator.CreateInstance(type)).Select(m => $"{m.Path} {m.Role}{(m.IsRequired ? "!" : "")}").Order(StringComparer.Ordinal));

    public class Setters
    {
        public string Field = null!;

        public readonly string ReadOnlyField = null!;

        public const string Constant = "";

        public string Set { get; set; } = null!;

        public string Init { get; init; } = null!;

        public string SetOnly
        {
            set => _ = value;
        }

        public string PrivateSet { get; private set; } = null!;

        public string ProtectedSet { get; protected set; } = null!;

        public string GetOnly { get; } = "own";

        internal string Internal { get; set; } = null!;
    }

    public class Computed
    {
        private string? _lazy;

        public string User { get; set; } = null!;

        public string Upper => User.ToUpperInvariant();

        public string Lazy => _lazy ??= Upper;

        public string Cached => field ??= Upper;

        public Computed Self => this;

        public CancellationToken Token { get; set; }

        public string this[int index]
        {
            get => "";
            set => _ = value;
        }
    }

    public class Held
    {
        private readonly List<int> _own = [];

        public List<string> List { get; } = [];

        public IList<string> IList { get; } = [];

        public ISet<string> Set { get; } = new HashSet<string>();

        public Dictionary<string, int> Dictionary { get; } = [];

        public ObservableCollection<int> Observable { get; } = [];

        public OwnList OwnList { get; } = [];

        public Computed Object { get; } = new();

        public ICollection<int> ViewOfOwn => _own;

        public Computed PrivateObject { get; private set; } = new();

        public string[] Array { get; } = [""];

        public IReadOnlyList<string> ReadOnlyList { get; } = [];

        public Point Structure { get; }

        public SecretValue Masked { get; } = null!;
    }

    public sealed class OwnList : List<int>;

    public readonly record struct Point(int X, int Y);

    public class Unsupported
    {
        public Stream Stream { get; set; } = null!;

        public Stream? Log { get; set; }

        public Func<string>? Callback { get; set; }

        public (string User, int Port) Pair { get; set; }

        public ReadOnlyMemory<byte> Memory { get; set; }

        public int[,] Grid { get; set; } = null!;

        public Queue<int> Queue { get; set; } = null!;

        public IDisposable Disposable { get; } = Stream.Null;
    }

    public class Base
    {
        public object Port { get; set; } = null!;

        public string User { get; set; } = null!;

        public virtual string Name { get; set; } = null!;

        public static string Shared { get; set; } = "";
    }

    public sealed class Hiding : Base
    {
        public new int Port { get; set; }

        public new string User { get; set; } = null!;
    }

    public sealed class Overriding : OnlyName
    {
        public override string Name => base.Name;
    }

    public class OnlyName
    {
        public virtual string Name { get; set; } = null!;
    }

    public sealed class Statics
    {
        public static string Property { get; set; } = "";

        public static readonly string Field = "";

        public int Own { get; set; }
    }

    public class Wrapper<T>
    {
        public T Value { get; set; } = default!;

        public T? Annotated { get; set; }

        public List<T> Many { get; set; } = null!;
    }

    public sealed class OfWrapper : Wrapper<string>;
}
