using System.Globalization;
using System.Text;
using Secrets.Toml.Reading;

namespace Secrets.Toml.Editing;

/// <summary>
/// Edits in a row, each on what the last one left, over the valid documents of the official suite with both line ends. The editor compares the content after each,
/// and an edit that does not give what it should is an exception.
/// </summary>
public class RandomEditTests
{
    private const int EditsOfADocument = 25;

    private static readonly string[] _keys = ["a", "b", "new", "odd key", "0", "1", "name", "key"];
    private static readonly string[] _values =
        ["1", "\"x\"", "[1, 2]", "{ a = 1 }", "[{ a = 1 }, { b = 2 }]", "'''\nl1\nl2'''", "[\n 1, # c\n 2\n]", "{\n a = 1, # c\n}", "{}", "[]"];

    [Theory]
    [InlineData(1, "\n")]
    [InlineData(2, "\n")]
    [InlineData(3, "\r\n")]
    [InlineData(4, "\r\n")]
    public void Edits_in_a_row_leave_what_they_should(int seed, string lineEnd)
    {
        int edits = 0;
        foreach (string name in TomlSuite.Documents("files-toml-1.1.0", "valid"))
        {
            var random = new Random(seed);
            byte[] toml = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(TomlSuite.Read(name)).ReplaceLineEndings(lineEnd));
            TomlEditor editor = TomlEditor.Parse(toml);
            editor.KeyComparison = KeyComparison.Ordinal;
            for (int i = 0; i < EditsOfADocument; i++)
            {
                edits += Edit(editor, random) ? 1 : 0;
            }
        }

        Assert.True(edits > 1000);
    }

    private static bool Edit(TomlEditor editor, Random random)
    {
        SecretPath[] paths = [SecretPath.Root, .. Everything(TomlText.Read(editor.ToUtf8()), SecretPath.Root)];
        SecretPath path = paths[random.Next(paths.Length)];
        try
        {
            if (path.Segments.Count > 0 && random.Next(4) == 0)
            {
                return editor.Remove(path.ToString());
            }

            for (int added = random.Next(3); added > 0 || path.Segments.Count == 0; added--)
            {
                path = path.Append(_keys[random.Next(_keys.Length)]);
            }

            editor.SetRaw(path.ToString(), _values[random.Next(_values.Length)]);
            return true;
        }
        catch (SecretsFormatException)
        {
            // Not every path can be set: some lead through values.
            return false;
        }
    }

    private static IEnumerable<SecretPath> Everything(TomlTable table, SecretPath path) =>
        table.Entries.ToArray().SelectMany(entry => Everything(entry.Value, path.Append(entry.Key)));

    private static IEnumerable<SecretPath> Everything(TomlValue value, SecretPath path) => value.Kind switch
    {
        SecretKind.Section => Everything(value.Table, path).Prepend(path),
        SecretKind.Array => value.Array.Items.ToArray()
            .SelectMany((item, i) => Everything(item, path.Append(i.ToString(CultureInfo.InvariantCulture))))
            .Prepend(path),
        _ => [path],
    };
}
