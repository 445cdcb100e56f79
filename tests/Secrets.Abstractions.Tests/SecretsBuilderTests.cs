using System.Collections.Concurrent;
using Secrets.Tests.Fakes;

namespace Secrets.Tests;

public class SecretsBuilderTests
{
    [Theory]
    [InlineData("toml", "toml")]
    [InlineData("toml, toml, toml", "toml, toml#2, toml#3")]
    [InlineData("toml, aws, toml", "toml, aws, toml#2")]
    // A given name is kept; the others take what is left.
    [InlineData("toml:prod, toml", "prod, toml")]
    [InlineData("toml, aws:toml", "toml#2, toml")]
    [InlineData("toml, aws:toml#2, toml", "toml, toml#2, toml#3")]
    public void A_source_has_its_own_name_or_its_kinds_with_a_number(string added, string names)
    {
        var builder = new SecretsBuilder();
        foreach (string[] source in added.Split(", ").Select(s => s.Split(':')))
        {
            builder.Add(new FakeSource(source[0], ""), source.Length > 1 ? o => o.Name = source[1] : null);
        }

        using SecretsStore store = builder.Build();

        Assert.Equal(names, string.Join(", ", store.Sources.Select(s => s.Name)));
    }

    [Fact]
    public void The_project_directory_is_made_absolute_and_the_environment_s_name_is_kept_as_it_is()
    {
        Assert.Equal((null, null), (new SecretsBuilder().ProjectDirectory, new SecretsBuilder().EnvironmentName));
        var builder = new SecretsBuilder { ProjectDirectory = "a" + Path.DirectorySeparatorChar, EnvironmentName = "Test" };
        Assert.Equal((Path.GetFullPath("a"), "Test"), (builder.ProjectDirectory, builder.EnvironmentName));

        Assert.Throws<ArgumentException>("value", () => builder.ProjectDirectory = " ");
        Assert.Throws<ArgumentException>("value", () => builder.ProjectDirectory = "a\0b");
        builder.Build().Dispose();
        Assert.Throws<InvalidOperationException>(() => builder.ProjectDirectory = "b");
        Assert.Throws<InvalidOperationException>(() => builder.EnvironmentName = "Other");
    }

    [Fact]
    public void A_second_source_of_a_kind_is_named_so_in_origins()
    {
        using SecretsStore store = Chains.Of(new FakeSource("toml", "a = 1"), new FakeSource("toml", "b = 2")).Build();

        Assert.Equal("toml#2 toml#2:b", store["b"].Origin.ToString());
    }

    [Fact]
    public void A_name_that_is_used_twice_is_refused_when_it_is_added()
    {
        SecretsBuilder builder = new SecretsBuilder().Add(new FakeSource("toml", ""), o => o.Name = "prod");

        SecretsSourceException mistake = Assert.Throws<SecretsSourceException>(() => builder.Add(new FakeSource("aws", ""), o => o.Name = "prod"));

        Assert.Equal(SecretsErrorCode.InvalidConfiguration, mistake.Code);
        Assert.Equal("Two sources are named prod; give one of them another name.", mistake.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    public void An_empty_name_is_refused(string name)
    {
        SecretsSourceException mistake = Assert.Throws<SecretsSourceException>(() => new SecretsBuilder().Add(new FakeSource("toml", ""), o => o.Name = name));

        Assert.Equal(SecretsErrorCode.InvalidConfiguration, mistake.Code);
        Assert.Contains("Name", mistake.Message);
    }

    [Fact]
    public void Null_is_refused_by_the_name_of_its_parameter()
    {
        var builder = new SecretsBuilder();

        Assert.Throws<ArgumentNullException>("source", () => builder.Add((ISecretsSource)null!));
        Assert.Throws<ArgumentNullException>("options", () => builder.Add(new FakeSource("a", ""), (SecretsSourceOptions)null!));
        Assert.Throws<ArgumentNullException>("factory", () => builder.Add((Func<SecretsView, ISecretsSource>)null!));
        Assert.Throws<ArgumentNullException>("values", () => builder.AddInMemory(null!));
        Assert.Throws<ArgumentNullException>("paths", () => builder.Require(null!));
        Assert.Throws<ArgumentNullException>("to", () => builder.Pin("a", null!));
        Assert.Throws<ArgumentNullException>("value", () => builder.TimeProvider = null!);
    }

    public static TheoryData<string, Action<SecretsBuilder>> Changes => new()
    {
        { "Add", b => b.Add(new FakeSource("x", "")) },
        { "Add with options", b => b.Add(new FakeSource("x", ""), new SecretsSourceOptions()) },
        { "Add of a function", b => b.Add(_ => new FakeSource("x", "")) },
        { "AddEnvironment", b => b.AddVariables("") },
        { "AddInMemory", b => b.AddInMemory([]) },
        { "Require", b => b.Require("a") },
        { "Require of a type", b => b.Require<Token>("a") },
        { "WithPrecedence", b => b.WithPrecedence(SecretsPrecedence.LastWins) },
        { "Pin", b => b.Pin("a", "memory") },
        { "KeyComparison", b => b.KeyComparison = KeyComparison.Ordinal },
        { "UndeclaredReads", b => b.UndeclaredReads = UndeclaredReads.Throw },
        { "TimeProvider", b => b.TimeProvider = TimeProvider.System },
    };

    [Theory]
    [MemberData(nameof(Changes), DisableDiscoveryEnumeration = true)]
    public async Task A_builder_is_frozen_by_its_first_build_and_not_by_a_plan(string member, Action<SecretsBuilder> change)
    {
        SecretsBuilder planned = Chains.Of(new FakeSource("memory", "a.value = 1"));
        _ = await planned.PlanAsync(TestContext.Current.CancellationToken);
        change(planned);

        SecretsBuilder built = Chains.Of(new FakeSource("memory", "a.value = 1"));
        built.Build().Dispose();

        InvalidOperationException refusal = Assert.Throws<InvalidOperationException>(() => change(built));
        Assert.True(refusal.Message.Contains("is frozen; make another builder for another chain", StringComparison.Ordinal), member);
    }

    [Fact]
    public void A_failed_build_does_not_freeze_and_can_be_corrected_and_tried_again()
    {
        bool fails = true;
        SecretsBuilder builder = Chains.Of(new FakeSource("x", r => fails ? throw new SecretsSourceException(SecretsErrorCode.Unavailable, "down") : new SecretsBatch(FakeContent.Read("a = 1", r))));
        Assert.Throws<SecretsSourceException>(builder.Build);
        Assert.Throws<SecretNotFoundException>(() => Unlock().Require("b").Build());
        using SecretsStore store = builder.AddInMemory(new Dictionary<string, object?> { ["b"] = "2" }).Build();

        Assert.Equal("1 2", store.GetString("a") + " " + store.GetString("b"));
        Assert.Throws<InvalidOperationException>(() => builder.Require("c"));

        SecretsBuilder Unlock()
        {
            fails = false;
            return builder;
        }
    }

    [Fact]
    public async Task A_cancelled_build_and_a_plan_do_not_freeze()
    {
        SecretsBuilder builder = Chains.Of(new FakeSource("x", "a = 1"));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => builder.BuildAsync(new CancellationToken(canceled: true)));
        await builder.PlanAsync(TestContext.Current.CancellationToken);
        using SecretsStore store = await builder.Require("a").BuildAsync(TestContext.Current.CancellationToken);

        Assert.Equal("1", store.GetString("a"));
    }

    public static TheoryData<string?, string> NamesThatAreNone => new()
    {
        { null, "its Name is null" },
        { "throws", "its Name throws System.InvalidOperationException" },
        { "", "The name of a source is empty" },
        { " \t", "The name of a source is empty" },
        { "vault\n  toml: has it", "The name of a source is \"vault\\n  toml: has it\"" },
        { "aws\u202Esaw", "The name of a source is \"aws\\u202Esaw\"" },
    };

    [Theory]
    [MemberData(nameof(NamesThatAreNone))]
    public void A_source_without_a_usable_name_is_refused_when_it_is_added(string? name, string message)
    {
        var builder = new SecretsBuilder();
        var source = new NamedSource(() => name == "throws" ? throw new InvalidOperationException("value") : name!);

        SecretsSourceException refusal = Assert.Throws<SecretsSourceException>(() => builder.Add(source));

        Assert.Equal(SecretsErrorCode.InvalidConfiguration, refusal.Code);
        Assert.Contains(message, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("value", refusal.Message, StringComparison.Ordinal);
        using SecretsStore store = builder.Add(source, o => o.Name = "named").Build();
        Assert.Equal("named", Assert.Single(store.Sources).Name);
    }

    [Theory]
    [InlineData("a\nb")]
    [InlineData("a\u0085b")]
    [InlineData("a\u2028b")]
    public void A_name_given_by_the_options_has_no_line_breaks_either(string name) => Assert.Equal(
        SecretsErrorCode.InvalidConfiguration,
        Assert.Throws<SecretsSourceException>(() => new SecretsBuilder().Add(new FakeSource("x", ""), o => o.Name = name)).Code);

    [Theory]
    [InlineData("db", "db")]
    [InlineData("api_key", "\"api_key\"")]
    public void A_path_is_pinned_once(string path, string again)
    {
        SecretsBuilder builder = Chains.Of(new FakeSource("x", ""), new FakeSource("y", "")).Pin(path, "x");

        SecretsSourceException refusal = Assert.Throws<SecretsSourceException>(() => builder.Pin(again, "y"));

        Assert.Equal(SecretsErrorCode.InvalidConfiguration, refusal.Code);
        Assert.Equal($"{path} is pinned twice: {path} is pinned to x already. Remove one of the pins.", refusal.Message);
        builder.Build().Dispose();
    }

    [Fact]
    public void Two_pins_of_equal_keys_are_found_under_the_comparison_that_the_chain_has_in_the_end()
    {
        SecretsBuilder ordinal = Chains.Of(new FakeSource("x", ""), new FakeSource("y", ""));
        ordinal.KeyComparison = KeyComparison.Ordinal;
        ordinal.Pin("api_key", "x").Pin("ApiKey", "y").Build().Dispose();

        SecretsBuilder late = Chains.Of(new FakeSource("x", ""), new FakeSource("y", ""));
        late.KeyComparison = KeyComparison.Ordinal;
        late.Pin("api_key", "x").Pin("ApiKey", "y").KeyComparison = KeyComparison.Equivalent;

        Assert.StartsWith("ApiKey is pinned twice: api_key is pinned to x already.", Assert.Throws<SecretsSourceException>(late.Build).Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, Action<SecretsBuilder, string>> MembersThatDeclarePaths => new()
    {
        { "Require", (b, path) => b.Require(path) },
        { "Require<T>", (b, path) => b.Require<Leaf>(path) },
        { "Pin", (b, path) => b.Pin(path, "x") },
    };

    [Theory]
    [MemberData(nameof(MembersThatDeclarePaths))]
    public void A_path_has_at_most_256_keys(string member, Action<SecretsBuilder, string> declare)
    {
        _ = member;
        SecretsBuilder builder = Chains.Of(new FakeSource("x", ""));
        foreach (int keys in new[] { 257, 50_000 })
        {
            SecretsSourceException refusal = Assert.Throws<SecretsSourceException>(() => declare(builder, Deep(keys)));

            Assert.Equal(SecretsErrorCode.InvalidConfiguration, refusal.Code);
            Assert.Equal($"A path has {keys} keys, and at most 256 are allowed; it begins with a.a.a.a. Use a shorter path.", refusal.Message);
        }

        declare(builder, Deep(255));
        _ = Record.Exception(() => builder.Build().Dispose());
    }

    [Fact]
    public void The_members_of_a_required_type_count_towards_the_limit()
    {
        SecretsBuilder builder = Chains.Of(new FakeSource("x", ""));

        Assert.Equal(SecretsErrorCode.InvalidConfiguration, Assert.Throws<SecretsSourceException>(() => builder.Require<Leaf>(Deep(256))).Code);
        Assert.IsType<SecretNotFoundException>(Record.Exception(() => builder.Require<Leaf>(Deep(255)).Build()));
    }

    private static string Deep(int keys) => string.Join('.', Enumerable.Repeat("a", keys));

    [Fact]
    public void Each_build_gives_another_store_of_the_same_chain()
    {
        var source = new FakeSource("x", "a = 1");
        SecretsBuilder builder = Chains.Of(source);
        using SecretsStore one = builder.Build(), two = builder.Build();

        Assert.NotSame(one, two);
        Assert.Equal(2, source.Threads.Count);
        Assert.Equal(Chains.Show(one), Chains.Show(two));
    }

    [Fact]
    public void A_chain_without_sources_gives_an_empty_store()
    {
        using SecretsStore store = new SecretsBuilder().Build();

        Assert.Empty(store);
        Assert.Empty(store.Sources);
    }

    [Theory]
    [InlineData("secrets", "toml, aws", "db is pinned to secrets, and no source has this name; the chain has toml, aws.")]
    [InlineData("AWS", "toml, aws", "db is pinned to AWS, and no source has this name; the chain has toml, aws.")]
    [InlineData("aws", "toml, toml", "db is pinned to aws, and no source has this name; the chain has toml, toml#2.")]
    [InlineData("aws", "", "db is pinned to aws, and no source has this name; the chain has none.")]
    public async Task A_pin_to_an_unknown_source_is_refused_by_the_build_and_by_the_plan(string target, string sources, string message)
    {
        FakeSource[] chain = [.. sources.Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(s => new FakeSource(s, ""))];
        SecretsBuilder builder = Chains.Of(chain).Pin("db", target);

        SecretsSourceException mistake = Assert.Throws<SecretsSourceException>(builder.Build);

        Assert.Equal((SecretsErrorCode.InvalidConfiguration, message), (mistake.Code, mistake.Message));
        Assert.Equal(message, (await Assert.ThrowsAsync<SecretsSourceException>(() => builder.PlanAsync())).Message);
        Assert.All(chain, source => Assert.Empty(source.Threads));
        builder.Add(new FakeSource(target, ""), o => o.Name = target);
        builder.Build().Dispose();
    }

    [Fact]
    public void A_pin_may_name_a_source_that_is_added_later()
    {
        using SecretsStore store = new SecretsBuilder().Pin("a", "late").Add(new FakeSource("early", "a = 1")).Add(new FakeSource("late", "a = 2")).Build();

        Assert.Equal("a=2@late", Chains.Show(store));
    }

    [Theory]
    [InlineData("a..b")]
    [InlineData("")]
    [InlineData("a b")]
    public void A_text_that_is_no_path_is_refused_at_once_and_changes_nothing(string path)
    {
        SecretsBuilder builder = Chains.Of(new FakeSource("memory", ""));

        Assert.Throws<ArgumentException>(() => builder.Require("missing", path));
        Assert.Throws<ArgumentException>(() => builder.Require<Token>(path));
        Assert.Throws<ArgumentException>(nameof(path), () => builder.Pin(path, "memory"));
        builder.Build().Dispose();
    }

    [Fact]
    public void A_type_that_is_one_value_needs_the_path_that_holds_it()
    {
        ArgumentException mistake = Assert.Throws<ArgumentException>(() => new SecretsBuilder().Require<string>());

        Assert.Contains("name the path that holds it", mistake.Message);
        Assert.Throws<SecretNotFoundException>(new SecretsBuilder().Require<string>("a").Build);
    }

    [Fact]
    public void A_value_of_no_enumeration_is_refused_with_those_that_are()
    {
        var builder = new SecretsBuilder();

        Assert.Throws<ArgumentOutOfRangeException>("precedence", () => builder.WithPrecedence((SecretsPrecedence)9));
        Assert.Throws<ArgumentOutOfRangeException>("sections", () => builder.WithPrecedence(SecretsPrecedence.LastWins, (SectionMerge)9));
        Assert.Throws<ArgumentOutOfRangeException>("value", () => builder.UndeclaredReads = (UndeclaredReads)9);
        Assert.Contains(
            "The value is not defined. Use one of Equivalent, Ordinal.",
            Assert.Throws<ArgumentOutOfRangeException>("value", () => builder.KeyComparison = (KeyComparison)9).Message);
    }

    [Fact]
    public void The_defaults_are_as_documented()
    {
        var builder = new SecretsBuilder();

        Assert.Equal(KeyComparison.Equivalent, builder.KeyComparison);
        Assert.Equal(UndeclaredReads.Warn, builder.UndeclaredReads);
        Assert.Same(TimeProvider.System, builder.TimeProvider);
    }

    [Fact]
    public void What_a_source_warns_of_is_in_the_stores_warnings()
    {
        using SecretsStore store = Chains.Of(new FakeSource("toml", _ => new SecretsBatch([]) { Warnings = ["Others can read secrets.toml.", "Others can read secrets.toml."] })).Build();

        SecretsWarning warning = Assert.Single(store.Warnings);
        Assert.Equal((SecretsWarningCode.Source, "toml", "Others can read secrets.toml."), (warning.Code, warning.SourceName, warning.Message));
    }

    [Fact]
    public void A_local_chain_is_built_on_the_calling_thread()
    {
        var source = new FakeSource("toml", "a = 1");
        using SecretsStore store = Chains.Of(source, new FakeSource("memory", "")).AddVariables("").Require("a").Build();

        Assert.Equal(Environment.CurrentManagedThreadId, Assert.Single(source.Threads));
    }

    [Fact]
    public void Build_does_not_deadlock_under_a_synchronisation_context_and_puts_it_back()
    {
        using var context = new OneThread();

        context.Run(() =>
        {
            using SecretsStore store = Chains.Of(new FakeSource("toml", ""), new FakeRemoteSource("aws", "a = 1") { Before = async _ => await Task.Yield() }).Build();
            Assert.Equal("1", store.GetString("a"));
            Assert.Same(context, SynchronizationContext.Current);
        });
    }

    [Fact]
    public void Build_puts_the_synchronisation_context_back_when_it_fails()
    {
        using var context = new OneThread();

        context.Run(() =>
        {
            Assert.Throws<SecretsSourceException>(Chains.Of(FakeRemoteSource.Failing("aws", SecretsErrorCode.Unavailable)).Build);
            Assert.Same(context, SynchronizationContext.Current);
        });
    }

    [Fact]
    public async Task Build_does_not_deadlock_under_a_task_scheduler_of_one_thread()
    {
        var scheduler = new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler;
        string read = await Task.Factory.StartNew(
            () =>
            {
                using SecretsStore store = Chains.Of(new FakeRemoteSource("aws", "a = 1") { Before = async _ => await Task.Yield() }).Build();
                return store.GetString("a");
            },
            TestContext.Current.CancellationToken,
            TaskCreationOptions.None,
            scheduler);

        Assert.Equal("1", read);
    }

    [Fact]
    public void A_source_is_made_from_what_the_ones_before_it_gave()
    {
        var vault = new FakeRemoteSource("vault", "db.password = 2");
        string? token = null;
        using SecretsStore store = Chains.Of(new FakeSource("toml", "vault.token = t"))
            .Add(view =>
            {
                token = view.GetString("vault.token");
                return vault;
            })
            .Add(new FakeSource("after", "later = 1"))
            .Require("db.password")
            .Build();

        Assert.Equal("t", token);
        Assert.Equal("db.password", vault.Asked);
        Assert.Equal("2", store.GetString("db.password"));
        Assert.Empty(store.Warnings);
    }

    [Fact]
    public void A_made_source_sees_remote_ones_of_higher_precedence_and_variables_and_none_that_are_added_after_it()
    {
        string? seen = null;
        using SecretsStore store = Chains.Of(new FakeRemoteSource("aws", "token = t"))
            .AddVariables("FROM_ENV=e")
            .Add(view =>
            {
                seen = $"{Chains.Read(view, "token")} {Chains.Read(view, "from_env")} {Chains.Read(view, "later")}";
                return new FakeRemoteSource("vault", "x = 1");
            })
            .Add(new FakeSource("after", "later = 1"))
            .Build();

        Assert.Equal("t e -", seen);
        Assert.Equal("1", store.GetString("x"));
    }

    [Fact]
    public void A_source_that_need_not_be_asked_is_not_made()
    {
        SecretsBuilder builder = Chains.Of(new FakeSource("toml", "db.password = 1"))
            .Add(view => new FakeRemoteSource(view.GetString("vault.token")), o => o.Name = "vault").Require("db.password");

        using SecretsStore store = builder.Build();

        Assert.Equal(SecretsSourceState.NotAsked, store.Sources[1].State);
        Assert.True(store.Sources[1].IsRemote);
    }

    [Fact]
    public void A_source_whose_making_lacks_a_secret_says_which()
    {
        SecretsBuilder builder = Chains.Of(new FakeSource("toml", "")).Add(view => new FakeRemoteSource(view.GetString("vault.token")), o => o.Name = "vault").Require("a");

        SecretNotFoundException miss = Assert.Throws<SecretNotFoundException>(builder.Build);

        Assert.Equal(["vault.token"], miss.Paths);
        Assert.StartsWith("Source 'vault' could not be created: vault.token was not found.", miss.Message);
    }

    [Fact]
    public void What_the_making_of_a_source_throws_is_not_passed_on_because_it_may_quote_a_secret()
    {
        SecretsBuilder builder = new SecretsBuilder().Add(_ => throw new UriFormatException("hunter2"), o => o.Name = "vault");

        SecretsSourceException failure = Assert.Throws<SecretsSourceException>(builder.Build);

        Assert.Equal("vault", failure.SourceName);
        Assert.Contains("System.UriFormatException", failure.Message);
        Assert.DoesNotContain("hunter2", failure.ToString());
    }

    [Fact]
    public void A_function_that_makes_no_source_is_a_mistake_of_the_chain()
    {
        SecretsSourceException mistake = Assert.Throws<SecretsSourceException>(new SecretsBuilder().Add(_ => null!).Build);

        Assert.Equal((SecretsErrorCode.InvalidConfiguration, "Source 'created' could not be created: its function returned null; let it return a source."), (mistake.Code, mistake.Message));
    }

    [Fact]
    public void A_made_source_is_made_anew_by_each_build()
    {
        int made = 0;
        SecretsBuilder builder = new SecretsBuilder().Add(_ => new FakeSource("x", $"a = {++made}"));
        using SecretsStore one = builder.Build(), two = builder.Build();

        Assert.Equal(("1", "2"), (one.GetString("a"), two.GetString("a")));
    }

    private sealed record Token(string Value);

    /// <summary>A context whose continuations run on one thread, as a window's do: blocking that thread on one of them would never end.</summary>
    private sealed record Leaf(string Value);

    private sealed class NamedSource(Func<string> name) : ISecretsSource
    {
        public string Name => name();

        public ValueTask<SecretsBatch> LoadAsync(SecretsRequest request, CancellationToken cancellationToken) => ValueTask.FromResult(SecretsBatch.Empty);
    }

    private sealed class OneThread : SynchronizationContext, IDisposable
    {
        private readonly BlockingCollection<(SendOrPostCallback Callback, object? State)> _posted = [];

        public override void Post(SendOrPostCallback d, object? state) => _posted.Add((d, state));

        public void Run(Action action)
        {
            Exception? failure = null;
            var thread = new Thread(() =>
            {
                SetSynchronizationContext(this);
                failure = Record.Exception(action);
                _posted.CompleteAdding();
            })
            { IsBackground = true };
            thread.Start();
            Assert.True(thread.Join(TimeSpan.FromMinutes(1)), "the thread is deadlocked");
            Assert.Null(failure);
        }

        public void Dispose() => _posted.Dispose();
    }
}
