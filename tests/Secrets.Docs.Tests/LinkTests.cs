namespace Secrets.Docs;

public class LinkTests
{
    public static TheoryData<string> Documents() => [.. MarkdownFile.All];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Relative_links_lead_to_files_of_the_repository(string document)
    {
        string folder = Path.GetDirectoryName(Path.Combine(Repository.Root, document))!;
        string[] broken =
        [
            .. MarkdownFile.Read(document).Links
                .Where(l => !Uri.TryCreate(l.Target, UriKind.Absolute, out Uri? uri) || uri.IsFile)
                .Select(l => (l.Line, l.Target, File: Uri.UnescapeDataString(l.Target.Split('#')[0])))
                .Where(l => l.File.Length > 0 && !IsInside(Path.GetFullPath(Path.Combine(folder, l.File))))
                .Select(l => $"{document}({l.Line}): {l.Target}"),
        ];
        Assert.True(broken.Length == 0, string.Join('\n', broken));
    }

    private static bool IsInside(string path) =>
        path.StartsWith(Repository.Root, StringComparison.Ordinal) && (File.Exists(path) || Directory.Exists(path));
}
