using Microsoft.Extensions.Configuration;

namespace Secrets.Hosting.Tests;

public sealed class SecretsConfigurationRootExtensionsTests
{
    [Fact]
    public void Our_values_are_masked_and_all_others_are_shown()
    {
        var planted = new Canary();
        string canary = planted.Value;
        using SecretsStore store = new SecretsBuilder().Add(Hosts.Source(("database.password", canary))).Build();
        IConfigurationRoot configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([KeyValuePair.Create("level", (string?)"Debug"), KeyValuePair.Create("database:password", (string?)canary)])
            .AddSecrets(store)
            .Build();

        string view = configuration.GetMaskedDebugView();

        Assert.Contains("password=*** (Secrets)", view, StringComparison.Ordinal);
        Assert.Contains("level=Debug (MemoryConfigurationProvider)", view, StringComparison.Ordinal);
        Assert.DoesNotContain(canary, view, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Values_behind_a_chained_configuration_are_masked(bool isSection)
    {
        string canary = new Canary().Value;
        using SecretsStore store = new SecretsBuilder().Add(Hosts.Source(("database.password", canary))).Build();
        IConfigurationRoot inner = new ConfigurationBuilder().AddInMemoryCollection([new("level", "Debug")]).AddSecrets(store).Build();
        IConfigurationRoot outer = new ConfigurationBuilder().AddConfiguration(isSection ? inner.GetSection("database") : inner).Build();

        string view = outer.GetMaskedDebugView();

        Assert.Contains("password=***", view, StringComparison.Ordinal);
        Assert.DoesNotContain(canary, view, StringComparison.Ordinal);
        Assert.Equal(!isSection, view.Contains("level=Debug", StringComparison.Ordinal));
    }
}
