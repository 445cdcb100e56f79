using Secrets.Refreshing;
using Secrets.Tests.Fakes;

namespace Secrets.Tests.Refreshing;

public class RejectionsTests
{
    private readonly ManualTimeProvider _clock = new();
    private readonly Rejections _rejections;
    private int _refreshes;

    public RejectionsTests() => _rejections = new Rejections(Engine.Keys, _clock);

    [Theory]
    // Reports of one path, each so many seconds after the one before.
    [InlineData("0", 1)]
    [InlineData("0 0 0", 1)]
    [InlineData("0 4.9", 1)]
    [InlineData("0 5", 2)]
    [InlineData("0 4 4 4", 2)]
    public void Reports_of_five_seconds_share_a_refresh(string reports, int refreshes)
    {
        foreach (string wait in reports.Split(' '))
        {
            _clock.Advance(TimeSpan.FromSeconds(double.Parse(wait, System.Globalization.CultureInfo.InvariantCulture)));
            _ = Report("api_key");
        }

        Assert.Equal(refreshes, _refreshes);
    }

    [Fact]
    public void Another_path_is_another_refresh_and_another_spelling_is_not()
    {
        Assert.Same(Report("api_key"), Report("ApiKey"));
        _ = Report("other");

        Assert.Equal(2, _refreshes);
    }

    private Task Report(string path) => _rejections.Share(SecretPath.Parse(path), () =>
    {
        _refreshes++;
        return Task.FromResult(new object());
    });
}
