namespace Secrets.EnvironmentVariables;

/// <summary>The names of the variables of one load, by the paths that they fit.</summary>
internal interface IVariableNames
{
    /// <summary>Gets the variable that comes first of those which fit a path; <see langword="null"/> where none fits.</summary>
    string? Find(IReadOnlyList<string> segments, Func<string, bool> isAllowed);

    /// <summary>
    /// Gets a variable that fits a path below the given one; <see langword="null"/> where none does. One that is certain cannot be meant for a key of its
    /// own: <c>PASSWORD_FILE</c> may be the key <c>password_file</c>, and <c>PASSWORD__FILE</c> is not.
    /// </summary>
    string? FindBelow(IReadOnlyList<string> segments, bool isCertain, Func<string, bool> isAllowed);
}
