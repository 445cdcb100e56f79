using Secrets.Merging;

namespace Secrets.Tests.Merging;

public class WarningLogTests
{
    [Fact]
    public void The_same_warning_is_kept_once_and_in_the_order_in_which_it_arose()
    {
        var log = new WarningLog();
        log.AddOnce(new SecretsWarning(SecretsWarningCode.Source, "m1", "toml", path: null));
        log.AddOnce(new SecretsWarning(SecretsWarningCode.Source, "m2", "toml", path: null));
        log.AddOnce(new SecretsWarning(SecretsWarningCode.Source, "m1", "toml", path: null));
        log.AddOnce(new SecretsWarning(SecretsWarningCode.Source, "m1", "dotenv", path: null));
        log.AddOnce(new SecretsWarning(SecretsWarningCode.UndeclaredRead, "m3", "toml", "a"));
        log.AddOnce(new SecretsWarning(SecretsWarningCode.UndeclaredRead, "m3 in other words", "toml", "a"));
        log.AddOnce(new SecretsWarning(SecretsWarningCode.NotExported, "m3", "toml", "a"));

        Assert.Equal(["m1", "m2", "m1", "m3", "m3"], log.All.Select(w => w.ToString()));
    }

    [Fact]
    public void What_was_given_out_does_not_change()
    {
        var log = new WarningLog();
        log.AddOnce(new SecretsWarning(SecretsWarningCode.Source, "m1", "toml", path: null));
        IReadOnlyList<SecretsWarning> before = log.All;
        log.AddOnce(new SecretsWarning(SecretsWarningCode.Source, "m2", "toml", path: null));

        Assert.Single(before);
    }

    [Fact]
    public void Many_warnings_from_many_threads_are_all_kept_in_linear_time()
    {
        var log = new WarningLog();
        Parallel.For(0, 20_000, i => log.AddOnce(new SecretsWarning(SecretsWarningCode.UndeclaredRead, "m", "toml", $"p{i % 10_000}")));

        Assert.Equal(10_000, log.All.Count);
    }

    [Fact]
    public void There_is_an_end_to_warnings_that_are_worded_anew_each_time()
    {
        var log = new WarningLog();
        for (int i = 0; i < 20_000; i++)
        {
            log.AddOnce(new SecretsWarning(SecretsWarningCode.Source, i.ToString(System.Globalization.CultureInfo.InvariantCulture), "toml", path: null));
        }

        log.Replace("other", [new SecretsWarning(SecretsWarningCode.Source, "m", "toml", path: null)]);

        Assert.Equal(10_000, log.All.Count);
    }

    [Fact]
    public void A_group_says_what_holds_now_and_raises_what_is_new()
    {
        var log = new WarningLog();
        var raised = new List<string>();
        log.Raised = w => raised.Add(w.Message);
        log.Replace("toml", [Failure("1", SecretsErrorCode.Unavailable)]);
        log.Replace("aws", [Failure("2", SecretsErrorCode.AccessDenied), Text("3")]);
        log.Replace("toml", [Failure("4", SecretsErrorCode.Unavailable)]);
        Assert.Equal(["4", "2", "3"], log.All.Select(w => w.Message));
        log.Replace("toml", [Failure("5", SecretsErrorCode.AccessDenied), Text("6")]);
        log.Replace("aws", []);
        log.Replace("aws", []);

        Assert.Equal(["5", "6"], log.All.Select(w => w.Message));
        log.Replace("toml", [Text("6")]);
        log.Replace("toml", [Failure("7", SecretsErrorCode.AccessDenied), Text("6")], isRaised: false);
        log.Raise(Text("8"));
        Assert.Equal(["6", "7"], log.All.Select(w => w.Message));

        // Another text of the same failure is no change of state, another code is.
        Assert.Equal(["1", "2", "3", "5", "6", "8"], raised);
    }

    private static SecretsWarning Failure(string message, SecretsErrorCode code) => new(SecretsWarningCode.RefreshFailed, message, "test", path: null, code);

    private static SecretsWarning Text(string message) => new(SecretsWarningCode.Source, message, "test", path: null);
}
