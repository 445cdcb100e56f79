using Secrets.Tests.Fakes;
using Secrets.Tests.Names;

namespace Secrets.Toml.Tests;

/// <summary>The table of names over files: a TOML document and a mounted directory.</summary>
public sealed class FileNameTableTests : IDisposable
{
    private readonly TempDirectory _temp = new();

    public static MatrixTheoryData<string, string> Rows => new(["toml", "directory"], NameDoors.Names);

    public void Dispose() => _temp.Dispose();

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_key_has_one_answer_however_it_is_spelled(string kind, string door) => Assert.Empty(NameTable.WrongRows(Kind(kind), door));

    [Theory]
    [InlineData("toml")]
    [InlineData("directory")]
    public void A_pin_holds_however_it_is_spelled(string kind) => Assert.Empty(NameTable.WrongPins(Kind(kind)));

    [Theory]
    [InlineData("toml")]
    [InlineData("directory")]
    public async Task A_change_is_told_however_it_is_spelled(string kind) =>
        Assert.Empty(await NameTable.WrongChangesAsync(Kind(kind), TestContext.Current.CancellationToken));

    private NameKind Kind(string kind) => kind == "toml" ? new TomlNames(_temp) : new DirectoryNames(_temp);

    private sealed class TomlNames(TempDirectory temp) : NameKind(
        "toml", "data_base.api_key = '*'", "[DataBase]\nApiKey = '*'", "[DATABASE]\nAPI-KEY = '*'", "data-base = { APIKey = '*' }")
    {
        public override void Set(string spelling, string value) => temp.Write("secrets.toml", spelling.Replace("*", value, StringComparison.Ordinal));

        public override void AddTo(SecretsBuilder builder) => builder.AddToml(temp["secrets.toml"]);
    }

    private sealed class DirectoryNames(TempDirectory temp) : NameKind(
        "directory", "data_base__api_key", "DataBase__ApiKey", "DATABASE__API-KEY", "data_base/api_key", "DataBase/ApiKey")
    {
        public override void Set(string spelling, string value)
        {
            string mounted = temp["mounted"];
            if (Directory.Exists(mounted))
            {
                Directory.Delete(mounted, recursive: true);
            }

            temp.Write("mounted/" + spelling, value);
            if (spelling.Contains('/', StringComparison.Ordinal))
            {
                temp.Write("mounted/" + spelling[..spelling.IndexOf('/', StringComparison.Ordinal)] + "/other", "x");
            }
        }

        public override void AddTo(SecretsBuilder builder) => builder.AddDirectory(temp["mounted"]);
    }
}
