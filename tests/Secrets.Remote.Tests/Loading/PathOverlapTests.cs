namespace Secrets.Remote.Loading;

public sealed class PathOverlapTests
{
    [Theory]
    [InlineData("a", "a", true)]
    [InlineData("a", "a.b", true)]
    [InlineData("a.b", "a", true)]
    [InlineData("a.b", "a.c", false)]
    [InlineData("a", "b", false)]
    public void One_of_two_paths_that_overlap_is_the_other_or_above_it(string path, string other, bool isOverlap) =>
        Assert.Equal(isOverlap, SecretPath.Parse(path).Overlaps(SecretPath.Parse(other), KeyComparison.Equivalent));
}
