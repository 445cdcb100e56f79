using Secrets.Merging;

namespace Secrets.Tests.Merging;

public class WarningLogTests
{
    [Fact]
    public void The_same_warning_is_kept_once_and_in_the_order_in_which_it_arose()
    {
        var log = new WarningLog();
        log.AddOnce(SecretsWarningCode.Source, "m1", "toml", path: null);
        log.AddOnce(SecretsWarningCode.Source, "m2", "toml", path: null);
        log.AddOnce(SecretsWarningCode.Source, "m1", "toml", path: null);
        log.AddOnce(SecretsWarningCode.Source, "m1", "dotenv", path: null);
        log.AddOnce(SecretsWarningCode.UndeclaredRead, "m3", "toml", "a");
        log.AddOnce(SecretsWarningCode.UndeclaredRead, "m3 in other words", "toml", "a");
        log.AddOnce(SecretsWarningCode.NotExported, "m3", "toml", "a");

        Assert.Equal(["m1", "m2", "m1", "m3", "m3"], log.All.Select(w => w.ToString()));
    }

    [Fact]
    public void What_was_given_out_does_not_change()
    {
        var log = new WarningLog();
        log.AddOnce(SecretsWarningCode.Source, "m1", "toml", path: null);
        IReadOnlyList<SecretsWarning> before = log.All;
        log.AddOnce(SecretsWarningCode.Source, "m2", "toml", path: null);

        Assert.Single(before);
    }

    [Fact]
    public void Many_warnings_from_many_threads_are_all_kept_in_linear_time()
    {
        var log = new WarningLog();
        Parallel.For(0, 20_000, i => log.AddOnce(SecretsWarningCode.UndeclaredRead, "m", "toml", $"p{i % 10_000}"));

        Assert.Equal(10_000, log.All.Count);
    }

    [Fact]
    public void There_is_an_end_to_warnings_that_are_worded_anew_each_time()
    {
        var log = new WarningLog();
        for (int i = 0; i < 20_000; i++)
        {
            log.AddOnce(SecretsWarningCode.Source, i.ToString(System.Globalization.CultureInfo.InvariantCulture), "toml", path: null);
        }

        log.AddLatest(SecretsWarningCode.RefreshFailed, "m", "toml");

        Assert.Equal(10_001, log.All.Count);
        Assert.Equal("m", log.All[^1].Message);
    }

    [Fact]
    public void Of_what_happens_again_and_again_the_last_is_kept()
    {
        var log = new WarningLog();
        log.AddLatest(SecretsWarningCode.RefreshFailed, "1", "toml");
        log.AddOnce(SecretsWarningCode.Source, "2", "toml", path: null);
        log.AddLatest(SecretsWarningCode.RefreshFailed, "3", "aws");
        log.AddLatest(SecretsWarningCode.RefreshFailed, "4", "toml");
        log.AddLatest(SecretsWarningCode.RefreshFailed, "4", "toml");

        Assert.Equal(["2", "3", "4"], log.All.Select(w => w.ToString()));
    }
}
