using System.Reflection;

namespace Secrets.Remote.Loading;

public class RemoteLimitsTests
{
    [Fact]
    public void Every_limit_of_a_remote_source_is_copied()
    {
        var options = new Options
        {
            CallTimeLimit = TimeSpan.FromSeconds(1),
            LoadTimeLimit = TimeSpan.FromSeconds(2),
            MaxAttempts = 7,
            MaxConcurrentCalls = 8,
            MaxAnswerBytes = 9,
        };
        Options copy = new Options().WithLimitsOf(options);
        Assert.All(
            typeof(RemoteSourceOptions).GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly),
            limit => Assert.Equal(limit.GetValue(options), limit.GetValue(copy)));
    }

    private sealed class Options : RemoteSourceOptions;
}
