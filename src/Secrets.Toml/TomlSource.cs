using Secrets.Files;
using Secrets.Keys;
using Secrets.Merging;
using Secrets.Toml.Directories;
using Secrets.Toml.Files;
using Secrets.Toml.Reading;

namespace Secrets.Toml;

/// <summary>
/// TOML files, and directories where they are listed. <b>Name</b> <c>toml</c>. <b>Keys</b> as in the file. <b>Location</b> <c>file(line,column)</c>. <b>Refresh</b> each load finds and reads
/// the files. <b>Errors</b> InvalidFormat for a mistake in a file, AccessDenied and Unavailable for one that cannot be read; without any file the store
/// is missing. <b>Permissions</b> to read the files; others should have none.
/// </summary>
internal sealed class TomlSource(TomlOptions options, SecretsBuilder? builder = null)
    : SecretsFileSource("toml", options, _ => new SecretsFileFinder(options, builder)), IMissAdviser
{
    private readonly Func<string, TomlReaderOptions> _reading = options.Reading();

    protected override IReadOnlyList<SecretEntry> Read(SecretsFileContent content, SecretsRequest request, CancellationToken cancellationToken) =>
        TomlEntries.Of(TomlReader.Read(content.Bytes.Span, _reading(content.File)), p => request.Origin(content.File, p.Line, p.Column));

    public string? HowToAdd(SecretPath path, SecretsBatch loaded)
    {
        string[] files = FilesOf(loaded);
        string section = PathText.Format(path.Segments.SkipLast(1)), line = PathText.FormatSegment(path.Segments[^1]) + " = \"…\"";
        return files.Length == 0 ? null
            : loaded.IsMissing ? $"create {FileToCreate(files)} with {(section.Length > 0 ? $"the lines [{section}] and " : "the line ")}{line}"
            : $"write {line} {(section.Length > 0 ? $"below [{section}]" : "above all sections")} in {files[0]}";
    }

    public string? HowToAddSection(SecretPath path, SecretsBatch loaded)
    {
        string[] files = FilesOf(loaded);
        return files.Length == 0 ? null
            : loaded.IsMissing ? $"create {FileToCreate(files)} with the line [{path}] and its keys below it"
            : $"write the line [{path}] and its keys below it in {files[0]}";
    }

    internal override IReadOnlyList<SecretEntry>? ReadOne(SecretsFile file, SecretsRequest request, List<string> warnings, CancellationToken cancellationToken)
    {
        if (!file.IsDirectory)
        {
            return base.ReadOne(file, request, warnings, cancellationToken);
        }

        var reader = new DirectoryReader(file.Path, file.DisplayName, new DirectoryOptions(), request, cancellationToken);
        IReadOnlyList<SecretEntry>? entries = reader.Read();
        warnings.AddRange(reader.Warnings);
        return entries;
    }

    // A listed place may also be a directory, or a variable that holds a document.
    private static string[] FilesOf(SecretsBatch loaded) => [.. loaded.Places.Where(p => p.EndsWith(".toml", StringComparison.Ordinal))];

    // The file of one environment refines that of all.
    private static string FileToCreate(string[] files) =>
        files.LastOrDefault(p => string.Equals(Path.GetFileName(p), "secrets.toml", StringComparison.Ordinal)) ?? files[^1];
}
