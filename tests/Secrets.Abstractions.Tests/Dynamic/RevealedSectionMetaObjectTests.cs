using System.Dynamic;
using System.Linq.Expressions;
using Secrets.Tests.Fakes;

namespace Secrets.Tests.Dynamic;

public sealed class RevealedSectionMetaObjectTests
{
    private static readonly SecretsStore Store = Stores.Of(
        ("database.user", "Jane"), ("database.port", 5432), ("count", "c"), ("keys", "k"), ("list", new[] { "a" }));

    [Fact]
    public void Attributes_are_plain_values()
    {
        dynamic raw = Store.RevealAll();

        Assert.Equal("Jane", raw.database.user);
        Assert.Equal("Jane", raw["database"]["user"]);
        Assert.Equal(4, Length(raw.database.user));
        Assert.Equal(5432L, raw.Database.Port);
        Assert.Equal("a", raw.list[0]);

        static int Length(string text) => text.Length;
    }

    [Fact]
    public void A_key_beats_a_member_and_a_call_means_the_method()
    {
        dynamic raw = Store.RevealAll();

        Assert.Equal("c", raw.Count);
        Assert.Equal("k", raw.Keys);
        Assert.True(raw.ContainsKey("count"));
        Assert.Equal(2, raw.database.Count);
        Assert.Throws<SecretNotFoundException>(() => raw.nothing);
    }

    [Fact]
    public void The_copy_may_be_written_to()
    {
        dynamic raw = Store.RevealAll();
        raw.database.user = "Joe";
        raw.brand_new = 1;
        raw["other"] = 2;

        Assert.Equal("Joe", raw.database.user);
        Assert.Equal(3, raw.brand_new + raw.other);
        Assert.Equal("Jane", Store.GetString("database.user"));
    }

    [Fact]
    public void It_is_a_dictionary()
    {
        dynamic raw = Store.RevealAll();
        IDictionary<string, object?> dictionary = raw;

        Assert.Equal("c", dictionary["count"]);
        Assert.Equal(dictionary.Keys, ((IDynamicMetaObjectProvider)dictionary).GetMetaObject(Expression.Constant(dictionary)).GetDynamicMemberNames());
    }
}
