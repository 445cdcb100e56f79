using System.Text;
using Secrets.Toml.Reading;

namespace Secrets.Toml.Editing;

/// <summary>The editor over every valid document of the official suite.</summary>
public class TomlDocumentTests
{
    public static TheoryData<string, TomlVersion> Lists => new()
    {
        { "files-toml-1.0.0", TomlVersion.Toml10 },
        { "files-toml-1.1.0", TomlVersion.Toml11 },
    };

    [Theory]
    [MemberData(nameof(Lists))]
    public void Setting_any_value_changes_its_bytes_alone_and_its_old_text_undoes_it(string list, TomlVersion version)
    {
        int count = 0;
        foreach ((byte[] toml, SecretPath path, TomlPart part) in Values(list, version))
        {
            TomlEditor editor = Edit(toml, version);
            string old = editor.GetRaw(path.ToString())!;
            Assert.Equal(Encoding.UTF8.GetString(toml.AsSpan(part.ValueStart..part.End)), old);

            editor.Set(path.ToString(), "a new \"value\"");

            byte[] edited = editor.ToUtf8();
            Assert.Equal("'a new \"value\"'", editor.GetRaw(path.ToString()));
            Assert.Equal(toml[..part.ValueStart], edited[..part.ValueStart]);
            Assert.Equal(toml[part.End..], edited[^(toml.Length - part.End)..]);

            editor.SetRaw(path.ToString(), old);
            Assert.Equal(toml, editor.ToUtf8());
            count++;
        }

        Assert.True(count > 500);
    }

    [Theory]
    [MemberData(nameof(Lists))]
    public void A_key_added_to_any_table_is_read_there_and_removing_it_gives_the_old_content(string list, TomlVersion version)
    {
        int count = 0;
        foreach (byte[] toml in TomlSuite.Documents(list, "valid").Select(TomlSuite.Read))
        {
            string before = TomlText.Render(TomlText.Read(toml, version));
            foreach (SecretPath table in Tables(TomlText.Read(toml, version), SecretPath.Root).Append(SecretPath.Root))
            {
                string path = table.Append("added key").ToString();
                TomlEditor editor = Edit(toml, version);
                editor.Set(path, "new");
                Assert.Equal("\"new\"", editor.GetRaw(path));
                Assert.True(editor.Remove(path));
                Assert.Equal(before, TomlText.Render(TomlText.Read(editor.ToUtf8(), version)));

                string below = table.Append("added section").Append("key").ToString();
                editor.Set(below, "new");
                Assert.Equal("\"new\"", editor.GetRaw(below));
                count++;
            }
        }

        Assert.True(count > 500);
    }

    [Theory]
    [MemberData(nameof(Lists))]
    public void Anything_can_be_removed_and_the_rest_stays(string list, TomlVersion version)
    {
        int count = 0;
        foreach (byte[] toml in TomlSuite.Documents(list, "valid").Select(TomlSuite.Read))
        {
            // The editor compares the content with what it should be, and throws where they differ.
            foreach (SecretPath path in Everything(TomlText.Read(toml, version), SecretPath.Root))
            {
                Assert.True(Edit(toml, version).Remove(path.ToString()));
                count++;
            }
        }

        Assert.True(count > 1000);
    }

    // Documents of the suite have keys that differ in case alone.
    private static TomlEditor Edit(byte[] toml, TomlVersion version)
    {
        TomlEditor editor = TomlEditor.Parse(toml, version);
        editor.KeyComparison = KeyComparison.Ordinal;
        return editor;
    }

    private static IEnumerable<(byte[] Toml, SecretPath Path, TomlPart Part)> Values(string list, TomlVersion version)
    {
        foreach (byte[] toml in TomlSuite.Documents(list, "valid").Select(TomlSuite.Read))
        {
            TomlDocument document = TomlDocument.Read(toml, version, file: null);
            foreach (SecretPath path in Everything(document.Root, SecretPath.Root))
            {
                TomlTrail trail = TomlTrail.Follow(document, path, KeyComparison.Ordinal);
                if (trail.Array is null && document.Layout.Parts.FirstOrDefault(p => p.Scope is not null && p.Table == trail.Holder && p.Key == trail.Key) is { } part)
                {
                    yield return (toml, path, part);
                }
            }
        }
    }

    private static IEnumerable<SecretPath> Everything(TomlTable table, SecretPath path) =>
        table.Entries.ToArray().SelectMany(entry => Everything(entry.Value, path.Append(entry.Key)));

    private static IEnumerable<SecretPath> Everything(TomlValue value, SecretPath path) => value.Kind switch
    {
        SecretKind.Section => Everything(value.Table, path).Prepend(path),
        SecretKind.Array => value.Array.Items.ToArray().SelectMany((item, i) => Everything(item, path.Append(i.ToString(System.Globalization.CultureInfo.InvariantCulture)))).Prepend(path),
        _ => [path],
    };

    private static IEnumerable<SecretPath> Tables(TomlTable table, SecretPath path) =>
        Everything(table, path).Where(p => IsTable(table, p));

    private static bool IsTable(TomlTable root, SecretPath path)
    {
        var value = new TomlValue(SecretKind.Section, root, default);
        foreach (string segment in path.Segments)
        {
            value = value.Kind == SecretKind.Array
                ? value.Array.Items[int.Parse(segment, System.Globalization.CultureInfo.InvariantCulture)]
                : value.Table.Entries.ToArray().Single(e => e.Key == segment).Value;
        }

        return value.Kind == SecretKind.Section;
    }
}
