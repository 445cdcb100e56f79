namespace Secrets.Docs;

public class LineLengthTests
{
    private const int Limit = 160;

    public static TheoryData<string> Documents() => [.. MarkdownFile.All, "CHANGELOG.md", "benchmarks/README.md"];

    /// <summary>A row of a table cannot be wrapped.</summary>
    [Theory]
    [MemberData(nameof(Documents))]
    public void A_line_is_short_enough_for_a_review(string document)
    {
        string[] lines = File.ReadAllLines(Path.Combine(Repository.Root, document));
        Assert.Empty(lines.Index().Where(l => l.Item.Length > Limit && !l.Item.TrimStart().StartsWith('|')).Select(l => $"{document}({l.Index + 1}): {l.Item.Length} characters"));
    }
}
