using Secrets.Keys;

namespace Secrets.Tests.Keys;

public class PathComparerTests
{
    [Theory]
    [InlineData("trello.api_key", "Trello.ApiKey", KeyComparison.Equivalent, true)]
    [InlineData("trello.api_key", "Trello.ApiKey", KeyComparison.Ordinal, false)]
    [InlineData("trello.api_key", "trello.api_key", KeyComparison.Ordinal, true)]
    [InlineData("trello.api_key", "trello.api", KeyComparison.Equivalent, false)]
    [InlineData("a.b", "'a.b'", KeyComparison.Equivalent, false)]
    [InlineData("a.bc", "ab.c", KeyComparison.Equivalent, false)]
    public void Paths_are_equal_segment_by_segment(string x, string y, KeyComparison comparison, bool areEqual)
    {
        var paths = new PathComparer(KeyEquivalence.For(comparison));
        SecretPath one = SecretPath.Parse(x), other = SecretPath.Parse(y);

        Assert.Equal(areEqual, paths.Equals(one, other));
        Assert.Equal(areEqual, paths.GetHashCode(one) == paths.GetHashCode(other));
        Assert.False(paths.Equals(one, null));
        Assert.True(paths.Equals(null, null));
    }

    [Theory]
    [InlineData("a.b.c", "A.B", true)]
    [InlineData("a.b", "a.b", true)]
    [InlineData("a", "a.b", false)]
    [InlineData("a.bc", "a.b", false)]
    public void A_path_starts_with_whole_segments_of_another(string path, string prefix, bool starts) =>
        Assert.Equal(starts, new PathComparer(KeyEquivalence.For(KeyComparison.Equivalent)).StartsWith(SecretPath.Parse(path), SecretPath.Parse(prefix)));

    [Theory]
    [InlineData("a", "A", true)]
    [InlineData("a", "a.b", true)]
    [InlineData("a.b", "a", true)]
    [InlineData("a.b", "a.c", false)]
    public void Paths_overlap_if_one_is_at_or_above_the_other(string a, string b, bool isOverlap) =>
        Assert.Equal(isOverlap, PathComparer.For(KeyComparison.Equivalent).Overlap(SecretPath.Parse(a), SecretPath.Parse(b)));

    [Fact]
    public void Every_path_starts_with_the_root() =>
        Assert.True(new PathComparer(StringComparer.Ordinal).StartsWith(SecretPath.Parse("a"), SecretPath.Root));
}
