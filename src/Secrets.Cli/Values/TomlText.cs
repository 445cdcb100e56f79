using System.Globalization;
using System.Text;
using Secrets.Toml.Editing;

namespace Secrets.Cli.Values;

/// <summary>Writes values as TOML.</summary>
internal static class TomlText
{
    public static string Of(SecretValue value, string path) => value.Kind switch
    {
        SecretKind.String => TomlLiteral.Of(value.Reveal(), "\n"),
        SecretKind.Array => "[" + string.Join(", ", value.AsList().Select(item => OnOneLine(item, path))) + "]",
        SecretKind.Section or SecretKind.Bytes => OnOneLine(value, path),
        SecretKind.Integer or SecretKind.Float => Number(value.Reveal()),
        _ => value.Reveal(),
    };

    // A number of JSON that TOML would read as another text, such as 1.10 or one of twenty digits, is a string: an identifier or a version must not change.
    private static string Number(string text) => text is "inf" or "-inf" or "nan"
        || (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long integer) && string.Equals(TomlLiteral.Of(integer), text, StringComparison.Ordinal))
        || (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) && string.Equals(TomlLiteral.Of(number), text, StringComparison.Ordinal))
            ? text
            : TomlLiteral.Of(text, "\n");

    private static string OnOneLine(SecretValue value, string path) => value.Kind switch
    {
        SecretKind.Section => "{ " + string.Join(", ", value.AsSection().Select(pair => $"{new SecretPath(pair.Key)} = {OnOneLine(pair.Value, path)}")) + " }",
        SecretKind.Bytes => throw new CommandException(ExitCode.No, $"{path} holds bytes, which TOML cannot."),
        _ => Of(value, path),
    };

    /// <summary>Writes a placeholder of a kind.</summary>
    public static string Empty(SecretKind kind) => kind switch
    {
        SecretKind.Integer => "0",
        SecretKind.Float => "0.0",
        SecretKind.Boolean => "false",
        SecretKind.Array => "[]",
        _ => "\"\"",
    };

    /// <summary>Writes leaves as a document: root keys first, then a table for each section.</summary>
    public static string Document(IEnumerable<Leaf> leaves, Func<Leaf, string> value)
    {
        var text = new StringBuilder();
        foreach (IGrouping<string, Leaf> section in leaves.GroupBy(SectionOf, StringComparer.Ordinal).OrderBy(s => s.Key.Length > 0))
        {
            if (section.Key.Length > 0)
            {
                text.Append(CultureInfo.InvariantCulture, $"{(text.Length > 0 ? "\n" : "")}[{section.Key}]\n");
            }

            foreach (Leaf leaf in section)
            {
                text.Append(CultureInfo.InvariantCulture, $"{new SecretPath(leaf.Path.Segments[^1])} = {value(leaf)}\n");
            }
        }

        return text.ToString();
    }

    private static string SectionOf(Leaf leaf) => new SecretPath(leaf.Path.Segments.SkipLast(1)).ToString();
}
