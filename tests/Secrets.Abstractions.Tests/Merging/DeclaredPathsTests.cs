using Secrets.Keys;
using Secrets.Merging;

namespace Secrets.Tests.Merging;

public class DeclaredPathsTests
{
    [Theory]
    [InlineData("db.password", true)]
    [InlineData("DB.PassWord", true)]
    [InlineData("cache", true)]
    [InlineData("cache.url", true)]
    [InlineData("cache.pool.size", true)]
    [InlineData("db", false)]
    [InlineData("db.user", false)]
    [InlineData("db.password.more", true)]
    [InlineData("other", false)]
    public void A_path_is_declared_by_itself_and_by_a_section_above_it(string path, bool isDeclared)
    {
        var tree = DeclaredPaths.Of([SecretPath.Parse("db.password"), SecretPath.Parse("cache")], KeyEquivalence.For(KeyComparison.Equivalent));

        Assert.Equal(isDeclared, tree.Declares(SecretPath.Parse(path)));
    }

    [Fact]
    public void Paths_share_their_sections_whatever_the_spelling()
    {
        var tree = DeclaredPaths.Of([SecretPath.Parse("db.a"), SecretPath.Parse("DB.b")], KeyEquivalence.For(KeyComparison.Equivalent));

        Assert.Equal(["a", "b"], Assert.Single(tree.Children).Value.Children.Keys);
    }
}
