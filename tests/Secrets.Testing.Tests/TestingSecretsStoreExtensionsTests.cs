namespace Secrets.Testing.Tests;

public sealed class TestingSecretsStoreExtensionsTests
{
    private static readonly SecretsStore _shared = Chain().Build();

    private static SecretsBuilder Chain() => new SecretsBuilder()
        .AddInMemory(new Dictionary<string, object?> { ["db.user"] = "shop", ["db.password"] = "real", ["port"] = 1 })
        .AddEnvironment(configure: o => o.Variables = new Dictionary<string, string> { ["DB__HOST"] = "variable" });

    private static string? Read(SecretsView view, string path) => view.GetString(path, fallback: null);

    [Fact]
    public void An_override_lasts_until_it_is_disposed()
    {
        using SecretsStore store = Chain().Build();
        SecretsView before = store.Current;
        using (store.With("db.password", "x"))
        {
            dynamic s = store;
            Assert.Equal("x", store["db"]["password"].Reveal());
            Assert.Equal("x", store.GetString("db.password"));
            Assert.Equal("x", (string)s.db.password);
            Assert.Equal("x", store.Current.GetString("db.password"));
            Assert.Equal("x", ((IDictionary<string, object?>)store.RevealAll()["db"]!)["password"]);
            Assert.Equal("shop", store.Get<Credentials>("db").User);
            Assert.Equal("real", before.GetString("db.password"));
            Assert.Same(store.Current, store.Current);
            Assert.StartsWith("override", store["db"]["password"].Origin.ToString(), StringComparison.Ordinal);
            Assert.Contains("memory", store.Explain("db.password").ToString());
        }

        Assert.Equal("real", store.GetString("db.password"));
        Assert.Same(before, store.Current);
    }

    [Fact]
    public async Task Tests_in_parallel_share_a_store()
    {
        string[] seen = await Task.WhenAll(Enumerable.Range(0, 64).Select(i => Task.Run(async () =>
        {
            using IDisposable scope = _shared.With("db.password", FormattableString.Invariant($"test {i}"));
            await Task.Yield();
            string within = await Task.Run(() => _shared.GetString("db.password"));
            await Task.Yield();
            return within + "|" + _shared.GetString("db.password");
        })));

        Assert.Equal(Enumerable.Range(0, 64).Select(i => FormattableString.Invariant($"test {i}|test {i}")), seen);
        Assert.Equal("real", _shared.GetString("db.password"));
    }

    // xunit runs the tests of these two classes at once; each sees its own.
    [Fact]
    public async Task Each_flow_sees_its_own()
    {
        var entered = new TaskCompletionSource();
        var looked = new TaskCompletionSource();
        Task other = Task.Run(async () =>
        {
            using (_shared.With("port", 2))
            {
                entered.SetResult();
                await looked.Task;
                Assert.Equal(2, _shared.Get<int>("port"));
            }
        });
        await entered.Task;

        Assert.Equal(1, _shared.Get<int>("port"));
        looked.SetResult();
        await other;
    }

    [Fact]
    public void Overrides_nest_and_the_innermost_counts()
    {
        using SecretsStore store = Chain().Build();
        using IDisposable outer = store.With([new("db.password", "outer"), new("port", 7)]);
        using (store.With("db.password", "inner"))
        {
            Assert.Equal("inner 7", $"{store.GetString("db.password")} {store.GetString("port")}");
            using (store.With("db", new Dictionary<string, object?> { ["password"] = "section" }))
            {
                Assert.Equal("section", store.GetString("db.password"));
                Assert.False(store.Section("db").ContainsKey("user"));
            }

            Assert.Equal("shop", store.GetString("db.user"));
        }

        Assert.Equal("outer", store.GetString("db.password"));
    }

    [Fact]
    public void An_outer_one_that_ends_first_is_gone()
    {
        using SecretsStore store = Chain().Build();
        IDisposable outer = store.With("port", 7);
        using IDisposable inner = store.With("db.password", "inner");
        outer.Dispose();

        Assert.Equal("inner 1", $"{store.GetString("db.password")} {store.GetString("port")}");
    }

    [Fact]
    public async Task Work_that_outlives_the_override_sees_the_real_value()
    {
        using SecretsStore store = Chain().Build();
        var ended = new TaskCompletionSource();
        Task<string> work;
        using (store.With("db.password", "x"))
        {
            work = Task.Run(async () =>
            {
                await ended.Task;
                return store.GetString("db.password");
            });
        }

        ended.SetResult();
        Assert.Equal("real", await work);
    }

    [Fact]
    public void Null_is_absent_everywhere()
    {
        using SecretsStore store = Chain().Build();
        Assert.Equal("variable", Read(store, "db.host"));
        using (store.With([new("db.password", null), new("db.host", null)]))
        {
            Assert.Null(Read(store, "db.password"));
            Assert.Null(Read(store, "db.host"));
            Assert.Throws<SecretNotFoundException>(() => store.GetString("db.password"));
            Assert.Equal("shop", Read(store, "db.user"));
        }
    }

    [Fact]
    public void It_wins_over_pins_failures_and_last_wins()
    {
        FakeSource denied = FakeSource.Local("denied").Deny("db.token");
        using SecretsStore store = Chain().Add(denied).Pin("db", to: "memory").Pin("db.password", to: "memory")
            .WithPrecedence(SecretsPrecedence.LastWins).Build();

        using (store.With([new("db.password", "x"), new("db.token", "y"), new("db.user.name", "z")]))
        {
            Assert.Equal("x", store.GetString("db.password"));
            Assert.Equal("y", store.GetString("db.token"));
        }

        using (store.With("db", new Dictionary<string, object?> { ["password"] = "all" }))
        {
            Assert.Equal("all", store.GetString("db.password"));
        }
    }

    [Fact]
    public async Task A_refresh_shows_beneath_it()
    {
        FakeSource source = FakeSource.Local().Set("a", "1").Set("b", "1");
        using SecretsStore store = new SecretsBuilder().Add(source).Build();
        using IDisposable scope = store.With("a", "x");
        SecretsView before = store.Current;
        source.Set("a", "2").Set("b", "2");
        await store.RefreshAsync(TestContext.Current.CancellationToken);

        Assert.Equal("x 2", $"{store.GetString("a")} {store.GetString("b")}");
        Assert.Equal("1", before.GetString("b"));
        Assert.Equal("x", (await store.GetFreshAsync("a", TimeSpan.Zero, TestContext.Current.CancellationToken)).Reveal());
    }

    [Fact]
    public void Mistakes_are_found_at_once()
    {
        Assert.Throws<ArgumentException>(() => _shared.With("a..b", 1));
        Assert.Throws<ArgumentException>(() => _shared.With("a", new object()));
        Assert.Throws<ArgumentNullException>(() => _shared.With(null!));
        Assert.Throws<ArgumentNullException>(() => ((SecretsStore)null!).With("a", 1));
    }

    private sealed record Credentials(string User, SecretValue Password);

    public sealed class InParallel
    {
        [Fact]
        public async Task Another_class_overrides_the_same_secret()
        {
            for (int i = 0; i < 100; i++)
            {
                using IDisposable scope = _shared.With("port", 3);
                await Task.Yield();
                Assert.Equal(3, _shared.Get<int>("port"));
            }
        }
    }
}
