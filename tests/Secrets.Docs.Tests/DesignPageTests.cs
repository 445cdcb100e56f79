using System.Text.RegularExpressions;

namespace Secrets.Docs;

/// <summary>The pages on the design name files, and a reader opens them.</summary>
public partial class DesignPageTests
{
    private static readonly string[] _sources =
    [
        .. Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories).Select(f => "/" + Path.GetRelativePath(Repository.Root, f).Replace('\\', '/')),
    ];

    public static TheoryData<string> Pages() => [.. MarkdownFile.All.Where(f => f == "docs/design.md" || f.StartsWith("docs/decisions/", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_file_that_a_page_names_is_one_source(string page) => Assert.All(
        FileNames().Matches(File.ReadAllText(Path.Combine(Repository.Root, page))).Select(m => m.Groups["file"].Value).Distinct(),
        name => Assert.Single(_sources, s => s.EndsWith("/" + name, StringComparison.Ordinal)));

    [Fact]
    public void The_page_names_files_at_all() => Assert.True(FileNames().Count(File.ReadAllText(Path.Combine(Repository.Root, "docs/design.md"))) > 40);

    [GeneratedRegex(@"[`*](?<file>[A-Za-z0-9_./]+\.cs)[`*]", RegexOptions.NonBacktracking)]
    private static partial Regex FileNames();
}
