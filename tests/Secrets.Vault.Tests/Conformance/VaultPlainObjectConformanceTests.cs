using Secrets.Testing;

namespace Secrets.Vault.Tests.Conformance;

public sealed class VaultPlainObjectConformanceTests
{
    public static TheoryData<string> Checks => [.. SourceConformance.Checks.Select(c => c.Name)];

    [Theory]
    [MemberData(nameof(Checks))]
    public async Task It_keeps_the_promise(string check)
    {
        ConformanceResult result = await SourceConformance.RunAsync(check, () => new VaultPlainObjectHarness(), TestContext.Current.CancellationToken);
        Assert.SkipWhen(result.IsSkipped, result.SkipReason ?? "");
    }

    [Fact]
    public Task It_skips_what_is_committed() => SourceConformance.CompareSkipsAsync(() => new VaultPlainObjectHarness(), "Conformance/vault-v1.skips.txt");
}
