using System.Diagnostics;
using System.Reflection;

namespace Secrets.Testing.Tests;

public sealed class FakeSourceTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_gives_what_it_is_told()
    {
        FakeSource source = FakeSource.Local("files").Set("db.password", "x").Set("ports", new[] { 1, 2 }).Set("gone", "y").Remove("gone");
        using SecretsStore store = new SecretsBuilder().Add(source).Build();

        Assert.Equal("x", store.GetString("db.password"));
        Assert.Equal("2", store["ports"][1].Reveal());
        Assert.Equal("files db.password", store["db.password"].Origin.ToString());
        Assert.False(store.ContainsKey("gone"));

        source.Set("db.password", "z");
        await store.RefreshAsync(Token);

        Assert.Equal("z", store.GetString("db.password"));
        Assert.Equal(2, source.Loads);
        Assert.NotNull(source.Requests[1].Previous);
    }

    [Fact]
    public void A_remote_one_is_asked_for_what_nothing_higher_has()
    {
        FakeSource files = FakeSource.Local("files").Set("db.user", "local"), vault = FakeSource.Remote("vault").Set("db", new Dictionary<string, object?> { ["user"] = "r", ["password"] = "r" });
        SecretsBuilder chain = new SecretsBuilder().Require("db.user", "db.password").Add(files).Add(vault);
        using SecretsStore store = chain.Build();

        Assert.Equal(["db.password"], vault.Requests.Single().Demands!.Select(d => d.Path.ToString()));
        Assert.Equal("local r", $"{store.GetString("db.user")} {store.GetString("db.password")}");

        files.Set("db.password", "local");
        using SecretsStore again = chain.Build();

        Assert.Equal(1, vault.Loads);
    }

    [Fact]
    public async Task It_fails_and_recovers()
    {
        FakeSource source = FakeSource.Remote().Set("a", "1").Fail(SecretsErrorCode.AccessDenied);
        SecretsBuilder chain = new SecretsBuilder().Add(source);

        Assert.Equal(SecretsErrorCode.AccessDenied, Assert.Throws<SecretsSourceException>(chain.Build).Code);

        source.Recover();
        using SecretsStore store = chain.Build();
        source.Fail();
        SecretsSourceException failure = await Assert.ThrowsAsync<SecretsSourceException>(() => store.RefreshAsync(Token));

        Assert.Equal((SecretsErrorCode.Unavailable, "fake"), (failure.Code, failure.SourceName));
        Assert.Equal("1", store.GetString("a"));
    }

    [Fact]
    public void One_secret_is_denied()
    {
        using SecretsStore store = new SecretsBuilder().Add(FakeSource.Local().Set("a", "1").Set("b", "1").Deny("b").Deny("c", SecretsErrorCode.NotFound)).Build();

        Assert.Equal("1", store.GetString("a"));
        Assert.Equal(SecretsErrorCode.AccessDenied, Assert.Throws<SecretsSourceException>(() => store.GetString("b")).Code);
        Assert.Equal(SecretsErrorCode.NotFound, Assert.Throws<SecretsSourceException>(() => store.GetString("c")).Code);
    }

    [Fact]
    public void It_is_missing()
    {
        using SecretsStore store = new SecretsBuilder().Add(FakeSource.Local("files").Set("a", "1").Vanish()).Build();

        Assert.Empty(store);
        Assert.Equal(SecretsSourceState.Missing, store.Sources[0].State);
    }

    [Fact]
    public async Task It_hangs_until_it_recovers_or_is_cancelled()
    {
        FakeSource source = FakeSource.Local().Set("a", "1").Hang();
        SecretsBuilder chain = new SecretsBuilder().Add(source);
        using var cancellation = new CancellationTokenSource();
        Task<SecretsStore> cancelled = chain.BuildAsync(cancellation.Token), built = chain.BuildAsync(Token);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        Assert.False(built.IsCompleted);
        source.Recover();

        using SecretsStore store = await built;
        Assert.Equal("1", store.GetString("a"));
    }

    [Fact]
    public async Task A_watching_store_follows_it()
    {
        FakeSource source = FakeSource.Local().Set("a", "1");
        await using SecretsStore store = new SecretsBuilder().Add(source).Watch().Build();
        var changed = new TaskCompletionSource<string>();
        store.Changed += (_, change) => changed.TrySetResult(change.View.GetString("a"));
        source.Set("a", "2");

        Assert.Equal("2", await changed.Task.WaitAsync(TimeSpan.FromSeconds(30), Token));
    }

    [Fact]
    public void Mistakes_are_found_at_once()
    {
        Assert.Throws<ArgumentException>(() => FakeSource.Local().Set("a..b", 1));
        Assert.Throws<ArgumentException>(() => FakeSource.Local().Set("a", new object()));
        Assert.Throws<ArgumentNullException>(() => FakeSource.Local().Set("a", null!));
    }

    [Fact]
    public void Its_values_are_hidden_from_debuggers()
    {
        var canary = new Canary();
        canary.ScanDebugger(FakeSource.Remote().Set("a", canary.Value), "the source");
        FieldInfo[] fields = typeof(FakeSource).GetFields(BindingFlags.Instance | BindingFlags.NonPublic);

        canary.AssertUnseen();
        Assert.All(
            fields.Where(f => f.FieldType.GenericTypeArguments.Contains(typeof(object))),
            f => Assert.Equal(DebuggerBrowsableState.Never, f.GetCustomAttribute<DebuggerBrowsableAttribute>()?.State));
    }

    [Theory]
    [InlineData("db", "db.password")]
    [InlineData("db.password", "db.password")]
    [InlineData("api-key", "api_key")]
    [InlineData("section.inner", "section.inner")]
    public void What_is_denied_above_within_or_in_another_spelling_has_the_code_that_was_given(string denied, string read)
    {
        FakeSource source = FakeSource.Local().Set("db.password", "x").Set("api_key", "y").Set("section", new Dictionary<string, object?> { ["inner"] = "z", ["other"] = "w" }).Deny(denied);
        using SecretsStore store = new SecretsBuilder().Add(source).Build();
        Assert.Equal(SecretsErrorCode.AccessDenied, Assert.Throws<SecretsSourceException>(() => store.GetString(read)).Code);
        Assert.Equal("w", store.GetString("section.other"));
    }
}
