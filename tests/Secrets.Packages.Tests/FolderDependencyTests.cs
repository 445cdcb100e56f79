namespace Secrets.Packages;

/// <summary>Folders are layers: what one uses does not use it in turn, so that each can be read and changed without the others.</summary>
public class FolderDependencyTests
{
    // What a program begins with. The layers behind it know nothing of it.
    private static readonly string[] _doors = ["SecretsBuilder", "SecretsStore"];

    // Sources of files ask the builder for its project directory when they load, since it may be set after they were added.
    private static readonly string[] _behindDoors = ["Files"];

    [Theory]
    [MemberData(nameof(Package.Data), MemberType = typeof(Package))]
    public void No_two_folders_depend_on_each_other(string name) =>
        None.Of(FolderDependencies.Of(Package.Load(name)).InCircles.Select(c => $"{name}: {c} is part of a circle"));

    [Fact]
    public void No_layer_of_the_core_uses_its_builder_or_its_store() => None.Of(FolderDependencies.Of(Package.Load("Secrets.Abstractions")).Uses
        .Where(u => _doors.Contains(Path.GetFileName(u.To).Split('.')[0]) && FolderDependencies.FolderOf("Secrets.Abstractions", u.From) is { Length: > 0 } folder && !_behindDoors.Contains(folder))
        .Select(u => $"{u.From} uses {u.To}"));

    [Fact]
    public void The_search_finds_what_a_folder_uses_and_what_is_in_a_circle()
    {
        var folders = new FolderDependencies("A",
        [
            ("src/A/One/X.cs", "src/A/Two/Y.cs"), ("src/A/Two/Y.cs", "src/A/One/X.cs"), ("src/A/Three/Z.cs", "src/A/One/X.cs"), ("src/A/X.cs", "src/A/Three/Z.cs"),
        ]);

        Assert.Equal(["One -> Two", "Two -> One"], folders.InCircles);
        Assert.Contains(("src/Secrets.Abstractions/Merging/Pins.cs", "src/Secrets.Abstractions/Keys/PathComparer.cs"), FolderDependencies.Of(Package.Load("Secrets.Abstractions")).Uses);
    }
}
