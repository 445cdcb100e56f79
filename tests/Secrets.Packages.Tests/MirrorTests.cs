namespace Secrets.Packages;

public class MirrorTests
{
    private const string List = "tests/unmirrored.txt";

    [Fact]
    public void Every_source_file_has_its_test_file_or_a_reason()
    {
        HashSet<string> listed = [.. Entries().Select(e => e.File)];
        None.Of(Unmirrored().Where(f => !listed.Contains(f)).Select(f => $"{f} has no {Mirror(f)} and is not in {List}"));
    }

    [Fact]
    public void Every_entry_of_the_list_is_needed_and_has_a_reason()
    {
        None.Of(Entries().Select(e => e.File).Except(Unmirrored()).Select(f => $"{f} is in {List}, but gone or tested by a file of its own"));
        None.Of(Entries().Where(e => e.Reason.Length == 0).Select(e => e.File));
        Assert.Equal(Entries().Select(e => e.File).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal), Entries().Select(e => e.File));
    }

    private static IEnumerable<string> Unmirrored() =>
        Repository.Files("src", "*.cs").Where(f => !File.Exists(Path.Combine(Repository.Root, Mirror(f))));

    /// <summary><c>src/Secrets.Toml/Reading/TomlReader.cs</c>: <c>tests/Secrets.Toml.Tests/Reading/TomlReaderTests.cs</c>. The parts of a type have one file of tests.</summary>
    private static string Mirror(string file)
    {
        string[] segments = file.Split('/');
        return string.Join('/', ["tests", segments[1] + ".Tests", .. segments[2..^1], segments[^1].Split('.')[0]]) + "Tests.cs";
    }

    /// <summary>Gives the list's lines, <c>file: reason</c>; <c>#</c> begins a comment.</summary>
    private static List<(string File, string Reason)> Entries() =>
    [
        .. File.ReadAllLines(Path.Combine(Repository.Root, List))
            .Where(l => l.Length > 0 && l[0] != '#')
            .Select(l => l.Split(':', 2))
            .Select(l => (l[0], l.Length > 1 ? l[1].Trim() : "")),
    ];
}
