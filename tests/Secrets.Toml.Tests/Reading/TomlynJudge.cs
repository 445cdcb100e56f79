using System.Globalization;
using System.Text;
using System.Text.Json;
using Tomlyn;
using Tomlyn.Parsing;
using Table = Tomlyn.Model.TomlTable;

namespace Secrets.Toml.Reading;

/// <summary>What a reader says of a document: all its values in one form, <c>error</c>, or the type of an exception that no reader should throw.</summary>
internal static class TomlynJudge
{
    public const string Error = "error";

    /// <summary>Gives what Tomlyn says.</summary>
    public static string Tomlyn(string toml)
    {
        try
        {
            // The syntax tree finds keys that are defined twice, and the model has the values.
            if (SyntaxParser.Parse(toml, null, validate: true).HasErrors)
            {
                return Error;
            }

            var text = new StringBuilder();
            Append(text, TomlSerializer.Deserialize<Table>(toml)!);
            return text.ToString();
        }
        catch (TomlException)
        {
            return Error;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return e.GetType().Name;
        }
    }

    /// <summary>Gives what our reader says.</summary>
    public static string Ours(string toml)
    {
        try
        {
            var text = new StringBuilder();
            Append(text, TomlText.Read(toml));
            return text.ToString();
        }
        catch (SecretsFormatException)
        {
            return Error;
        }
    }

    private static void Append(StringBuilder text, object value)
    {
        switch (value)
        {
            case IEnumerable<KeyValuePair<string, object>> table:
                AppendTable(text, table, (t, v) => Append(t, v));
                break;
            case System.Collections.IEnumerable items and not string:
                AppendArray(text, items.Cast<object>(), (t, v) => Append(t, v));
                break;
            default:
                text.Append(value switch
                {
                    string s => "String " + JsonSerializer.Serialize(s),
                    long i => string.Create(CultureInfo.InvariantCulture, $"Integer {i}"),
                    double d => string.Create(CultureInfo.InvariantCulture, $"Float {d:R}"),
                    bool b => b ? "Boolean true" : "Boolean false",
                    TomlDateTime d => Render(d),
                    _ => throw new InvalidOperationException("Tomlyn has another type: " + value.GetType()),
                });
                break;
        }
    }

    private static void Append(StringBuilder text, TomlTable table) =>
        AppendTable(text, table.Entries.ToArray().Select(e => KeyValuePair.Create(e.Key, e.Value)), (t, v) => Append(t, v));

    private static void Append(StringBuilder text, TomlValue value)
    {
        switch (value.Kind)
        {
            case SecretKind.Section:
                Append(text, value.Table);
                break;
            case SecretKind.Array:
                AppendArray(text, value.Array.Items.ToArray(), (t, v) => Append(t, v));
                break;
            case SecretKind.String:
                text.Append("String ").Append(JsonSerializer.Serialize(value.Text));
                break;
            case SecretKind.Float:
                text.Append(string.Create(CultureInfo.InvariantCulture, $"Float {Double(value.Text):R}"));
                break;
            case SecretKind.Integer or SecretKind.Boolean:
                text.Append(value.Kind).Append(' ').Append(value.Text);
                break;
            default:
                text.Append(value.Kind).Append(' ').Append(Moment(value.Text));
                break;
        }
    }

    private static void AppendTable<T>(StringBuilder text, IEnumerable<KeyValuePair<string, T>> entries, Action<StringBuilder, T> append)
    {
        text.Append('{');
        foreach ((string key, T value) in entries.OrderBy(e => e.Key, StringComparer.Ordinal))
        {
            text.Append(JsonSerializer.Serialize(key)).Append('=');
            append(text, value);
            text.Append(',');
        }

        text.Append('}');
    }

    private static void AppendArray<T>(StringBuilder text, IEnumerable<T> items, Action<StringBuilder, T> append)
    {
        text.Append('[');
        foreach (T item in items)
        {
            append(text, item);
            text.Append(',');
        }

        text.Append(']');
    }

    private static string Render(TomlDateTime value)
    {
        (SecretKind kind, string format) = value.Kind switch
        {
            TomlDateTimeKind.LocalDate => (SecretKind.LocalDate, "yyyy-MM-dd"),
            TomlDateTimeKind.LocalTime => (SecretKind.LocalTime, "HH:mm:ss.fffffff"),
            TomlDateTimeKind.LocalDateTime => (SecretKind.LocalDateTime, "yyyy-MM-dd'T'HH:mm:ss.fffffff"),
            _ => (SecretKind.OffsetDateTime, "yyyy-MM-dd'T'HH:mm:ss.fffffffzzz"),
        };
        return $"{kind} {Moment(value.DateTime.ToString(format, CultureInfo.InvariantCulture))}";
    }

    // One form for the same moment: no zeros at the end of a fraction, Z where there is no offset.
    private static string Moment(string text)
    {
        text = text.Replace("+00:00", "Z", StringComparison.Ordinal).Replace("-00:00", "Z", StringComparison.Ordinal);
        int dot = text.IndexOf('.');
        if (dot < 0)
        {
            return text;
        }

        int end = text.AsSpan(dot + 1).IndexOfAnyExceptInRange('0', '9');
        end = end < 0 ? text.Length : dot + 1 + end;
        return text[..dot] + text[dot..end].TrimEnd('0').TrimEnd('.') + text[end..];
    }

    private static double Double(string text) => text switch
    {
        "inf" => double.PositiveInfinity,
        "-inf" => double.NegativeInfinity,
        "nan" => double.NaN,
        _ => double.Parse(text, CultureInfo.InvariantCulture),
    };
}
