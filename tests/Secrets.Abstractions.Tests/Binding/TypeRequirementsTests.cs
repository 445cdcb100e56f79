using Secrets.Binding;

namespace Secrets.Tests.Binding;

public sealed class TypeRequirementsTests
{
    public static TheoryData<Type, string, string[]> Rows => new()
    {
        // type, where it is bound, the paths that it declares: ! required, ? optional
        { typeof(Database), "db", ["db.user!", "db.password!", "db.port?"] },
        { typeof(App), "", ["database.user!", "database.password!", "database.port?", "trello.api_key!", "mirror.user?", "mirror.password?", "mirror.port?", "tags!", "limits!", "raw!"] },
        { typeof(Node), "n", ["n.name!", "n.next?"] },
        { typeof(First), "", ["second.first!", "second.name!"] },
        { typeof(string), "token", ["token!"] },
        { typeof(int?), "token", ["token!"] },
        { typeof(List<Database>), "all", ["all!"] },
        { typeof(Dictionary<string, string>), "all", ["all!"] },
        { typeof(SecretsView), "all", ["all!"] },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_type_declares_a_path_for_each_leaf(Type type, string at, string[] expected) => Assert.Equal(
        expected,
        TypeRequirements.Of(type, at.Length == 0 ? SecretPath.Root : SecretPath.Parse(at)).Select(r => r.Path + (r.IsRequired ? "!" : "?")));

    [Theory]
    [InlineData(typeof(string))]
    [InlineData(typeof(int?))]
    [InlineData(typeof(List<int>))]
    [InlineData(typeof(Dictionary<string, int>))]
    public void The_root_is_no_single_value(Type type) =>
        Assert.Throws<ArgumentException>(() => TypeRequirements.Of(type, SecretPath.Root));

    public sealed record Database(string User, SecretValue Password, int Port = 5432);

    public sealed record App(Database Database, [SecretName("trello.api_key")] string Key, Database? Mirror, string[] Tags, Dictionary<string, int> Limits, SecretsView Raw);

    public sealed record Node(string Name, Node? Next);

    public sealed record First(Second Second);

    public sealed record Second(First First, string Name);
}
