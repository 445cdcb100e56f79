namespace Secrets.EnvironmentVariables;

/// <summary>The names of the variables of one load, by the paths that they fit.</summary>
internal interface IVariableNames
{
    /// <summary>Gets the variable that comes first of those which fit a path; <see langword="null"/> where none fits.</summary>
    string? Find(IReadOnlyList<string> segments, Func<string, bool> isAllowed);

    /// <summary>Gets a variable that fits a path below the given one; <see langword="null"/> where none does.</summary>
    string? FindBelow(IReadOnlyList<string> segments, Func<string, bool> isAllowed);
}
