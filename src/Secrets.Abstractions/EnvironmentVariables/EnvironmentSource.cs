namespace Secrets.EnvironmentVariables;

/// <summary>
/// Environment variables. <b>Name</b> <c>environment</c>. <b>Keys</b> without a prefix by lookup (<see cref="EnvironmentNames"/>), with one all that begin
/// with it. <b>Location</b> the variable's name. <b>Refresh</b> a copy is taken at each load. <b>Errors</b> none. <b>Permissions</b> none.
/// </summary>
internal sealed class EnvironmentSource(EnvironmentOptions options, Func<EnvironmentLedger> ledger) : ISecretsLookup
{
    private readonly string? _prefix = string.IsNullOrEmpty(options.Prefix) ? null : options.Prefix;
    private readonly bool _emptyIsAbsent = options.EmptyIsAbsent;
    private readonly IReadOnlyDictionary<string, string>? _variables = options.Variables;

    public string Name => "environment";

    public ValueTask<SecretsBatch> LoadAsync(SecretsRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        IEnumerable<KeyValuePair<string, string>> variables = _variables ?? ledger().Originals();
        var present = new Dictionary<string, string>(
            variables.Where(v => !_emptyIsAbsent || v.Value.Length > 0), StringComparer.Ordinal);
        Dictionary<string, string> own = _prefix is null
            ? present
            : new(present.Where(v => v.Key.Length > _prefix.Length && v.Key.StartsWith(_prefix, StringComparison.Ordinal)), StringComparer.Ordinal);
        if (request.Previous?.State is Copy last && AreSame(last.Variables, own))
        {
            return ValueTask.FromResult(request.Previous);
        }

        return ValueTask.FromResult(_prefix is null
            ? new SecretsBatch([]) { State = new Copy(own, request) }
            : new SecretsBatch(Entries(_prefix, own, request)) { Places = [_prefix + "*"], State = new Copy(own, request) });
    }

    public SecretValue? Find(SecretPath path, SecretsBatch loaded)
    {
        if (_prefix is null && loaded.State is Copy copy)
        {
            foreach (string name in EnvironmentNames.Of(path.Segments))
            {
                if (copy.Variables.TryGetValue(name, out string? text))
                {
                    return SecretValue.FromText(text, copy.Request.Origin(name));
                }
            }
        }

        return null;
    }

    public IReadOnlyList<string> NamesOf(SecretPath path) =>
        _prefix is null ? EnvironmentNames.Of(path.Segments) : [_prefix + string.Join("__", path.Segments)];

    private static bool AreSame(Dictionary<string, string> first, Dictionary<string, string> second) =>
        first.Count == second.Count && first.All(v => second.TryGetValue(v.Key, out string? text) && string.Equals(v.Value, text, StringComparison.Ordinal));

    private static IEnumerable<SecretEntry> Entries(string prefix, Dictionary<string, string> variables, SecretsRequest request) =>
        from name in variables.Keys.Order(StringComparer.Ordinal)
        let rest = name[prefix.Length..]
        let keys = rest.Split("__")
        let path = Array.Exists(keys, k => k.Length == 0) ? new SecretPath(rest) : new SecretPath(keys)
        select new SecretEntry(path, SecretValue.FromText(variables[name], request.Origin(name)));

    // Not even public within: serializers and loggers take objects apart by their public members.
    private sealed class Copy(Dictionary<string, string> variables, SecretsRequest request)
    {
        internal Dictionary<string, string> Variables { get; } = variables;

        internal SecretsRequest Request { get; } = request;
    }
}
