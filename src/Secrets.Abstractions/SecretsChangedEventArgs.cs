namespace Secrets;

/// <summary>Which secrets a refresh added, updated and removed; never their values.</summary>
public sealed class SecretsChangedEventArgs : EventArgs
{
    internal SecretsChangedEventArgs(IReadOnlyList<string> added, IReadOnlyList<string> updated, IReadOnlyList<string> removed, SecretsView view)
    {
        // Copies, since the handlers share them.
        Added = [.. added];
        Updated = [.. updated];
        Removed = [.. removed];
        View = view;
    }

    /// <summary>Gets the paths of leaves that were not there before.</summary>
    public IReadOnlyList<string> Added { get; }

    /// <summary>Gets the paths of leaves whose value is another one.</summary>
    public IReadOnlyList<string> Updated { get; }

    /// <summary>Gets the paths of leaves that are gone.</summary>
    public IReadOnlyList<string> Removed { get; }

    /// <summary>Gets the store's root as it is after the change, frozen.</summary>
    public SecretsView View { get; }

    /// <summary>Gives the paths.</summary>
    /// <returns>As in <c>added trello.token; updated database.password</c>.</returns>
    public override string ToString() => string.Join("; ", new[] { Words("added", Added), Words("updated", Updated), Words("removed", Removed) }.Where(w => w.Length > 0));

    private static string Words(string what, IReadOnlyList<string> paths) => paths.Count == 0 ? "" : $"{what} {string.Join(", ", paths)}";
}
