using Secrets.TestServers.Azure;
using Secrets.TestServers.Faults;
using Secrets.TestServers.Hosting;

namespace Secrets.Faults;

/// <summary>What every store says in the same way.</summary>
public sealed class StoreMessageTests
{
    private const string Credential = "not-a-real-token";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Stores => [.. FaultTable.Stores.Select(s => s.Name)];

    public static TheoryData<string, FaultKind> Failures =>
    [
        .. from store in FaultTable.Stores
           from fault in new[] { FaultKind.Reset, FaultKind.Truncated, FaultKind.Silence }
           select (store.Name, fault),
    ];

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task A_missing_key_does_not_print_all_secrets(string name)
    {
        (StoreUnderFault store, TestServer server) = await StartAsync(name);
        await using TestServer ended = server;
        for (int i = 0; i < 30; i++)
        {
            store.Store(server, $"other{i}", "x");
        }

        await using SecretsStore secrets = await ChainOf(store, server).BuildAsync(Token);

        string missing = Assert.Throws<SecretNotFoundException>(() => secrets.GetString("no.way")).Message;
        string explanation = secrets.Explain("no.way").ToString();
        Assert.All([missing, explanation], text => Assert.DoesNotContain("other", text, StringComparison.Ordinal));
        Assert.All([missing, explanation], text => Assert.DoesNotContain("alpha", text, StringComparison.Ordinal));
        Assert.InRange(missing.Length, 0, 300);
        Assert.Equal(name != "aws-parameters", missing.Contains("* in ", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task A_missing_key_names_what_was_asked_for_it_and_for_no_other(string name)
    {
        (StoreUnderFault store, TestServer server) = await StartAsync(name);
        await using TestServer ended = server;
        SecretsBuilder chain = ChainOf(store, server).Require(store.PathOf("alpha"), store.PathOf("wrong"));

        string missing = (await Assert.ThrowsAsync<SecretNotFoundException>(() => chain.BuildAsync(Token))).Message;

        Assert.Equal(name != "aws-parameters", missing[missing.IndexOf("Looked in", StringComparison.Ordinal)..].Contains("wrong", StringComparison.Ordinal));
        Assert.DoesNotContain("alpha", missing, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task A_call_without_a_whole_answer_names_the_host(string name, FaultKind fault)
    {
        (StoreUnderFault store, TestServer server) = await StartAsync(name);
        await using TestServer ended = server;
        server.Inject(fault);

        string message = (await Assert.ThrowsAsync<SecretsSourceException>(() => ChainOf(store, server).BuildAsync(Token))).Message;

        Assert.Contains((server as AzureServer)?.VaultUri.Authority ?? server.Address.Authority, message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task A_redirect_says_so(string name)
    {
        (StoreUnderFault store, TestServer server) = await StartAsync(name);
        await using TestServer ended = server;
        server.Inject(FaultKind.Redirect);

        string message = (await Assert.ThrowsAsync<SecretsSourceException>(() => ChainOf(store, server).BuildAsync(Token))).Message;

        Assert.Contains("redirect", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("azure")]
    [InlineData("gcp")]
    public async Task A_name_of_a_whole_store_that_is_no_path_is_left_out_in_a_whole_sentence(string name)
    {
        (StoreUnderFault store, TestServer server) = await StartAsync(name);
        await using TestServer ended = server;
        store.Store(server, "tail--", "x");

        await using SecretsStore secrets = await ChainOf(store, server).BuildAsync(Token);

        Assert.StartsWith("tail-- is left out: the keys", Assert.Single(secrets.Warnings).Message, StringComparison.Ordinal);
    }

    private static async Task<(StoreUnderFault Store, TestServer Server)> StartAsync(string name)
    {
        StoreUnderFault store = FaultTable.Stores.Single(s => s.Name == name);
        TestServer server = store.CreateServer(certificate: null, Credential);
        await server.ListenAsync();
        store.Store(server, "alpha", "x");
        store.Store(server, "beta", "x");
        return (store, server);
    }

    private static SecretsBuilder ChainOf(StoreUnderFault store, TestServer server)
    {
        var builder = new SecretsBuilder();
        store.AddTo(builder, server, Credential);
        return builder;
    }
}
