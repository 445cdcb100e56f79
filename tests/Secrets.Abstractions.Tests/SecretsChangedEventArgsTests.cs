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
        Assert.Equal(expected, new SecretsChangedEventArgs(Split(added), Split(updated), Split(removed), Engine.SnapshotOf().Root.View).ToString());

    [Fact]
    public void A_handler_cannot_change_what_the_next_one_gets()
    {
        var paths = new List<string> { "a" };
        var changes = new SecretsChangedEventArgs(paths, paths, paths, Engine.SnapshotOf().Root.View);
        paths.Add("b");

        Assert.Equal(["a"], changes.Added);
        Assert.Throws<NotSupportedException>(() => ((IList<string>)changes.Added)[0] = "x");
        Assert.Throws<NotSupportedException>(() => ((IList<string>)changes.Removed).Clear());
    }

    private static string[] Split(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
