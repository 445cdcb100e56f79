using System.Text.RegularExpressions;
using Secrets.TestServers.Aws;

namespace Secrets.Aws.Tests;

/// <summary>The table of docs/aws.md is what happens.</summary>
public sealed partial class DocumentationTests
{
    public static TheoryData<string, string, string> Rows
    {
        get
        {
            var rows = new TheoryData<string, string, string>();
            foreach (string[] cells in File.ReadAllLines(Path.Combine(Root(), "docs", "aws.md")).Where(l => l.StartsWith("| `prod/shop/", StringComparison.Ordinal)).Select(l => l.Split(" | ")))
            {
                rows.Add(Code().Match(cells[0]).Groups["code"].Value, Code().Match(cells[1]).Groups["code"].Value, string.Join(' ', Code().Matches(cells[2]).Select(m => m.Groups["code"].Value)));
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task A_row_is_what_happens(string name, string value, string paths)
    {
        await using AwsServer server = AwsServers.Start();
        server.SetSecret(name, value);
        using SecretsStore secrets = await new SecretsBuilder().AddAwsSecretsManager(new AwsSecretsManagerOptions().Prefix("prod/shop/").At(server))
            .BuildAsync(TestContext.Current.CancellationToken);
        Assert.Equal(paths, string.Join(' ', Leaves(secrets, SecretPath.Root)));
        Assert.Equal(paths.Length == 0 ? 1 : 0, secrets.Warnings.Count);
    }

    [Fact]
    public void There_are_rows() => Assert.True(Rows.Count >= 6);

    [Fact]
    public void The_client_that_is_plugged_in_is_the_one_that_the_tests_run()
    {
        string code = File.ReadAllText(Path.Combine(Root(), "tests", "Secrets.Aws.Tests", "SdkParameters.cs"));
        Assert.Contains(code[code.IndexOf("sealed class", StringComparison.Ordinal)..], File.ReadAllText(Path.Combine(Root(), "docs", "aws.md")), StringComparison.Ordinal);
    }

    private static string Root()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Secrets.sln")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }

    private static IEnumerable<SecretPath> Leaves(SecretsView section, SecretPath path) => section.SelectMany(e =>
        e.Value.Kind == SecretKind.Section ? Leaves(e.Value.AsSection(), path.Append(e.Key)) : [path.Append(e.Key)]);

    [GeneratedRegex("`(?<code>[^`]*)`", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Code();
}
