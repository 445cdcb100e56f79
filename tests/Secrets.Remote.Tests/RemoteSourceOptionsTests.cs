using System.Reflection;

namespace Secrets.Remote;

public sealed class RemoteSourceOptionsTests
{
    public static TheoryData<string, Action<RemoteSourceOptions>, bool> Rows => new()
    {
        { "", _ => { }, true },
        { "CallTimeLimit", o => o.CallTimeLimit = TimeSpan.FromTicks(1), true },
        { "CallTimeLimit", o => o.CallTimeLimit = TimeSpan.FromDays(1), true },
        { "CallTimeLimit", o => o.CallTimeLimit = TimeSpan.Zero, false },
        { "CallTimeLimit", o => o.CallTimeLimit = TimeSpan.FromDays(1) + TimeSpan.FromTicks(1), false },
        { "LoadTimeLimit", o => o.LoadTimeLimit = TimeSpan.FromDays(1), true },
        { "LoadTimeLimit", o => o.LoadTimeLimit = TimeSpan.FromTicks(-1), false },
        { "MaxAttempts", o => o.MaxAttempts = 1, true },
        { "MaxAttempts", o => o.MaxAttempts = 0, false },
        { "MaxAttempts", o => o.MaxAttempts = 11, false },
        { "MaxConcurrentCalls", o => o.MaxConcurrentCalls = 1024, true },
        { "MaxConcurrentCalls", o => o.MaxConcurrentCalls = 0, false },
        { "MaxConcurrentCalls", o => o.MaxConcurrentCalls = 1025, false },
        { "MaxAnswerBytes", o => o.MaxAnswerBytes = 1, true },
        { "MaxAnswerBytes", o => o.MaxAnswerBytes = 0, false },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void An_option_beyond_its_limits_is_refused_by_name(string option, Action<RemoteSourceOptions> set, bool isValid)
    {
        var options = new Options();
        set(options);
        if (isValid)
        {
            options.Validate("aws");
            return;
        }

        SecretsSourceException failure = Assert.Throws<SecretsSourceException>(() => options.Validate("aws"));
        Assert.Equal((SecretsErrorCode.InvalidConfiguration, "aws"), (failure.Code, failure.SourceName));
        Assert.StartsWith($"Invalid Options: {option} must be ", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_mistakes_are_named_at_once()
    {
        var options = new Options { MaxAttempts = 0, MaxAnswerBytes = 0 };
        Assert.Equal(
            "Invalid Options: MaxAttempts must be from 1 to 10; MaxAnswerBytes must be at least 1.",
            Assert.Throws<SecretsSourceException>(() => options.Validate("aws")).Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("..")]
    [InlineData("a\nb")]
    public void A_name_that_no_store_can_have_is_refused(string name) =>
        Assert.Equal(SecretsErrorCode.InvalidConfiguration, Assert.Throws<SecretsSourceException>(() => new Options().Secret(name)).Code);

    [Fact]
    public void A_source_checks_its_options() => Assert.Equal(
        SecretsErrorCode.InvalidConfiguration, Assert.Throws<SecretsSourceException>(() => new RemoteSource("aws", new EmptyStore(), new Options { MaxAttempts = 0 })).Code);

    [Fact]
    public void A_copy_has_every_limit_and_every_secret()
    {
        var options = new Options
        {
            CallTimeLimit = TimeSpan.FromSeconds(1),
            LoadTimeLimit = TimeSpan.FromSeconds(2),
            MaxAttempts = 7,
            MaxConcurrentCalls = 8,
            MaxAnswerBytes = 9,
        };
        options.Secret("shop");
        Options copy = options.CopyLimitsAndMapTo(new Options());
        Assert.All(
            typeof(RemoteSourceOptions).GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly),
            limit => Assert.Equal(limit.GetValue(options), limit.GetValue(copy)));
        Assert.Equal(options.Map.Secrets, copy.Map.Secrets);
    }

    private sealed class Options : RemoteSourceOptions
    {
        public void Secret(string name) => AddSecret(new RemoteName(name), at: "a");
    }

    private sealed class EmptyStore : IRemoteStore
    {
        public string Place => "nowhere";

        public Task<RemoteSecret?> ReadAsync(RemoteName name, CancellationToken cancellationToken) => Task.FromResult<RemoteSecret?>(null);
    }
}
