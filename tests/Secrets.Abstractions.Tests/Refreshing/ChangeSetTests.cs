using Secrets.Merging;
using Secrets.Refreshing;
using Secrets.Tests.Fakes;

namespace Secrets.Tests.Refreshing;

public class ChangeSetTests
{
    [Theory]
    [InlineData("a=1", "a=1", "-")]
    [InlineData("", "", "-")]
    [InlineData("a=1", "a=2", "updated a")]
    [InlineData("", "a=1; s.b=1", "added a, s.b")]
    [InlineData("a=1; s.b=1", "", "removed a, s.b")]
    [InlineData("a=1; b=1; c=1", "b=2; c=1; d=1", "added d; updated b; removed a")]
    // An array is a leaf.
    [InlineData("a=[1, 2]", "a=[1, 2]", "-")]
    [InlineData("a=[1, 2]", "a=[1, 3]", "updated a")]
    [InlineData("a=[1, 2]", "a=[1]", "updated a")]
    [InlineData("a=[1]", "a=1", "updated a")]
    // A leaf and a section at one place.
    [InlineData("a=1", "a.b=1", "added a.b; removed a")]
    [InlineData("a.b=1; a.c=1", "a=1", "added a; removed a.b, a.c")]
    // What can no longer be read, and what can again.
    [InlineData("a=1", "a=!AccessDenied", "updated a")]
    [InlineData("a=!AccessDenied", "a=1", "updated a")]
    [InlineData("a=!AccessDenied", "a=!AccessDenied", "-")]
    [InlineData("a=!AccessDenied", "a=!Unavailable", "updated a")]
    // What cannot be read was not added when it appears, and not removed when it goes.
    [InlineData("", "a=!AccessDenied", "-")]
    [InlineData("a=!AccessDenied", "", "-")]
    [InlineData("b=1", "a=!AccessDenied; b=2; c=1", "added c; updated b")]
    [InlineData("a=!AccessDenied", "a.b=1", "added a.b")]
    [InlineData("a.b=1", "a=!AccessDenied", "removed a.b")]
    // Sections have no value of their own, and the order does not count.
    [InlineData("e={}", "", "-")]
    [InlineData("a=1; b=1", "b=1; a=1", "-")]
    // Another spelling is the same leaf.
    [InlineData("api_key=1", "api-key=1", "-")]
    [InlineData("api_key=1", "ApiKey=2", "updated ApiKey")]
    [InlineData("Data_Base.api_key=1; x=1", "database.API-KEY=1", "removed x")]
    [InlineData("\"odd key\".\"a.b\"=1", "\"odd key\".\"a.b\"=2", "updated \"odd key\".\"a.b\"")]
    public void It_names_the_leaves_that_differ(string before, string after, string expected)
    {
        Snapshot now = Engine.SnapshotOf(Engine.Loaded(after));

        SecretsChangedEventArgs? changes = ChangeSet.Between(Engine.SnapshotOf(Engine.Loaded(before)), now);

        Assert.Equal(expected, changes?.ToString() ?? "-");
        Assert.Same(changes?.View ?? now.Root.View, now.Root.View);
    }

    [Fact]
    public void The_same_value_from_another_source_is_no_change()
    {
        Snapshot before = Engine.SnapshotOf(Engine.Loaded("a=1", "one"), Engine.Loaded("a=1", "two", rank: 1));
        Snapshot after = Engine.SnapshotOf(Engine.Loaded("", "one"), Engine.Loaded("a=1", "two", rank: 1));

        Assert.Null(ChangeSet.Between(before, after));
    }

    [Fact]
    public void The_paths_are_those_of_leaves() =>
        Assert.Equal(["a", "s.b", "x"], ChangeSet.PathsOf(Engine.SnapshotOf(Engine.Loaded("a=1; s.b=[1]; e={}; x=!AccessDenied"))).Select(p => p.ToString()).Order(StringComparer.Ordinal));
}
