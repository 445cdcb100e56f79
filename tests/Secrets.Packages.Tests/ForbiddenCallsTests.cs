using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Secrets.Packages;

/// <summary>What SECURITY.md says that no code of a package does, read from the assemblies: which members of the framework they refer to.</summary>
public class ForbiddenCallsTests
{
    // Each writes, or starts something.
    private static readonly string[] _forbidden =
    [
        "System.Diagnostics.Process.", "System.Diagnostics.ProcessStartInfo.", "System.Console.",
        "System.IO.File.Write", "System.IO.File.Append", "System.IO.File.Create", "System.IO.File.Delete", "System.IO.File.Move", "System.IO.File.Copy", "System.IO.File.Replace",
        "System.IO.File.OpenWrite", "System.IO.File.Set", "System.IO.File.Encrypt", "System.IO.FileInfo.Create", "System.IO.FileInfo.Delete", "System.IO.FileInfo.OpenWrite",
        "System.IO.FileInfo.MoveTo", "System.IO.FileInfo.CopyTo", "System.IO.FileInfo.AppendText", "System.IO.FileSystemInfo.Create", "System.IO.FileSystemInfo.Delete",
        "System.IO.Directory.Create", "System.IO.Directory.Delete", "System.IO.Directory.Move", "System.IO.DirectoryInfo.Create", "System.IO.DirectoryInfo.Delete", "System.IO.DirectoryInfo.MoveTo",
        "System.IO.RandomAccess.Write", "System.IO.StreamWriter.", "System.IO.MemoryMappedFiles.",
    ];

    // A tool for people at a terminal, which writes files and runs commands when it is told to.
    private static readonly string[] _tools = ["Secrets.Cli"];

    // What a library may do all the same: the TOML editor writes the file that a program tells it to write. No source calls it.
    private static readonly Dictionary<string, string[]> _allowed = new(StringComparer.Ordinal)
    {
        ["Secrets.Toml"] =
        [
            "System.IO.File.SetUnixFileMode", "System.IO.File.Replace", "System.IO.File.Move", "System.IO.File.Delete", "System.IO.Directory.CreateDirectory",
        ],
    };

    public static TheoryData<string> Libraries => [.. Package.Names.Except(_tools)];

    [Theory]
    [MemberData(nameof(Libraries))]
    public void A_library_starts_no_process_and_writes_no_file(string name) =>
        None.Of(References(name).Except(_allowed.GetValueOrDefault(name, [])).Where(r => _forbidden.Any(f => r.StartsWith(f, StringComparison.Ordinal))));

    [Fact]
    public void The_search_finds_what_an_assembly_refers_to()
    {
        Assert.Contains("System.IO.File.WriteAllLines", References(typeof(ForbiddenCallsTests).Assembly.GetName().Name!));
        Assert.Contains("System.IO.Path.Combine", References("Secrets.Toml"));
    }

    [Fact]
    public void Values_are_compared_by_the_platform_in_fixed_time() =>
        Assert.Contains("System.Security.Cryptography.CryptographicOperations.FixedTimeEquals", References("Secrets.Abstractions"));

    private static HashSet<string> References(string assembly)
    {
        using var file = new PEReader(File.OpenRead(Path.Combine(AppContext.BaseDirectory, assembly + ".dll")));
        MetadataReader metadata = file.GetMetadataReader();
        return
        [
            .. metadata.MemberReferences.Select(metadata.GetMemberReference)
                .Where(m => m.Parent.Kind == HandleKind.TypeReference)
                .Select(m => (Type: metadata.GetTypeReference((TypeReferenceHandle)m.Parent), Name: metadata.GetString(m.Name)))
                .Select(m => $"{metadata.GetString(m.Type.Namespace)}.{metadata.GetString(m.Type.Name)}.{m.Name}"),
        ];
    }
}
