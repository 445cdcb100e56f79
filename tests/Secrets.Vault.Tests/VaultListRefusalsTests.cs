using Secrets.Tests.Fakes;

namespace Secrets.Vault.Tests;

public sealed class VaultListRefusalsTests
{
    private readonly ManualTimeProvider _clock = new();
    private readonly VaultListRefusals _refusals;

    public VaultListRefusalsTests() => _refusals = new VaultListRefusals(_clock);

    [Theory]
    [InlineData("secret/shop/", true)]
    [InlineData("secret/shop/deep/", true)]
    [InlineData("secret/shopping/", false)]
    [InlineData("secret/", false)]
    public void A_refusal_may_be_for_all_below(string folder, bool expected)
    {
        _refusals.Add(VaultListKind.Scan, "secret/shop/", isForAllBelow: true);
        Assert.Equal(expected, _refusals.Contains(VaultListKind.Scan, folder));
        Assert.False(_refusals.Contains(VaultListKind.Folder, folder));
    }

    [Fact]
    public void A_refusal_may_be_for_one_folder()
    {
        _refusals.Add(VaultListKind.Scan, "secret/", isForAllBelow: false);
        Assert.True(_refusals.Contains(VaultListKind.Scan, "secret/"));
        Assert.False(_refusals.Contains(VaultListKind.Scan, "secret/shop/"));
    }

    [Fact]
    public void A_refusal_lasts_an_hour()
    {
        _refusals.Add(VaultListKind.Scan, "secret/", isForAllBelow: true);
        _clock.Advance(TimeSpan.FromMinutes(59));
        Assert.True(_refusals.Contains(VaultListKind.Scan, "secret/"));
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.False(_refusals.Contains(VaultListKind.Scan, "secret/"));
    }
}
