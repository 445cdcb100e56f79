using Secrets.Merging;

namespace Secrets.EnvironmentVariables;

/// <summary>
/// Environment variables. <b>Name</b> <c>environment</c>. <b>Keys</b> without a prefix by lookup (<see cref="NameMatch"/>), with one all that begin
/// with it. <b>Location</b> the variable's name. <b>Refresh</b> a copy is taken at each load. <b>Errors</b> none. <b>Permissions</b> none.
/// </summary>
internal sealed class EnvironmentSource(EnvironmentOptions options) : ISecretsLookup, IMissAdviser
{
    private readonly string? _prefix = string.IsNullOrEmpty(options.Prefix) ? null : options.Prefix;
    private readonly bool _emptyIsAbsent = options.EmptyIsAbsent;
    private readonly IReadOnlyDictionary<string, string>? _variables = options.Variables;

    public string Name => "environment";

    public ValueTask<SecretsBatch> LoadAsync(SecretsRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        IReadOnlyDictionary<string, string> all = _variables ?? request.Ledger.Originals();
        var own = new Dictionary<string, string>(_prefix is null ? all.Count : 0, StringComparer.Ordinal);
        foreach ((string name, string value) in all)
        {
            if (IsOwn(name, value))
            {
                own.Add(name, value);
            }
        }

        if (request.Previous?.State is EnvironmentCopy last && last.HasSame(own))
        {
            return ValueTask.FromResult(request.Previous);
        }

        return ValueTask.FromResult(_prefix is null
            ? new SecretsBatch([]) { State = new EnvironmentCopy(own, request) }
            : EntriesOf(_prefix, own, request));
    }

    public SecretValue? Find(SecretPath path, SecretsBatch loaded, bool isElsewhere) => CopyOf(loaded)?.Find(path, isElsewhere);

    public SecretOrigin? FindSection(SecretPath path, SecretsBatch loaded, bool isCertain) => CopyOf(loaded)?.FindSection(path, isCertain);

    public IReadOnlyList<string> PlacesOf(SecretPath path, SecretsBatch loaded) => loaded.State is not EnvironmentCopy copy ? []
        : _prefix is null ? copy.PlacesOf(path)
        : EnvironmentEntries.NamesOf(path, _prefix, copy);

    public string? HowToAdd(SecretPath path, SecretsBatch loaded) => NameToSet(path, loaded) is { } name ? "set the variable " + name : null;

    public string? HowToAddSection(SecretPath path, SecretsBatch loaded) =>
        NameToSet(path, loaded) is { } name ? $"set variables that begin with {name}__" : null;

    // A shell sets no other names.
    private string? NameToSet(SecretPath path, SecretsBatch loaded) =>
        PlacesOf(path, loaded) is [{ Length: > 0 } name, ..] && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') ? name : null;

    private static SecretsBatch EntriesOf(string prefix, Dictionary<string, string> variables, SecretsRequest request) =>
        new(new EnvironmentEntries(prefix, variables, request).Read()) { Places = [prefix + "*"], State = new EnvironmentCopy(variables, request) };

    private bool IsOwn(string name, string value) =>
        (!_emptyIsAbsent || value.Length > 0)
        && (_prefix is null || (name.Length > _prefix.Length && name.StartsWith(_prefix, StringComparison.Ordinal)));

    /// <summary>Gets the variables that answer; <see langword="null"/> with a prefix, where they are entries.</summary>
    private EnvironmentCopy? CopyOf(SecretsBatch loaded) => _prefix is null ? loaded.State as EnvironmentCopy : null;
}
