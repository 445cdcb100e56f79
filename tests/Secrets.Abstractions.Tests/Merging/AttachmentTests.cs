using Secrets.Tests.Fakes;

namespace Secrets.Tests.Merging;

public class AttachmentTests
{
    [Fact]
    public void Elements_and_tables_of_an_array_know_their_full_path()
    {
        using SecretsStore store = Chains.Of(new FakeSource("memory", Servers)).Build();

        Assert.Equal("h", store["servers"][0]["host"].Reveal());
        Assert.Equal("n", store.GetString("servers.0.\"odd.key\".0"));
        Assert.StartsWith("servers.0.host (memory m) is", Assert.Throws<SecretsFormatException>(() => store["servers"][0]["host"].As<int>()).Message);
        Assert.StartsWith("servers.0.\"odd.key\".0 (memory m) is", Assert.Throws<SecretsFormatException>(() => store["servers"][0]["odd.key"][0].As<int>()).Message);
    }

    [Fact]
    public void A_miss_in_a_table_of_an_array_names_the_full_path()
    {
        using SecretsStore store = Chains.Of(new FakeSource("memory", Servers)).Build();

        SecretNotFoundException miss = Assert.Throws<SecretNotFoundException>(() => store["servers"][0]["port"]);

        Assert.Equal(["servers.0.port"], miss.Paths);
    }

    [Fact]
    public void Keys_of_a_table_in_an_array_are_equal_as_elsewhere()
    {
        using SecretsStore store = Chains.Of(new FakeSource("memory", Servers)).Build();

        Assert.Equal("h", store.GetString("Servers.0.HOST"));
    }

    private static SecretsBatch Servers(SecretsRequest request)
    {
        SecretOrigin origin = request.Origin("m");
        SecretValue table = SecretValue.FromSection(
            [
                KeyValuePair.Create("host", SecretValue.FromText("h", origin)),
                KeyValuePair.Create("odd.key", SecretValue.FromArray([SecretValue.FromText("n", origin)], origin)),
            ],
            origin);
        return new SecretsBatch([new SecretEntry(new SecretPath("servers"), SecretValue.FromArray([table], origin))]);
    }
}
