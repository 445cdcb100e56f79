using System.Diagnostics;
using System.Reflection;
using Secrets.Redaction;
using Secrets.Tests.Fakes;

namespace Secrets.Tests.Redaction;

public sealed class SecretsViewDebugViewTests
{
    [Fact]
    public void A_debugger_shows_the_entries_masked()
    {
        using SecretsStore store = Stores.Of(("a", "x"), ("b.c", 1));

        Assert.Equal(["[a, ***]", "[b, ***]"], new SecretsViewDebugView(store).Entries.Select(e => e.ToString()));
        Assert.All(
            new[] { typeof(SecretsView), typeof(SecretsStore) },
            type => Assert.Contains(nameof(SecretsViewDebugView), type.GetCustomAttribute<DebuggerTypeProxyAttribute>(inherit: false)!.ProxyTypeName, StringComparison.Ordinal));
    }
}
