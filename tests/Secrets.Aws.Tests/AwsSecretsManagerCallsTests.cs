using System.Globalization;
using Secrets.TestServers.Aws;
using Secrets.TestServers.Faults;
using Secrets.Toml;

namespace Secrets.Aws.Tests;

/// <summary>What is called for secrets, and how often: batches, pages and refreshes.</summary>
public sealed class AwsSecretsManagerCallsTests : IAsyncDisposable
{
    private readonly AwsServer _server = AwsServers.Start();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Calls_share_a_connection()
    {
        _server.SetSecret("prod/shop", """{"token":"x"}""");
        using SecretsStore secrets = await BuildAsync(Options().Secret("prod/shop"));
        await secrets.RefreshAsync(TestContext.Current.CancellationToken);
        Assert.True(_server.CallCount > 1);
        Assert.Single(_server.Calls.Select(c => c.Connection).Distinct());
    }

    [Fact]
    public async Task A_hundred_secrets_take_five_calls_at_once()
    {
        AwsSecretsManagerOptions options = Options();
        for (int i = 0; i < 100; i++)
        {
            string name = "prod/key" + i.ToString(CultureInfo.InvariantCulture);
            _server.SetSecret(name, "value");
            options.Secret(name, at: "keys.k" + i.ToString(CultureInfo.InvariantCulture));
        }

        _server.HoldUntil(5);
        using SecretsStore secrets = await BuildAsync(options);

        Assert.Equal(100, secrets.Section("keys").Count);
        Assert.Equal(Enumerable.Repeat("BatchGetSecretValue", 5), _server.Calls.Select(c => c.Operation));
        Assert.Equal(5, _server.MaxConcurrentCalls);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task So_many_calls_are_made_at_once_and_no_more(int most)
    {
        AwsSecretsManagerOptions options = Options();
        options.MaxConcurrentCalls = most;
        for (int i = 0; i < 60; i++)
        {
            options.Secret(FormattableString.Invariant($"prod/key{i}"), at: FormattableString.Invariant($"k{i}"));
        }

        _server.HoldUntil(most);
        _server.Latency = TimeSpan.FromMilliseconds(20);
        using SecretsStore secrets = await BuildAsync(options);
        Assert.Equal((3, most), (_server.CallCount, _server.MaxConcurrentCalls));
    }

    [Fact]
    public async Task So_many_calls_are_made_at_once_where_batches_are_denied_too()
    {
        AwsSecretsManagerOptions options = Options();
        options.MaxConcurrentCalls = 4;
        _server.DenyOperation("BatchGetSecretValue");
        for (int i = 0; i < 60; i++)
        {
            string name = FormattableString.Invariant($"k{i}");
            _server.SetSecret(name, "x");
            options.Secret(name, at: name);
        }

        _server.HoldUntil(4, c => c.Operation == "GetSecretValue");
        _server.Latency = TimeSpan.FromMilliseconds(5);
        using SecretsStore secrets = await BuildAsync(options);
        Assert.Equal((60, 4), (secrets.Count, _server.MaxConcurrentCalls));
    }

    [Fact]
    public async Task A_batch_goes_on_behind_its_token()
    {
        _server.BatchPageSize = 7;
        AwsSecretsManagerOptions options = Options();
        for (int i = 0; i < 20; i++)
        {
            _server.SetSecret(FormattableString.Invariant($"prod/key{i}"), "value");
            options.Secret(FormattableString.Invariant($"prod/key{i}"), at: FormattableString.Invariant($"k{i}"));
        }

        using SecretsStore secrets = await BuildAsync(options);
        Assert.Equal(20, secrets.Count);
        Assert.Equal(3, _server.CallCount);
    }

    [Fact]
    public async Task Where_batches_are_not_permitted_secrets_are_fetched_one_by_one()
    {
        _server.SetSecret("a", "1");
        _server.SetSecret("b", "2");
        _server.DenyOperation("BatchGetSecretValue");
        using SecretsStore secrets = await BuildAsync(Options().Secret("a", at: "a").Secret("b", at: "b"));

        Assert.Equal("2", secrets.GetString("b"));
        Assert.Equal(["BatchGetSecretValue", "GetSecretValue", "GetSecretValue"], _server.Calls.Select(c => c.Operation));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Pages_are_followed_to_the_last_one(bool withEmptyPages)
    {
        _server.WithEmptyPages = withEmptyPages;
        for (int i = 0; i < 300; i++)
        {
            _server.SetSecret(FormattableString.Invariant($"prod/shop/key{i:D3}"), "value");
        }

        using SecretsStore secrets = await BuildAsync(Options().Prefix("prod/shop/"));
        Assert.Equal(300, secrets.Count);
        Assert.Equal(withEmptyPages ? 5 : 3, _server.Calls.Count(c => c.Operation == "ListSecrets"));
        Assert.Equal(15, _server.Calls.Count(c => c.Operation == "BatchGetSecretValue"));

        _server.ForgetCalls();
        SecretsView before = secrets.Current;
        await secrets.RefreshAsync(TestContext.Current.CancellationToken);
        Assert.All(_server.Calls, c => Assert.Equal("ListSecrets", c.Operation));
        Assert.Same(before, secrets.Current);
    }

    [Fact]
    public async Task Pages_without_end_are_a_mistake_of_the_store()
    {
        _server.WithRepeatedToken = true;
        _server.SetSecret("prod/shop/a", "x");
        await FailsAsync(Options().Prefix("prod/shop/"), SecretsErrorCode.InvalidFormat);
        Assert.Equal(2, _server.CallCount);
    }

    [Fact]
    public async Task A_refresh_fetches_what_has_changed_alone()
    {
        for (int i = 0; i < 50; i++)
        {
            _server.SetSecret(FormattableString.Invariant($"prod/shop/key{i}"), "value");
        }

        using SecretsStore secrets = await BuildAsync(Options().Prefix("prod/shop/"));
        _server.SetSecret("prod/shop/key7", "changed");
        _server.ForgetCalls();
        await secrets.RefreshAsync(TestContext.Current.CancellationToken);

        Assert.Equal("changed", secrets.GetString("key7"));
        Assert.Equal(["ListSecrets", "GetSecretValue"], _server.Calls.Select(c => c.Operation));
    }

    [Theory]
    [InlineData(false, "DescribeSecret")]
    [InlineData(true, "DescribeSecret GetSecretValue")]
    public async Task A_secret_by_name_is_described_before_it_is_fetched_again(bool isChanged, string operations)
    {
        _server.SetSecret("prod/shop", """{"a":"1"}""");
        using SecretsStore secrets = await BuildAsync(Options().Secret("prod/shop"));
        if (isChanged)
        {
            _server.SetSecret("prod/shop", """{"a":"2"}""");
        }

        _server.ForgetCalls();
        await secrets.RefreshAsync(TestContext.Current.CancellationToken);
        Assert.Equal(isChanged ? "2" : "1", secrets.GetString("a"));
        Assert.Equal(operations, string.Join(' ', _server.Calls.Select(c => c.Operation)));
    }

    [Fact]
    public async Task Where_describing_is_not_permitted_a_refresh_fetches()
    {
        _server.SetSecret("prod/shop", """{"a":"1"}""");
        _server.DenyOperation("DescribeSecret");
        using SecretsStore secrets = await BuildAsync(Options().Secret("prod/shop"));
        SecretsView before = secrets.Current;
        await secrets.RefreshAsync(TestContext.Current.CancellationToken);
        Assert.Same(before, secrets.Current);

        _server.SetSecret("prod/shop", """{"a":"2"}""");
        await secrets.RefreshAsync(TestContext.Current.CancellationToken);
        Assert.Equal("2", secrets.GetString("a"));
    }

    [Fact]
    public async Task Nothing_is_asked_where_a_local_source_has_all()
    {
        using SecretsStore secrets = await new SecretsBuilder().Require("a").AddInMemory(new Dictionary<string, object?> { ["a"] = "local" })
            .AddAwsSecretsManager(Options().Prefix("prod/shop/")).BuildAsync(TestContext.Current.CancellationToken);
        Assert.Equal(("local", 0), (secrets.GetString("a"), _server.CallCount));
    }

    [Theory]
    [InlineData("in the head")]
    [InlineData("in the body")]
    [InlineData("between attempts")]
    public async Task Cancelling_ends_a_load_wherever_it_is(string where)
    {
        _server.SetSecret("prod/shop", """{"a":"x"}""");
        _server.Inject(where switch { "in the head" => FaultKind.Silence, "in the body" => FaultKind.EndlessBody, _ => FaultKind.Throttle });
        AwsSecretsManagerOptions options = Options().Secret("prod/shop");
        options.MaxAttempts = 10;
        using var cancellation = new CancellationTokenSource();
        Task<SecretsStore> build = new SecretsBuilder().AddAwsSecretsManager(options).BuildAsync(cancellation.Token);
        while (_server.CallCount == 0)
        {
            await Task.Yield();
        }

        await cancellation.CancelAsync();
        OperationCanceledException failure = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => build);
        Assert.Equal(cancellation.Token, failure.CancellationToken);
    }

    private AwsSecretsManagerOptions Options() => new AwsSecretsManagerOptions().At(_server);

    private static Task<SecretsStore> BuildAsync(AwsSecretsManagerOptions options) =>
        new SecretsBuilder().AddAwsSecretsManager(options).BuildAsync(TestContext.Current.CancellationToken);

    private static async Task<SecretsSourceException> FailsAsync(AwsSecretsManagerOptions options, SecretsErrorCode code)
    {
        SecretsSourceException failure = await Assert.ThrowsAsync<SecretsSourceException>(() => BuildAsync(options));
        Assert.Equal(code, failure.Code);
        return failure;
    }
}
