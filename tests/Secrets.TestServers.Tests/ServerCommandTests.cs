namespace Secrets.TestServers;

public sealed class ServerCommandTests
{
    [Theory]
    [InlineData("")]
    [InlineData("nothing")]
    [InlineData("aws --fault")]
    [InlineData("aws --fault nonsense")]
    [InlineData("aws --port x")]
    [InlineData("aws --latency -1")]
    [InlineData("aws --secret name")]
    [InlineData("aws --deny")]
    [InlineData("aws --nonsense")]
    public async Task A_mistake_is_answered_with_the_usage(string arguments)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        int code = await ServerCommand.RunAsync(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries), output, errors, TestContext.Current.CancellationToken);
        Assert.Equal((2, ""), (code, output.ToString()));
        Assert.Contains("usage: ", errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_tells_where_it_is_counts_its_calls_and_ends_when_it_is_told()
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        using var output = new StringWriter();
        using var errors = new StringWriter();
        Task<int> run = ServerCommand.RunAsync(["aws", "--fault", "throttle:1", "--latency", "1", "--secret", "a=b"], output, errors, ended.Token);
        while (!output.ToString().Contains("AWS_SECRET_ACCESS_KEY", StringComparison.Ordinal))
        {
            await Task.Yield();
        }

        var address = new Uri(output.ToString().Split(Environment.NewLine)[0]);
        using var client = new HttpClient();
        using HttpResponseMessage answer = await client.PostAsync(address, content: null, ended.Token);
        Assert.Contains("ThrottlingException", await answer.Content.ReadAsStringAsync(ended.Token), StringComparison.Ordinal);
        Assert.StartsWith("{\"calls\":1,", await client.GetStringAsync(new Uri(address, "_calls"), ended.Token), StringComparison.Ordinal);
        await ended.CancelAsync();
        Assert.Equal(0, await run);
    }

    [Fact]
    public async Task A_secret_is_denied_by_its_name()
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        using var output = new StringWriter();
        using var errors = new StringWriter();
        Task<int> run = ServerCommand.RunAsync(["vault", "--deny", "secret/data/shop/trello"], output, errors, ended.Token);
        while (!output.ToString().Contains("VAULT_TOKEN", StringComparison.Ordinal))
        {
            await Task.Yield();
        }

        string[] lines = output.ToString().Split(Environment.NewLine);
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Add("X-Vault-Token", lines.Single(l => l.StartsWith("VAULT_TOKEN=", StringComparison.Ordinal)).Split('=')[1]);
        var statuses = new List<int>();
        foreach (string path in new[] { "database", "trello" })
        {
            using HttpResponseMessage answer = await client.GetAsync(new Uri(new Uri(lines[0]), "v1/secret/data/shop/" + path), ended.Token);
            statuses.Add((int)answer.StatusCode);
        }

        Assert.Equal([200, 403], statuses);
        await ended.CancelAsync();
        Assert.Equal(0, await run);
    }
}
