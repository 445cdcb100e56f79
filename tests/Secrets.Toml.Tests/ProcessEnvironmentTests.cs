using Secrets.Tests.Fakes;

namespace Secrets.Toml.Tests;

/// <summary>The few tests that touch this process's own environment. No other test runs beside them.</summary>
[CollectionDefinition(nameof(ProcessEnvironment), DisableParallelization = true)]
public static class ProcessEnvironment;

[Collection(nameof(ProcessEnvironment))]
public sealed class ProcessEnvironmentTests : IDisposable
{
    private readonly TempDirectory _temp = new();
    private readonly string _name = "secrets_test_" + Guid.NewGuid().ToString("N");

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void AddToml_alone_reads_what_SECRETS_FILES_lists_and_exports_to_the_process()
    {
        string file = _temp.Write("my.toml", $"{_name} = 'from the file'\n{_name}_number = 0x10\n{_name}_flag = true");
        string? before = Environment.GetEnvironmentVariable("SECRETS_FILES");
        Environment.SetEnvironmentVariable("SECRETS_FILES", file);
        Environment.SetEnvironmentVariable(_name, "original");
        try
        {
            using (SecretsStore secrets = new SecretsBuilder().AddToml().AddEnvironment().Build())
            {
                Assert.Equal("from the file", secrets.GetString(_name));
                Assert.Equal(secrets.GetString(_name), Environment.GetEnvironmentVariable(_name));
                Assert.Equal("16", Environment.GetEnvironmentVariable(_name + "_number"));
                Assert.Null(Environment.GetEnvironmentVariable(_name + "_flag"));
                Assert.Equal(file, secrets[_name].Origin.File);
            }

            Assert.Equal("original", Environment.GetEnvironmentVariable(_name));
            Assert.Null(Environment.GetEnvironmentVariable(_name + "_number"));
        }
        finally
        {
            Environment.SetEnvironmentVariable("SECRETS_FILES", before);
            Environment.SetEnvironmentVariable(_name, null);
        }
    }

    [Fact]
    public void AddTomlFromEnvironment_reads_the_process()
    {
        Environment.SetEnvironmentVariable(_name, "a = 'box'");
        try
        {
            using SecretsStore secrets = new SecretsBuilder().AddTomlFromEnvironment(_name, o => o.ExportToEnvironment = false).Build();

            Assert.Equal("box", secrets.GetString("a"));
        }
        finally
        {
            Environment.SetEnvironmentVariable(_name, null);
        }
    }

    [Fact]
    public void An_empty_value_is_an_empty_variable()
    {
        using SecretsStore secrets = new SecretsBuilder().AddTomlText($"{_name} = ''").Build();

        Assert.Equal("", Environment.GetEnvironmentVariable(_name));
    }

    [Fact]
    public async Task A_current_directory_that_changes_and_goes_takes_no_secret_away()
    {
        string project = _temp.Folder("project");
        _temp.Write("project/.secrets/secrets.toml", "a = 'found'");
        _temp.Write("project/b.toml", "b = 'listed'");
        _temp.Write("project/secrets/c", "mounted");
        _temp.Write("other/.secrets/secrets.toml", "a = 'another project'");
        string absolute = _temp.Write("elsewhere/d.toml", "d = 'absolute'");
        string before = Environment.CurrentDirectory;
        try
        {
            Environment.CurrentDirectory = project;
            await using SecretsStore secrets = new SecretsBuilder().AddToml(Quiet).AddToml("b.toml", Quiet).AddDirectory("secrets").AddToml(absolute, Quiet).Build();
            Environment.CurrentDirectory = _temp["other"];
            await secrets.RefreshAsync(TestContext.Current.CancellationToken);
            Assert.Equal("found listed mounted absolute", $"{secrets.GetString("a")} {secrets.GetString("b")} {secrets.GetString("c")} {secrets.GetString("d")}");

            if (!OperatingSystem.IsWindows())
            {
                Environment.CurrentDirectory = _temp.Folder("gone");
                Directory.Delete(_temp["gone"]);
                await secrets.RefreshAsync(TestContext.Current.CancellationToken);
                Assert.Equal("found listed mounted absolute", $"{secrets.GetString("a")} {secrets.GetString("b")} {secrets.GetString("c")} {secrets.GetString("d")}");

                await using SecretsStore built = new SecretsBuilder().AddToml(absolute, Quiet).AddDirectory(_temp["project/secrets"]).AddToml(Quiet).AddEnvironment().Build();
                await built.RefreshAsync(TestContext.Current.CancellationToken);
                Assert.Equal("absolute mounted", $"{built.GetString("d")} {built.GetString("c")}");
                Assert.Contains(built.Warnings, w => w.SourceName == "toml#2" && w.Message.StartsWith("The current directory of this process does not exist", StringComparison.Ordinal));
                Assert.Throws<SecretsSourceException>(() => new SecretsBuilder().AddToml("b.toml", Quiet).Build());
                Assert.Throws<SecretsSourceException>(() => new SecretsBuilder().AddToml(o => o.ProjectDirectory = "p"));
                Assert.Throws<SecretsSourceException>(() => new SecretsBuilder().AddDirectory("secrets").Build());
                Assert.Throws<ArgumentException>("value", () => new SecretsBuilder { ProjectDirectory = "p" });
            }
        }
        finally
        {
            Environment.CurrentDirectory = before;
        }

        static void Quiet(TomlOptions options) => (options.ExportToEnvironment, options.HomeDirectory, options.ApplicationDirectory) = (false, "", "");
    }

    [Fact]
    public void A_lookup_without_options_goes_to_the_process()
    {
        var options = new TomlOptions();

        Assert.Equal(Environment.CurrentDirectory, options.CurrentDirectory());
        Assert.Equal(AppContext.BaseDirectory, options.ApplicationDirectory);
        Assert.Equal(Environment.GetEnvironmentVariable("PATH"), options.Variable("PATH"));
    }
}
