namespace Secrets.Docs;

/// <summary>A block that stands for a file of a sample is made of its lines.</summary>
public class SampleTests
{
    public static TheoryData<string, int> Blocks()
    {
        var data = new TheoryData<string, int>();
        foreach (string file in MarkdownFile.All)
        {
            foreach (MarkdownBlock block in MarkdownFile.Read(file).Blocks.Where(b => b.Comment("sample") is not null))
            {
                data.Add(new TheoryDataRow<string, int>(file, block.Line) { Label = $"{file}:{block.Line} is of {block.Comment("sample")}" });
            }
        }

        return data;
    }

    /// <summary>What the page leaves out is the namespace and the documentation, no line of code. A file in the namespace Secrets needs no using of it.</summary>
    [Theory]
    [MemberData(nameof(Blocks))]
    public void A_block_is_the_file_of_its_sample(string file, int line)
    {
        MarkdownBlock block = MarkdownFile.Read(file).Blocks.Single(b => b.Line == line);
        string[] lines = [.. File.ReadAllLines(Path.Combine(Repository.Root, block.Comment("sample")!)).Where(l => l.Length > 0)];
        bool isInSecrets = lines.Contains("namespace Secrets;", StringComparer.Ordinal);
        Assert.Equal(
            lines.Where(l => !l.StartsWith("namespace ", StringComparison.Ordinal) && !l.StartsWith("///", StringComparison.Ordinal)),
            block.Text.Where(l => l.Length > 0 && !(isInSecrets && l == "using Secrets;")));
    }

    [Theory]
    [InlineData("KeyringOptions.cs")]
    [InlineData("KeyringStore.cs")]
    [InlineData("KeyringFailures.cs")]
    [InlineData("KeyringSecretsBuilderExtensions.cs")]
    public void The_page_on_stores_shows_each_file_of_its_sample(string file) =>
        Assert.Contains(MarkdownFile.Read("docs/writing-a-store.md").Blocks, b => b.Comment("sample") == "samples/CustomStore/" + file);
}
