namespace Secrets.Docs;

public class CSharpBlockTests
{
    public static TheoryData<string, int> Blocks()
    {
        var data = new TheoryData<string, int>();
        foreach (string file in MarkdownFile.All)
        {
            foreach (MarkdownBlock block in MarkdownFile.Read(file).Blocks.Where(b => b.Language == "csharp"))
            {
                data.Add(new TheoryDataRow<string, int>(file, block.Line) { Label = $"{file}:{block.Line}" });
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Blocks))]
    public void Every_block_compiles(string file, int line)
    {
        MarkdownBlock block = MarkdownFile.Read(file).Blocks.Single(b => b.Line == line);
        if (block.Info == "csharp")
        {
            string[] errors = [.. CSharpBlock.Errors(file, line, string.Join('\n', block.Text), block.Comment("csharp-prelude") ?? "")];
            Assert.True(errors.Length == 0, string.Join('\n', errors));
            return;
        }

        Assert.Equal("csharp no-compile", block.Info);
        Assert.True(block.Comments.Any(c => c.Length > 0 && !c.StartsWith("csharp-prelude:", StringComparison.Ordinal)), "a block that is not compiled needs its reason in an HTML comment before it");
    }

    [Fact]
    public void The_readme_shows_code() =>
        Assert.Contains(MarkdownFile.Read("README.md").Blocks, b => b.Info == "csharp");

    [Fact]
    public void A_block_may_be_statements_with_types_before_or_after() =>
        Assert.Empty(CSharpBlock.Errors("a.md", 1, "using Secrets;\nrecord R(string User);\nusing var s = new SecretsBuilder().AddToml().Build();\n_ = s.Get<R>(\"x\");\nawait Task.Yield();\nclass C;"));

    [Fact]
    public void A_block_may_be_types_alone() => Assert.Empty(CSharpBlock.Errors("a.md", 1, "public class C { }"));

    [Fact]
    public void A_block_gets_what_the_template_imports_and_shows_its_other_usings()
    {
        Assert.Empty(CSharpBlock.Errors("a.md", 1, "using Secrets;\n_ = new SecretsBuilder();"));
        Assert.NotEmpty(CSharpBlock.Errors("a.md", 1, "_ = new SecretsBuilder();"));
        Assert.NotEmpty(CSharpBlock.Errors("a.md", 1, "_ = new TomlOptions();"));
        Assert.Empty(CSharpBlock.Errors("a.md", 1, "using Secrets.Toml;\n_ = new TomlOptions();"));
        Assert.Contains("show it in the block", CSharpBlock.Errors("a.md", 1, "_ = new TomlOptions();", "using Secrets.Toml;").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_prelude_declares_what_the_block_assumes()
    {
        Assert.Empty(CSharpBlock.Errors("a.md", 1, "using Secrets;\nConsole.WriteLine(region);", "string region = \"\";"));
        Assert.NotEmpty(CSharpBlock.Errors("a.md", 1, "using Secrets;\nConsole.WriteLine(region);"));
    }

    [Theory]
    [InlineData("int a = 1;\nint b = \"\";", "")]
    [InlineData("using Secrets;\nint b = \"\";", "string region;\nstring other;")]
    [InlineData("record R(string User);\nint b = \"\";", "class C;")]
    public void An_error_names_the_line_in_the_document(string code, string prelude) =>
        Assert.StartsWith("docs/a.md(42): error CS0029", Assert.Single(CSharpBlock.Errors("docs/a.md", 41, code, prelude)), StringComparison.Ordinal);

    [Fact]
    public void Internals_are_not_in_reach() => Assert.NotEmpty(CSharpBlock.Errors("a.md", 1, "_ = typeof(Secrets.Merging.Snapshot);"));
}
