using Secrets.Redaction;

namespace Secrets.Merging;

/// <summary>Describes a section as a table of paths, kinds and origins, without values.</summary>
internal static class SecretsTable
{
    private static readonly string[] Titles = ["path", "kind", "origin"];

    public static string Of(SectionNode section)
    {
        var rows = new List<string[]> { Titles };
        Add(section, rows);
        return rows.Count == 1 ? "There are no secrets here." : TextTable.Of(rows);
    }

    private static void Add(SectionNode section, List<string[]> rows)
    {
        foreach ((string key, SecretValue value) in section.Entries)
        {
            if (value.Node is { Entries.Length: > 0 } below)
            {
                Add(below, rows);
            }
            else
            {
                rows.Add([section.Path.Append(key).ToString(), value.Kind.ToString(), value.Origin.ToString()]);
            }
        }

        if (section.Blocker is { } blocker)
        {
            rows.Add([(section.Path == SecretPath.Root ? "" : section.Path + ".") + "*", nameof(SecretKind.Unreadable), blocker.Value.Origin.ToString()]);
        }
    }
}
