using System.Dynamic;
using Microsoft.CSharp.RuntimeBinder;
using Secrets.Tests.Fakes;

namespace Secrets.Tests.Dynamic;

public sealed class SecretsViewMetaObjectTests
{
    private static readonly SecretsStore Store = Stores.Of(
        ("db_username", "Jane"), ("database.password", "p"),
        ("count", "c"), ("keys", "k"), ("section", "s"), ("current", "now"), ("node", "n"), ("get_string", "g"));

    private static dynamic Secrets => Store;

    [Fact]
    public void An_attribute_is_a_secret_in_any_spelling()
    {
        dynamic s = Secrets;

        Assert.Equal("Jane", (string)s.db_username);
        Assert.Equal("Jane", (string)s.DbUsername);
        Assert.Equal("p", (string)s.database.password);
        Assert.Equal("p", (string)s["database"]["password"]);
        Assert.Equal("p", (string)s["database.password"]);
        Assert.IsType<SecretValue>(s.database);
    }

    [Fact]
    public void A_secret_beats_a_real_member_and_a_call_means_the_method()
    {
        dynamic s = Secrets;

        Assert.Equal("c", (string)s.count);
        Assert.Equal("c", (string)s.Count);
        Assert.Equal("k", (string)s.keys);
        Assert.Equal("s", (string)s.section);
        Assert.Equal("now", (string)s.Current);
        Assert.Equal("n", (string)s.Node);
        Assert.Equal("g", (string)s.GetString);
        Assert.Equal("p", (string)s.Section("database").GetString("password"));
        Assert.Equal("p", (string)s.GetString("database.password"));
        Assert.True((bool)s.ContainsKey("count"));
        Assert.Equal(Secrets.Describe(), (string)s.ToString());
    }

    [Fact]
    public void A_real_member_serves_where_no_secret_has_its_name()
    {
        using SecretsStore store = Stores.Of(("a", 1));
        dynamic s = store;

        Assert.Equal(1, (int)s.Count);
        Assert.Equal(["a"], (IEnumerable<string>)s.Keys);
        Assert.Empty((IReadOnlyList<SecretsWarning>)s.Warnings);
        Assert.IsType<SecretsView>(s.Current);
    }

    [Fact]
    public void A_missing_attribute_is_the_library_s_own_exception()
    {
        dynamic s = Secrets;

        Assert.Equal(["nothing"], Assert.Throws<SecretNotFoundException>(() => s.nothing).Paths);
        Assert.Equal(["database.nothing"], Assert.Throws<SecretNotFoundException>(() => s.database.nothing).Paths);
        Assert.Throws<RuntimeBinderException>(() => s.nothing());
    }

    [Fact]
    public void Every_write_is_refused_with_the_reason()
    {
        dynamic s = Secrets;
        dynamic view = Store.Current;

        Assert.All(
            new Action[]
            {
                () => s.db_username = "x",
                () => s.brand_new = "x",
                () => s.Current = null,
                () => s["db_username"] = "x",
                () => s.db_username += "x",
                () => view.database = "x",
                () => view["database"] = "x",
                () => s.database.password = "x",
                () => s.database["password"] = "x",
                () => s.database.password[0] = "x",
            },
            write => Assert.Equal("Secrets are read-only: change them where they are stored.", Assert.Throws<NotSupportedException>(write).Message));
    }

    [Fact]
    public void One_call_site_serves_many_stores()
    {
        using SecretsStore one = Stores.Of(("a", "1"));
        using SecretsStore two = Stores.Of(("a", "2"), ("count", "many"));
        using SecretsStore none = Stores.Of();

        Assert.Equal("1", Read(one));
        Assert.Equal("2", Read(two));
        Assert.Equal("1", Read(one.Current));
        Assert.Throws<SecretNotFoundException>(() => Read(none));
        Assert.Equal("1", Read(one));
        Assert.Equal([1, "***", 0], new[] { Count(one), Count(two), Count(none) });

        static string Read(dynamic s) => s.a;

        static object Count(dynamic s) => s.Count is int number ? number : s.Count.ToString();
    }

    [Fact]
    public void It_converts_to_what_it_is()
    {
        dynamic s = Secrets;
        SecretsStore store = s;
        SecretsView view = s;
        IReadOnlyDictionary<string, SecretValue> dictionary = s;

        Assert.Same(Store, store);
        Assert.Same(Store, view);
        Assert.Same(Store, dictionary);
        Assert.Throws<RuntimeBinderException>(() => { string text = s; });
    }

    [Fact]
    public void Foreach_gives_the_entries()
    {
        var keys = new List<string>();
        foreach (dynamic entry in Secrets)
        {
            keys.Add(entry.Key);
        }

        Assert.Equal(Store.Keys, keys);
    }

    [Fact]
    public void Tools_see_the_keys()
    {
        IDynamicMetaObjectProvider provider = Store;

        Assert.Equal(Store.Keys, provider.GetMetaObject(System.Linq.Expressions.Expression.Constant(Store)).GetDynamicMemberNames());
    }

    [Fact]
    public void A_failed_secret_is_there_and_throws_its_code_when_it_is_converted()
    {
        using SecretsStore store = Stores.OfValues(("denied", Stores.Unreadable()));
        dynamic s = store;

        Assert.Equal("***", s.denied.ToString());
        Assert.Equal(SecretsErrorCode.AccessDenied, Assert.Throws<SecretsSourceException>(() => { string text = s.denied; }).Code);
        Assert.Equal(SecretsErrorCode.AccessDenied, Assert.Throws<SecretsSourceException>(() => s.denied.below).Code);
    }
}
