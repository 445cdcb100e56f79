using System.Text.RegularExpressions;

namespace Secrets.Docs;

/// <summary>As much of Markdown as the tests need: fenced blocks with the comments before them, and links.</summary>
internal sealed partial class MarkdownFile
{
    private readonly List<string> _prose = [];

    private MarkdownFile(string name, string[] lines)
    {
        Name = name;
        var blocks = new List<MarkdownBlock>();
        for (int i = 0; i < lines.Length; i++)
        {
            Match fence = Fence().Match(lines[i]);
            if (!fence.Success)
            {
                _prose.Add(lines[i]);
                continue;
            }

            // Blank prose in place of the block keeps line numbers.
            IReadOnlyList<string> comments = CommentsBefore(lines, i);
            int first = i + 1;
            int indent = fence.Groups["indent"].Length;
            _prose.Add("");
            var text = new List<string>();
            for (i = first; i < lines.Length && !Closes(lines[i].Trim(), fence.Groups["fence"].Value); i++)
            {
                text.Add(lines[i][Math.Min(indent, lines[i].Length - lines[i].TrimStart().Length)..]);
                _prose.Add("");
            }

            _prose.Add("");
            blocks.Add(new MarkdownBlock(first + 1, fence.Groups["info"].Value.Trim(), text, comments));
        }

        Blocks = blocks;
    }

    /// <summary>Gets the documents that users read: the root's, all of <c>docs</c>, and the packages' own.</summary>
    public static IReadOnlyList<string> All { get; } =
        [.. new[] { "README.md", "CONTRIBUTING.md", "SECURITY.md" }.Where(f => File.Exists(Path.Combine(Repository.Root, f))), .. Repository.Files("docs", "*.md"), .. Repository.Files("src", "README.md")];

    public string Name { get; }

    public IReadOnlyList<MarkdownBlock> Blocks { get; }

    /// <summary>Gets the targets of links and images outside of code, with their lines.</summary>
    public IEnumerable<(int Line, string Target)> Links => _prose.SelectMany((line, i) =>
        Link().Matches(CodeSpan().Replace(line, "``")).Select(m => (i + 1, m.Groups["target"].Value)));

    public static MarkdownFile Read(string name) => new(name, File.ReadAllLines(Path.Combine(Repository.Root, name)));

    private static bool Closes(string line, string fence) => line.Length >= fence.Length && line.All(c => c == fence[0]);

    private static List<string> CommentsBefore(string[] lines, int fence)
    {
        var comments = new List<string>();
        int end = fence - 1;
        while (true)
        {
            while (end >= 0 && string.IsNullOrWhiteSpace(lines[end]))
            {
                end--;
            }

            if (end < 0 || !lines[end].TrimEnd().EndsWith("-->", StringComparison.Ordinal))
            {
                return comments;
            }

            int start = end;
            while (start > 0 && !lines[start].Contains("<!--", StringComparison.Ordinal))
            {
                start--;
            }

            string comment = string.Join('\n', lines[start..(end + 1)]).Trim();
            comments.Add(comment.Replace("<!--", "", StringComparison.Ordinal).Replace("-->", "", StringComparison.Ordinal).Trim());
            end = start - 1;
        }
    }

    [GeneratedRegex("^(?<indent> *)(?<fence>`{3,}|~{3,})(?<info>[^`]*)$", RegexOptions.NonBacktracking)]
    private static partial Regex Fence();

    [GeneratedRegex("`+[^`]*`+", RegexOptions.NonBacktracking)]
    private static partial Regex CodeSpan();

    [GeneratedRegex("""\]\(<?(?<target>[^)\s>]+)>?(?:\s+"[^"]*")?\)|^ {0,3}\[[^\]]+\]:\s+<?(?<target>[^\s>]+)""", RegexOptions.NonBacktracking)]
    private static partial Regex Link();
}
