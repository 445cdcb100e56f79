namespace Secrets.Toml.Reading;

/// <summary>The official toml-test suite: beside the repository, or where TOML_TEST_DIR says.</summary>
internal static class TomlSuite
{
    private static readonly string? Root = Find();

    /// <summary>Gives the documents of one list, or skips the test where the suite is not at hand.</summary>
    public static List<string> Documents(string list, string kind)
    {
        Assert.SkipWhen(Root is null, "the toml-test suite is neither beside the repository nor in TOML_TEST_DIR");
        return DocumentsOrNone(list, kind);
    }

    /// <summary>Gives the documents of one list, or none where the suite is not at hand.</summary>
    public static List<string> DocumentsOrNone(string list, string kind) => Root is null
        ? []
        : [.. File.ReadLines(PathOf(list)).Where(line =>
            line.StartsWith(kind + "/", StringComparison.Ordinal) && line.EndsWith(".toml", StringComparison.Ordinal))];

    /// <summary>Gives the bytes of one file of the suite.</summary>
    public static byte[] Read(string name) => File.ReadAllBytes(PathOf(name));

    private static string PathOf(string name) => Path.Combine(Root!, name);

    private static string? Find()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Secrets.sln")))
        {
            folder = folder.Parent;
        }

        string?[] places =
        [
            folder is null ? null : Path.Combine(folder.FullName, "..", "shared", "toml-test"),
            Environment.GetEnvironmentVariable("TOML_TEST_DIR"),
        ];
        return places.FirstOrDefault(place => !string.IsNullOrEmpty(place) && File.Exists(Path.Combine(place, "files-toml-1.1.0")));
    }
}
