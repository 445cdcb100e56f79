using Secrets.DotEnv.Files;
using Secrets.DotEnv.Reading;
using Secrets.EnvironmentVariables;
using Secrets.Merging;

namespace Secrets.DotEnv;

/// <summary>
/// <c>.env</c> files. <b>Name</b> <c>dotenv</c>. <b>Keys</b> as in the file; <c>__</c> nests. <b>Location</b> <c>file(line,column)</c> of the key.
/// <b>Refresh</b> each load finds and reads the files. <b>Errors</b> InvalidFormat for a mistake in a file, AccessDenied and Unavailable for
/// one that cannot be read; without any file the store is missing. <b>Permissions</b> to read the files; others should have none.
/// </summary>
internal sealed class DotEnvSource(DotEnvOptions options, SecretsBuilder? builder = null)
    : SecretsFileSource("dotenv", options, _ => new DotEnvFileFinder(options, builder)), IMissAdviser
{
    private readonly Func<string, string?>? _variable = options.Variable;
    private readonly bool _allowUnset = options.AllowUnsetReferences;
    private readonly int _maxSize = options.MaxSize;

    protected override IReadOnlyList<SecretEntry> Read(SecretsFileContent content, SecretsRequest request, CancellationToken cancellationToken)
    {
        var reader = new DotEnvReader(DotEnvText.Decode(content.Bytes.Span, content.File), _variable ?? request.GetEnvironmentVariable, _allowUnset, _maxSize);
        return [.. DotEnvEntries.Of(reader.Read(cancellationToken), content.File, request)];
    }

    public string? HowToAdd(SecretPath path, SecretsBatch loaded) => Advice("write ", path, "=…", loaded);

    public string? HowToAddSection(SecretPath path, SecretsBatch loaded) => Advice("write names that begin with ", path, "__", loaded);

    private static string? Advice(string before, SecretPath path, string after, SecretsBatch loaded) => loaded.Places.Count == 0 ? null
        : $"{before}{EnvironmentNames.Of("", path.Segments, KeyComparison.Equivalent)}{after} into {(loaded.IsMissing ? loaded.Places[^1] : loaded.Places[0])}";
}
