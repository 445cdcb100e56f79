namespace Secrets.Docs;

/// <summary>A fenced block.</summary>
/// <param name="Line">The line of its first line of content, from 1.</param>
/// <param name="Info">What stands behind the opening fence: <c>csharp</c>, <c>sh</c>.</param>
/// <param name="Text">Its lines.</param>
/// <param name="Comments">The texts of the HTML comments directly before it, the nearest first.</param>
internal sealed record MarkdownBlock(int Line, string Info, IReadOnlyList<string> Text, IReadOnlyList<string> Comments)
{
    public string Language => Info.Split(' ')[0];

    /// <summary>Gives the rest of the comment that begins with the word, or <see langword="null"/>.</summary>
    public string? Comment(string word) => Comments.FirstOrDefault(c => c.StartsWith(word + ":", StringComparison.Ordinal))?[(word.Length + 1)..].Trim();
}
