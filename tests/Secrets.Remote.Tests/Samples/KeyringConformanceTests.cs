using Secrets.Testing;

namespace Secrets.Remote.Samples;

public sealed class KeyringConformanceTests
{
    public static TheoryData<string> Checks => [.. SourceConformance.Checks.Select(c => c.Name)];

    [Theory]
    [MemberData(nameof(Checks))]
    public async Task It_keeps_the_promise(string check)
    {
        ConformanceResult result = await SourceConformance.RunAsync(check, () => new KeyringHarness(), TestContext.Current.CancellationToken);
        Assert.SkipWhen(result.IsSkipped, result.SkipReason ?? "");
    }

    [Fact]
    public Task It_skips_what_is_committed() => SourceConformance.CompareSkipsAsync(() => new KeyringHarness(), "Samples/keyring.skips.txt");
}
