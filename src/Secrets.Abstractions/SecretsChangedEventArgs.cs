namespace Secrets;

/// <summary>Which secrets a refresh added, updated and removed; never their values.</summary>
public sealed class SecretsChangedEventArgs : EventArgs
{
    internal SecretsChangedEventArgs(
        IReadOnlyList<SecretPath> added,
        IReadOnlyList<SecretPath> updated,
        IReadOnlyList<SecretPath> removed,
        SecretsView? previousView,
        SecretsView view,
        SecretPath? path = null)
    {
        // Copies, since the handlers share them.
        Added = [.. added];
        Updated = [.. updated];
        Removed = [.. removed];
        PreviousView = previousView;
        View = view;
        PreviousSection = previousView is null ? null : SectionAt(previousView, path);
        Section = SectionAt(view, path);
    }

    /// <summary>Gets the paths of leaves that were not there before and can be read.</summary>
    public IReadOnlyList<SecretPath> Added { get; }

    /// <summary>Gets the paths of leaves whose value is another one.</summary>
    public IReadOnlyList<SecretPath> Updated { get; }

    /// <summary>Gets the paths of leaves that are gone.</summary>
    public IReadOnlyList<SecretPath> Removed { get; }

    /// <summary>Gets the store's root as it was before the change, frozen.</summary>
    /// <value><see langword="null"/> in the first call of a handler that was added with <c>fireNow</c>.</value>
    public SecretsView? PreviousView { get; }

    /// <summary>Gets the store's root as it is after the change, frozen.</summary>
    public SecretsView View { get; }

    /// <summary>Gets the section at the path of <see cref="SecretsStore.OnChange"/> as it was before the change, frozen.</summary>
    /// <value>For <see cref="SecretsStore.Changed"/> the root. <see langword="null"/> where the path was no section: a leaf, or absent.</value>
    public SecretsView? PreviousSection { get; }

    /// <summary>Gets the section at the path of <see cref="SecretsStore.OnChange"/> as it is after the change, frozen.</summary>
    /// <value>For <see cref="SecretsStore.Changed"/> the root. <see langword="null"/> where the path is no section: a leaf, or absent.</value>
    public SecretsView? Section { get; }

    /// <summary>Gives the paths.</summary>
    /// <returns>As in <c>added trello.token; updated database.password</c>.</returns>
    public override string ToString() => string.Join("; ", new[] { Words("added", Added), Words("updated", Updated), Words("removed", Removed) }.Where(w => w.Length > 0));

    private static SecretsView? SectionAt(SecretsView view, SecretPath? path) =>
        path is null ? view : view.Node.FindBySegments(path.Segments) is { Kind: SecretKind.Section, Node: { } section } ? section.View : null;

    private static string Words(string what, IReadOnlyList<SecretPath> paths) => paths.Count == 0 ? "" : $"{what} {string.Join(", ", paths)}";
}
