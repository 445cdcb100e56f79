using System.Reflection;

namespace Secrets.Docs;

/// <summary>Tables that promise to be complete have a row for each member.</summary>
public class TablePageTests
{
    public static TheoryData<string, string, string[]> Tables => new()
    {
        { "docs/errors.md", "codes", Enum.GetNames<SecretsErrorCode>() },
        { "docs/errors.md", "warnings", Enum.GetNames<SecretsWarningCode>() },
        { "docs/errors.md", "exceptions", [.. Errors().Select(e => e.Name)] },
        { "docs/chain.md", "options of every source", Options() },
        { "docs/chain.md", "undeclared reads", Enum.GetNames<UndeclaredReads>() },
        { "docs/binding.md", "kinds", Enum.GetNames<SecretKind>() },
    };

    [Theory]
    [MemberData(nameof(Tables))]
    public void A_table_is_complete(string page, string table, string[] members)
    {
        string[] rows = [.. File.ReadLines(Path.Combine(Repository.Root, page)).Where(l => l.StartsWith("| `", StringComparison.Ordinal)).Select(l => l.Split(['`', '('])[1])];
        Assert.True(members.Length > 2, $"there is no {table}");
        Assert.Empty(members.Except(rows, StringComparer.Ordinal));
    }

    private static IEnumerable<Type> Errors() => typeof(ISecretsError).Assembly.GetExportedTypes().Where(t => t.IsAssignableTo(typeof(Exception)));

    private static string[] Options() =>
    [
        .. typeof(SecretsSourceOptions).GetMembers(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly)
            .Where(m => m is PropertyInfo or MethodInfo { IsSpecialName: false })
            .Select(m => m.Name),
    ];
}
