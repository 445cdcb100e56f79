using Secrets.Testing;

namespace Secrets.Gcp.Tests.Conformance;

public sealed class GoogleSecretManagerConformanceTests
{
    public static TheoryData<string> Checks => [.. SourceConformance.Checks.Select(c => c.Name)];

    [Theory]
    [MemberData(nameof(Checks))]
    public async Task It_keeps_the_promise(string check)
    {
        ConformanceResult result = await SourceConformance.RunAsync(check, () => new GoogleSecretManagerHarness(), TestContext.Current.CancellationToken);
        Assert.SkipWhen(result.IsSkipped, result.SkipReason ?? "");
    }

    [Fact]
    public Task It_skips_what_is_committed() => SourceConformance.CompareSkipsAsync(() => new GoogleSecretManagerHarness(), "Conformance/gcp.skips.txt");
}
