namespace Secrets.EnvironmentVariables;

/// <summary>The variables that one load took, and what they answer.</summary>
/// <remarks>
/// Its members are internal, since serializers and loggers take objects apart by their public members.
/// It does not keep the request, which holds the batch before, which holds the copy before.
/// </remarks>
internal sealed class EnvironmentCopy
{
    private readonly string _sourceName;
    private readonly DateTimeOffset _readAt;
    private volatile IVariableNames? _names;

    internal EnvironmentCopy(Dictionary<string, string> variables, SecretsRequest request)
    {
        Variables = variables;
        Comparison = request.KeyComparison;
        _sourceName = request.SourceName;
        _readAt = request.ReadAt;
    }

    internal Dictionary<string, string> Variables { get; }

    internal KeyComparison Comparison { get; }

    // Two threads may both create it; either is as good.
    private IVariableNames Names => _names ??= Comparison == KeyComparison.Ordinal ? new OrdinalVariables(Variables.Keys) : new VariableIndex(Variables.Keys);

    internal SecretValue? Find(SecretPath path, bool isElsewhere) =>
        Names.Find(path.Segments, name => !SystemVariables.Contains(name) || (!isElsewhere && IsExactly(path, name))) is { } found
            ? SecretValue.FromText(Variables[found], Origin(found))
            : null;

    internal SecretOrigin? FindSection(SecretPath path, bool isCertain) =>
        Names.FindBelow(path.Segments, isCertain, name => !SystemVariables.Contains(name)) is { } found ? Origin(found) : null;

    internal IReadOnlyList<string> PlacesOf(SecretPath path)
    {
        IReadOnlyList<string> names = EnvironmentNames.Of(path.Segments, Comparison);
        if (Find(path, isElsewhere: true) is { } found)
        {
            return [found.Origin.Location, .. Without(found.Origin.Location)];
        }

        return Names.Find(path.Segments, SystemVariables.Contains) is { } system
            ? [.. Without(system), $"{system} is set, but systems and shells define this name, so it answers only {(IsExactly(path, system) ? "where no other source has the key" : $"the key \"{system}\" in exactly this spelling")}"]
            : names;

        IEnumerable<string> Without(string name) => names.Where(n => !string.Equals(n, name, StringComparison.Ordinal));
    }

    internal bool HasSame(Dictionary<string, string> variables) =>
        Variables.Count == variables.Count
        && Variables.All(v => variables.TryGetValue(v.Key, out string? text) && string.Equals(v.Value, text, StringComparison.Ordinal));

    private SecretOrigin Origin(string name) => new(_sourceName, name, version: null, _readAt);

    private static bool IsExactly(SecretPath path, string name) =>
        path.Segments.Count == 1 && string.Equals(path.Segments[0], name, StringComparison.Ordinal);
}
