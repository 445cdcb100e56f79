using Secrets.Keys;
using Secrets.Tests.Fakes;

namespace Secrets.Tests.Keys;

public class DepthLimitTests
{
    [Fact]
    public void A_path_passes_up_to_the_limit()
    {
        var longest = new SecretPath(Enumerable.Repeat("a", DepthLimit.MaxKeys));

        Assert.Same(longest, DepthLimit.Check(longest));
        Assert.Equal(SecretsErrorCode.InvalidConfiguration, Assert.Throws<SecretsSourceException>(() => DepthLimit.Check(longest.Append("b"))).Code);
    }

    [Fact]
    public void A_value_that_is_too_deep_is_its_sources_fault()
    {
        SecretsSourceException failure = DepthLimit.TooDeep(Stores.Origin);

        Assert.Equal((SecretsErrorCode.InvalidFormat, "test"), (failure.Code, failure.SourceName));
        Assert.Equal("The value at here is nested deeper than the 256 levels that are allowed. Nest it less deeply.", failure.Message);
    }
}
