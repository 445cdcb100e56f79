namespace Secrets.Remote;

public sealed class RemoteNameRulesTests
{
    private const string Allowed = "abcdefghijklmnopqrstuvwxyz0123456789._-";

    private static readonly RemoteNameRules _leavesAndObjects = new("/", Allowed, "letters");
    private static readonly RemoteNameRules _leaves = new("--", Allowed, "letters") { NamesObjects = false };
    private static readonly RemoteNameRules _objects = new("/", Allowed, "letters") { NamesLeaves = false };

    [Theory]
    [InlineData("a", "p/a")]
    [InlineData("a.b", "p/a/b p/a")]
    [InlineData("a.b.c", "p/a/b/c p/a/b p/a")]
    [InlineData("a.\"B\"", "p/a")]
    [InlineData("\"A\".b", "")]
    [InlineData("\"..\"", "")]
    [InlineData("a.\".\"", "p/a")]
    [InlineData("\"\".a", "")]
    [InlineData("\"a/b\"", "")]
    [InlineData("\"a.b\"", "p/a.b")]
    public void A_path_may_be_under_the_name_of_each_of_its_beginnings(string path, string names) => Assert.Equal(names, Names(_leavesAndObjects, path));

    [Theory]
    [InlineData("a.b", "p/a--b")]
    [InlineData("\"a--b\"", "")]
    [InlineData("a-b", "p/a-b")]
    public void A_store_of_leaves_has_it_under_its_own_name_alone(string path, string names) => Assert.Equal(names, Names(_leaves, path));

    [Theory]
    [InlineData("a", "p/a")]
    [InlineData("a.b", "p/a")]
    [InlineData("a.b.c", "p/a/b p/a")]
    public void A_store_of_objects_has_it_as_a_field(string path, string names) => Assert.Equal(names, Names(_objects, path));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_path_of_a_prefix_is_under_no_name(bool mayBeFields)
    {
        var neither = new RemoteNameRules("/", Allowed, "letters") { NamesLeaves = false, NamesObjects = false };
        Assert.All([_leavesAndObjects, _leaves, _objects, neither], rules => Assert.Empty(rules.Candidates("p/", [], mayBeFields)));
    }

    [Theory]
    [InlineData("a", "a")]
    [InlineData("a/b", "a b")]
    [InlineData("", null)]
    [InlineData("a//b", null)]
    [InlineData("a/..", null)]
    [InlineData("a/B", null)]
    public void A_name_is_the_path_that_leads_back_to_it(string name, string? segments) =>
        Assert.Equal(segments, _leavesAndObjects.Split(name) is { } split ? string.Join(' ', split) : null);

    private static string Names(RemoteNameRules rules, string path) => string.Join(' ', rules.Candidates("p/", SecretPath.Parse(path).Segments).Select(c => c.Name));
}
