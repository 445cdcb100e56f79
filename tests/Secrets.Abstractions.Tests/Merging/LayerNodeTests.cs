using Secrets.Merging;
using Secrets.Tests.Fakes;

namespace Secrets.Tests.Merging;

public class LayerNodeTests
{
    [Theory]
    [InlineData("s.a", "s.a", false)]
    [InlineData("S.A", "s.a", false)]
    [InlineData("s", "s", false)]
    [InlineData("leaf.below.it", "leaf", true)]
    [InlineData("s.b", null, false)]
    [InlineData("t.a", null, false)]
    public void It_finds_what_is_at_a_path_or_the_leaf_in_its_way(string path, string? found, bool isAbove)
    {
        var request = new SecretsRequest("fake");
        LayerNode root = Assert.Single(LayerBuilder.Build(new SecretsBatch(FakeContent.Read("s.a = 1; leaf = 2", request)), "fake", KeyComparison.Equivalent));

        LayerNode? node = root.Find(SecretPath.Parse(path), out bool above);

        Assert.Equal(found?.Split('.')[^1], node?.Key);
        Assert.Equal(isAbove, above);
        Assert.Same(node, root.Find(SecretPath.Parse(path)));
    }
}
