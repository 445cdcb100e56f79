using Secrets.EnvironmentVariables;

namespace Secrets.Tests.EnvironmentVariables;

/// <summary>The tests that write to the real environment of this process run alone, and under names that nobody else has.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ProcessEnvironment
{
    public const string Name = "process environment";
}

[Collection(ProcessEnvironment.Name)]
public sealed class ProcessEnvironmentBlockTests : IDisposable
{
    private readonly string _name = "secrets_test_" + Guid.NewGuid().ToString("N");

    public void Dispose() => Environment.SetEnvironmentVariable(_name, null);

    [Fact]
    public void It_reads_and_writes_the_variables_of_this_process()
    {
        var block = new ProcessEnvironmentBlock();
        block.Set(_name, "value");

        Assert.Equal("value", block.Get(_name));
        Assert.Equal("value", Environment.GetEnvironmentVariable(_name));
        Assert.Equal("value", block.Read()[_name]);

        block.Set(_name, "");
        Assert.Equal("", block.Get(_name));
        block.Set(_name, null);
        Assert.Null(block.Get(_name));
        Assert.False(block.Read().ContainsKey(_name));
    }

    [Fact]
    public void A_store_exports_to_this_process_and_takes_it_back()
    {
        Environment.SetEnvironmentVariable(_name, "original");
        using (SecretsStore store = new SecretsBuilder()
            .AddInMemory(new Dictionary<string, object?> { [_name] = "exported" }, o => o.ExportToEnvironment = true)
            .Build())
        {
            using SecretsStore reading = new SecretsBuilder().AddEnvironment().Build();

            Assert.Equal(store.GetString(_name), Environment.GetEnvironmentVariable(_name));
            Assert.Equal("original", reading.GetString(_name));
        }

        Assert.Equal("original", Environment.GetEnvironmentVariable(_name));
    }

    [Fact]
    public void AddEnvironment_reads_this_process()
    {
        Environment.SetEnvironmentVariable(_name.ToUpperInvariant(), "value");
        try
        {
            using SecretsStore store = new SecretsBuilder().AddEnvironment().Build();
            using SecretsStore prefixed = new SecretsBuilder().AddEnvironment(_name.ToUpperInvariant()[..^1]).Build();

            Assert.Equal("value", store.GetString(_name));
            Assert.Equal("value", Assert.Single(prefixed).Value.Reveal());
        }
        finally
        {
            Environment.SetEnvironmentVariable(_name.ToUpperInvariant(), null);
        }
    }
}
