namespace Secrets.Remote.Loading;

/// <summary>A store with each of the optional abilities, and with none, behind the source that a program adds.</summary>
public sealed class StoreCallsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_store_that_only_reads_is_asked_for_what_is_required()
    {
        var store = new ReadingStore { ["database/password"] = "x" };
        using SecretsStore secrets = await BuildAsync(store, new Options(), "database.password");
        Assert.Equal(("x", "There, database/password"), (secrets.GetString("database.password"), secrets["database"]["password"].Origin.Location));
        Assert.Equal(["read database/password"], store.Calls);
    }

    [Fact]
    public async Task A_store_that_cannot_list_is_not_read_whole()
    {
        SecretsSourceException failure = await Assert.ThrowsAsync<SecretsSourceException>(() => BuildAsync(new ReadingStore(), new Options()));
        Assert.Equal((SecretsErrorCode.InvalidConfiguration, "fake"), (failure.Code, failure.SourceName));
        Assert.Equal("* in There: it cannot list its secrets; name what the program needs with Require.", failure.Message);
    }

    [Fact]
    public async Task A_list_is_read_page_by_page_and_what_it_brings_along_is_not_read_again()
    {
        var store = new ListingStore { ["a"] = "1", ["b"] = "2", ["other"] = "3" };
        using SecretsStore secrets = await BuildAsync(store, new Options().Below(""));
        Assert.Equal(3, secrets.Count);
        Assert.Equal(["list", "list 1", "list 2", "read b", "read other"], store.Calls.Order());
        store.Calls.Clear();
        using SecretsStore below = await BuildAsync(store, new Options().Below("o"));
        Assert.Equal(["ther"], below.Keys);
    }

    [Fact]
    public async Task Secrets_are_read_in_batches_and_one_that_is_left_over_by_itself()
    {
        var store = new BatchingStore { ["a"] = "1", ["b"] = "2", ["c"] = "3", ["d"] = "4" };
        store.Single.Add("d");
        SecretsBuilder chain = new SecretsBuilder().Require("a", "b", "c", "d").Add(Source(store, Named("a", "b", "c", "d", "nope")), new Options());
        int? planned = (await chain.PlanAsync(Token)).Single().Calls;
        using SecretsStore secrets = await chain.BuildAsync(Token);
        Assert.Equal(["1", "2", "3", "4"], "abcd".Select(k => secrets.GetString(k.ToString())));
        Assert.Equal(["read a,b", "read c", "read d"], store.Calls.Order());
        Assert.Equal(store.Calls.Count, planned);
    }

    [Fact]
    public async Task A_batch_that_is_denied_is_read_one_by_one()
    {
        var store = new BatchingStore { ["a"] = "1", ["b"] = "2", BatchFailure = new RemoteHttpException(403) };
        using SecretsStore secrets = await BuildAsync(store, Named("a", "b"));
        Assert.Equal(("1", "2"), (secrets.GetString("a"), secrets.GetString("b")));
        Assert.Equal(["read a", "read a,b", "read b"], store.Calls.Order());
    }

    [Fact]
    public async Task A_batch_says_of_each_secret_what_it_is()
    {
        var store = new BatchingStore { ["a"] = "1", ["b"] = "2", ["c"] = "3", MaxBatchSize = 4 };
        store.Denied.Add("b");
        store.Silent.Add("c");
        using SecretsStore secrets = await BuildAsync(store, Named("a", "b", "c", "nope"));
        Assert.Equal("1", secrets.GetString("a"));
        Assert.False(secrets.ContainsKey("nope"));
        SecretsSourceException denied = Assert.Throws<SecretsSourceException>(() => secrets.GetString("b"));
        Assert.Equal(SecretsErrorCode.AccessDenied, denied.Code);
        Assert.EndsWith("b in There: it is denied; let this program read it.", denied.Message, StringComparison.Ordinal);
        Assert.Equal("3", secrets.GetString("c"));
        Assert.Equal(["read a,b,c,nope", "read c"], store.Calls);
    }

    [Fact]
    public async Task A_secret_that_no_batch_has_is_read_by_itself_and_is_not_absent()
    {
        var store = new BatchingStore { ["a"] = "1", ["b"] = "2", ["c"] = "3" };
        store.Forgotten.Add("c");
        SecretsBuilder chain = new SecretsBuilder().Add(Source(store, Named("a", "b", "c")), new Options()).AddInMemory(new Dictionary<string, string> { ["c"] = "lower" });
        using SecretsStore secrets = await chain.BuildAsync(Token);
        Assert.Equal("3", secrets.GetString("c"));
        Assert.Equal(["read a,b", "read c"], store.Calls.Order());
    }

    [Fact]
    public async Task What_is_current_is_not_read_again_and_what_changed_or_is_gone_is_told()
    {
        var store = new VersionedStore { ["a"] = "1", ["b"] = "2", ["c"] = "3" };
        using SecretsStore secrets = await BuildAsync(store, Named("a", "b", "c"));
        SecretsView before = secrets.Current;
        store.Calls.Clear();
        await secrets.RefreshAsync(Token);
        Assert.Same(before, secrets.Current);
        Assert.Equal(["check a", "check b", "check c"], store.Calls.Order());

        store.Calls.Clear();
        store["b"] = "changed";
        store.Remove("c");
        await secrets.RefreshAsync(Token);
        await secrets.RefreshAsync(Token);
        Assert.Equal(("changed", false), (secrets.GetString("b"), secrets.ContainsKey("c")));
        Assert.DoesNotContain("read a", store.Calls);
        Assert.DoesNotContain("read c", store.Calls.TakeWhile(c => c != "read b"));
    }

    private static RemoteSource Source(IRemoteStore store, Options options) => new("fake", store, options);

    private static Options Named(params string[] names) => names.Aggregate(new Options { MaxConcurrentCalls = 1 }, (o, n) => o.Secret(n));

    private static Task<SecretsStore> BuildAsync(IRemoteStore store, Options options, params string[] required) =>
        new SecretsBuilder().Require(required).Add(Source(store, options), options).BuildAsync(Token);

    private sealed class Options : RemoteSourceOptions
    {
        public Options Secret(string name)
        {
            AddSecret(new RemoteName(name), at: name);
            return this;
        }

        public Options Below(string prefix)
        {
            AddPrefix(prefix);
            return this;
        }
    }

    private class ReadingStore : Dictionary<string, string>, IRemoteStore
    {
        public List<string> Calls { get; } = [];

        public string Place => "There";

        public virtual Task<RemoteSecret?> ReadAsync(RemoteName name, CancellationToken cancellationToken)
        {
            Note("read " + name);
            return Task.FromResult(TryGetValue(name.Name, out string? text) ? new RemoteSecret(text) { Version = text, Stamp = text } : null);
        }

        public string LocationOf(RemoteName name) => "There, " + name;

        protected void Note(string call)
        {
            lock (Calls)
            {
                Calls.Add(call);
            }
        }
    }

    private sealed class ListingStore : ReadingStore, IRemoteListing
    {
        public Task<RemotePage> ListAsync(string prefix, string? pageToken, CancellationToken cancellationToken)
        {
            Note(pageToken is null ? "list" : "list " + pageToken);
            string name = pageToken switch { null => "a", "1" => "b", _ => "other" };
            return Task.FromResult(new RemotePage(
                [new RemoteListedSecret(name) { Secret = name == "a" ? new RemoteSecret(this[name]) : null }], pageToken switch { null => "1", "1" => "2", _ => "" }));
        }
    }

    private sealed class BatchingStore : ReadingStore, IRemoteBatches
    {
        public HashSet<string> Single { get; } = [];

        public HashSet<string> Denied { get; } = [];

        public HashSet<string> Silent { get; } = [];

        public HashSet<string> Forgotten { get; } = [];

        public Exception? BatchFailure { get; init; }

        public int MaxBatchSize { get; init; } = 2;

        public IEnumerable<IReadOnlyList<RemoteName>> Split(IReadOnlyCollection<RemoteName> names) =>
            [.. names.Where(n => !Single.Contains(n.Name) && !Forgotten.Contains(n.Name)).Chunk(MaxBatchSize), .. names.Where(n => Single.Contains(n.Name)).Chunk(1)];

        public Task<IReadOnlyDictionary<RemoteName, RemoteSecret?>> ReadBatchAsync(IReadOnlyList<RemoteName> names, CancellationToken cancellationToken)
        {
            Note("read " + string.Join(',', names.Order(Comparer<RemoteName>.Create((a, b) => string.CompareOrdinal(a.Name, b.Name)))));
            return BatchFailure is not null
                ? throw BatchFailure
                : Task.FromResult<IReadOnlyDictionary<RemoteName, RemoteSecret?>>(names.Where(n => !Silent.Contains(n.Name)).ToDictionary(n => n, n =>
                    Denied.Contains(n.Name) ? RemoteSecret.Unreadable(new RemoteFailure(RemoteFailureKind.Denied, SecretsErrorCode.AccessDenied, "it is denied"))
                    : TryGetValue(n.Name, out string? text) ? new RemoteSecret(text)
                    : null));
        }
    }

    private sealed class VersionedStore : ReadingStore, IRemoteVersions
    {
        public Task<bool> IsCurrentAsync(RemoteName name, string stamp, CancellationToken cancellationToken)
        {
            Note("check " + name);
            return TryGetValue(name.Name, out string? now) ? Task.FromResult(now == stamp) : throw new RemoteHttpException(404, "NoSuchSecret");
        }
    }
}
