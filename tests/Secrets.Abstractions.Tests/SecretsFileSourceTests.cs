using Secrets.Tests.Fakes;

namespace Secrets.Tests;

public sealed class SecretsFileSourceTests : IDisposable
{
    private readonly TempDirectory _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void Later_files_refine_earlier_ones_and_keep_their_lines()
    {
        _temp.Write("a.txt", "user=jane\npassword=low\n");
        _temp.Write("b.txt", "password=high\n");
        using SecretsStore secrets = Build(["a.txt", "b.txt"]);
        Assert.Equal("jane", secrets.GetString("user"));
        Assert.Equal("high", secrets.GetString("password"));
        Assert.Equal(1, secrets["user"].Origin.Line);
        Assert.Contains("a.txt", secrets.Explain("password").ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_builders_project_directory_is_where_relative_paths_begin_whenever_it_is_set()
    {
        _temp.Write("project/a.txt", "user=jane\n");
        var builder = new SecretsBuilder();
        SecretsFileOptions options = Options(["a.txt"]);
        builder.Add(new LinesSource(options, builder), options);
        builder.ProjectDirectory = _temp["project"];
        using SecretsStore secrets = builder.Build();
        Assert.Equal("jane", secrets.GetString("user"));
    }

    [Fact]
    public void Files_that_do_not_exist_make_the_store_missing()
    {
        using SecretsStore secrets = Build(["a.txt"]);
        SecretsFileNotFoundException e = Assert.Throws<SecretsFileNotFoundException>(() => secrets.GetString("user"));
        Assert.Contains(_temp["a.txt"], e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_too_large_and_one_that_is_a_directory_are_reported_together()
    {
        _temp.Write("a.txt", new string('x', 100));
        _temp.Folder("b.txt");
        SecretsSourceException e = Assert.Throws<SecretsSourceException>(() => Build(["a.txt", "b.txt"], o => o.MaxSize = 99));
        Assert.Equal(SecretsErrorCode.InvalidFormat, e.Code);
        Assert.Contains("MaxSize", e.Message, StringComparison.Ordinal);
        Assert.Contains("b.txt is a directory", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Creating_it_reads_nothing_and_checks_the_options()
    {
        Assert.Equal("lines", new LinesSource(Options([_temp["nowhere/a.txt"]])).Name);
        Assert.Throws<SecretsSourceException>(() => new LinesSource(Options([""])));
    }

    [Fact]
    public async Task A_watched_change_is_served_once_a_second_look_finds_the_same()
    {
        _temp.Write("a.txt", "user=jane\n");
        var clock = new ManualTimeProvider();
        SecretsFileOptions options = Options(["a.txt"]);
        await using SecretsStore secrets = await new SecretsBuilder { TimeProvider = clock }.Add(new LinesSource(options), options).Watch().BuildAsync(TestContext.Current.CancellationToken);
        var changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        secrets.Changed += (_, _) => changed.TrySetResult();
        _temp.Write("a.txt", "user=joe\n");
        for (int polls = 0; polls < 10_000 && !changed.Task.IsCompleted; polls++)
        {
            clock.Advance(options.PollInterval);
            await Task.WhenAny(changed.Task, Task.Delay(1, TestContext.Current.CancellationToken));
        }

        Assert.Equal("joe", secrets.GetString("user"));
    }

    private SecretsStore Build(string[] files, Action<SecretsFileOptions>? configure = null)
    {
        SecretsFileOptions options = Options(files);
        configure?.Invoke(options);
        return new SecretsBuilder().Add(new LinesSource(options), options).Build();
    }

    private SecretsFileOptions Options(string[] files) => new() { Files = files, CurrentDirectory = () => _temp.Path, HomeDirectory = "" };

    private sealed class LinesSource(SecretsFileOptions options, SecretsBuilder? builder = null) : SecretsFileSource("lines", options, builder)
    {
        protected override IReadOnlyList<SecretEntry> Read(SecretsFileContent content, SecretsRequest request, CancellationToken cancellationToken) =>
            [.. from line in content.ReadText().Split('\n', StringSplitOptions.RemoveEmptyEntries).Index()
                let pair = line.Item.Split('=', 2)
                select new SecretEntry(SecretPath.Parse(pair[0]), SecretValue.FromText(pair[^1], request.Origin(content.File, line.Index + 1, 1)))];
    }
}
