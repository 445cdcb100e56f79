using System.Collections;
using Secrets.Tests.Fakes;

namespace Secrets.DotEnv.Tests;

/// <summary>The few tests that look at this process's own environment. No other test runs beside them.</summary>
[CollectionDefinition(nameof(ProcessEnvironment), DisableParallelization = true)]
public static class ProcessEnvironment;

[Collection(nameof(ProcessEnvironment))]
public sealed class ProcessEnvironmentTests : IDisposable
{
    private readonly TempDirectory _temp = new();
    private readonly string _name = "SECRETS_TEST_" + Guid.NewGuid().ToString("N");

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void The_process_environment_is_read_and_never_written()
    {
        string file = _temp.Write(".env", $"{_name}_A=a\n{_name}=file\n{_name}_B=\"${{{_name}}} $PATH \\x41\"\n{_name}_C=$SECRETS_NOPE\nPATH=file");
        Environment.SetEnvironmentVariable(_name, "process");
        string before = Variables();
        string path = Environment.GetEnvironmentVariable("PATH")!;
        try
        {
            Assert.Throws<SecretsFormatException>(() => new SecretsBuilder().AddDotEnv(file).Build());
            Assert.Equal(before, Variables());

            using SecretsStore secrets = new SecretsBuilder().AddDotEnv(file, o => o.AllowUnsetReferences = true).AddEnvironment().Build();

            Assert.Equal($"file {path} A", secrets.GetString(_name + "_B"));
            Assert.Equal(before, Variables());
        }
        finally
        {
            Environment.SetEnvironmentVariable(_name, null);
        }
    }

    [Fact]
    public void Export_is_there_for_who_asks_for_it_and_is_taken_back()
    {
        string file = _temp.Write(".env", $"{_name}=file\n{_name}_S__X=1");
        string before = Variables();
        using (SecretsStore secrets = new SecretsBuilder().AddDotEnv(file, o => o.ExportToEnvironment = true).Build())
        {
            Assert.Equal("file", Environment.GetEnvironmentVariable(_name));
            Assert.Null(Environment.GetEnvironmentVariable(_name + "_S__X"));
        }

        Assert.Equal(before, Variables());
    }

    [Fact]
    public void A_lookup_without_options_goes_to_the_process()
    {
        Assert.Equal(Environment.CurrentDirectory, new DotEnvOptions().CurrentDirectory());
        Assert.Equal(Environment.GetEnvironmentVariable("PATH"), new SecretsRequest("dotenv").GetEnvironmentVariable("PATH"));
    }

    [Fact]
    public async Task A_reference_means_the_variable_and_not_what_the_store_itself_exported_over_it()
    {
        using var here = new Workspace();
        Environment.SetEnvironmentVariable(_name, "original");
        try
        {
            here.WriteEnv($"URL=http://${_name}/\n{_name}=file\n");
            await using SecretsStore secrets = new SecretsBuilder().AddDotEnv(o =>
            {
                o.CurrentDirectory = () => here.Project;
                o.HomeDirectory = here.Home;
                o.ExportToEnvironment = true;
            }).Build();
            Assert.Equal("file", Environment.GetEnvironmentVariable(_name));
            await secrets.RefreshAsync(TestContext.Current.CancellationToken);
            Assert.Equal("http://original/", secrets.GetString("URL"));
        }
        finally
        {
            Environment.SetEnvironmentVariable(_name, null);
        }
    }

    private static string Variables() => string.Join(
        '\n', Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(v => $"{v.Key}={v.Value}").Order(StringComparer.Ordinal));
}
