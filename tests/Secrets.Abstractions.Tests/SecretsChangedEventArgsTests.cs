using Secrets.Tests.Fakes;

namespace Secrets.Tests;

public class SecretsChangedEventArgsTests
{
    [Theory]
    [InlineData("a", "", "", "added a")]
    [InlineData("a b", "c", "d", "added a, b; updated c; removed d")]
    [InlineData("", "c", "", "updated c")]
    [InlineData("", "", "", "")]
    public void Its_text_names_the_paths(string added, string updated, string removed, string expected) =>
        Assert.Equal(expected, new SecretsChangedEventArgs(Split(added), Split(updated), Split(removed), previousView: null, Engine.SnapshotOf().Root.View).ToString());

    [Fact]
    public void A_handler_cannot_change_what_the_next_one_gets()
    {
        var paths = new List<SecretPath> { new("a") };
        var changes = new SecretsChangedEventArgs(paths, paths, paths, previousView: null, Engine.SnapshotOf().Root.View);
        paths.Add(new SecretPath("b"));

        Assert.Equal([new SecretPath("a")], changes.Added);
        Assert.Throws<NotSupportedException>(() => ((IList<SecretPath>)changes.Added)[0] = new SecretPath("x"));
        Assert.Throws<NotSupportedException>(() => ((IList<SecretPath>)changes.Removed).Clear());
    }

    [Theory]
    // The path that is listened to, and what it was and is.
    [InlineData(null, "s.a=1@test; x=1@test", "s.a=2@test; y=1@test")]
    [InlineData("s", "a=1@test", "a=2@test")]
    [InlineData("S", "a=1@test", "a=2@test")]
    [InlineData("x", "-", "-")]
    [InlineData("s.a", "-", "-")]
    [InlineData("nothing", "-", "-")]
    public void It_has_the_section_before_and_after(string? path, string before, string after)
    {
        SecretsView old = Engine.SnapshotOf(Engine.Loaded("s.a=1; x=1")).Root.View, now = Engine.SnapshotOf(Engine.Loaded("s.a=2; y=1")).Root.View;
        var changes = new SecretsChangedEventArgs([], [], [], old, now, path is null ? null : SecretPath.Parse(path));

        Assert.Equal((before, after), (Show(changes.PreviousSection), Show(changes.Section)));
        Assert.Equal((old, now), (changes.PreviousView, changes.View));
        Assert.Null(new SecretsChangedEventArgs([], [], [], previousView: null, now, SecretPath.Parse("s")).PreviousSection);
    }

    private static string Show(SecretsView? section) => section is null ? "-" : Chains.Show(section);

    private static SecretPath[] Split(string text) => [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(SecretPath.Parse)];
}
