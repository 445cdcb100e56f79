using Secrets.Cli.Readers;

namespace Secrets.Cli.Exports;

public class GitHubExportTests
{
    [Theory]
    [MemberData(nameof(OddValues.All), MemberType = typeof(OddValues))]
    public void A_value_is_read_back(string value)
    {
        Dictionary<string, string> read = GitHubEnvFile.Read(GitHubExport.Write(OddValues.Named("A", value)) + GitHubExport.Write(OddValues.Named("B", "1")));

        Assert.Equal(value, read["A"]);
        Assert.Equal("1", read["B"]);
    }

    [Fact]
    public void Each_line_of_a_value_is_masked_once_save_very_short_ones()
    {
        string masks = GitHubExport.Masks([OddValues.Named("A", "{\nlong line 1\r\nlong line 1\n}"), OddValues.Named("B", "100% sure"), OddValues.Named("C", "abc"), OddValues.Named("D", ""), OddValues.Named("E", "        ")]);

        Assert.Equal(["long line 1", "100% sure"], masks.TrimEnd().Split('\n').Select(GitHubEnvFile.Masked));
    }
}
