using System.Collections.Concurrent;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Secrets.Testing;

namespace Secrets.Hosting.Tests;

/// <summary>Builders and stores for tests: nothing of the machine, a source that does what the test says.</summary>
internal static class Hosts
{
    public static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Gives a builder without files, variables or arguments, which logs to a list.</summary>
    public static HostApplicationBuilder Builder(LogList? log = null, params (string Key, string Value)[] settings)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = "Test" });
        builder.Configuration.AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value)));
        builder.Logging.AddProvider(log ?? new LogList());
        return builder;
    }

    public static FakeSource Source(params (string Path, object Value)[] values)
    {
        FakeSource source = FakeSource.Local();
        foreach ((string path, object value) in values)
        {
            source.Set(path, value);
        }

        return source;
    }

    /// <summary>Waits until handlers that were queued have run. It fails after half a minute, so that a lost call does not hang the run.</summary>
    public static async Task UntilAsync(Func<bool> isDone)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Token);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        while (!isDone())
        {
            await Task.Yield();
            limit.Token.ThrowIfCancellationRequested();
        }
    }
}
