namespace Secrets.Files;

/// <summary>Finds the files that options list, and no others.</summary>
internal sealed class ListedFiles(SecretsFileOptions options, SecretsBuilder? builder, string kind) : IFileFinder
{
    private readonly string[] _files = [.. options.Files];
    private readonly PipeContents _pipes = new();
    private readonly FileContext _context = new(options.ProjectDirectory, options.HomeDirectory, options.CurrentDirectory, builder, kind);

    public IReadOnlyList<SecretsFile> Find(string sourceName, List<string> warnings) => Array.ConvertAll(_files, file => Find(file, sourceName));

    private SecretsFile Find(string file, string sourceName)
    {
        string path = _context.Expand(file, sourceName);
        return new SecretsFile(path, _context.DisplayName(path, file), isListed: true, _pipes);
    }
}
