using System.Text;
using Secrets.Tests.Fakes;

namespace Secrets.Toml.Tests;

public sealed class TomlEditorTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("nest deeper than the limit of 128")]
    [InlineData("is larger than the limit of 16777216 bytes")]
    [InlineData("has more than 500000 values and tables")]
    public void A_document_that_would_exceed_a_limit_of_the_reader_is_refused(string problem)
    {
        TomlEditor editor = TomlEditor.Parse("a = 1\n"u8);
        Action edit = () => editor.Set(string.Join('.', Enumerable.Repeat("b", 130)), "x");
        if (problem.Contains("bytes", StringComparison.Ordinal))
        {
            editor.Set("b", new string('x', 9 << 20));
            edit = () => editor.Set("c", new string('x', 9 << 20));
        }
        else if (problem.Contains("values", StringComparison.Ordinal))
        {
            editor.SetRaw("b", "[" + string.Concat(Enumerable.Repeat("1,", 499_990)) + "]");
            edit = () => editor.SetRaw("c", "[" + string.Concat(Enumerable.Repeat("1,", 20)) + "]");
        }

        byte[] before = editor.ToUtf8();
        Assert.Contains(problem, Assert.Throws<SecretsFormatException>(edit).Message, StringComparison.Ordinal);
        Assert.Equal(before, editor.ToUtf8());
    }

    public static TheoryData<string, string, string, string> Additions => new()
    {
        { "empty", "", "a", "a = \"new\"\n" },
        { "empty, in a section", "", "a.b", "[a]\nb = \"new\"\n" },
        { "empty, two levels", "", "a.b.c", "[a.b]\nc = \"new\"\n" },
        { "byte order mark alone", "\uFEFF", "a", "\uFEFFa = \"new\"\n" },
        { "blanks alone", "  ", "a", "  \na = \"new\"\n" },
        { "after the last root key", "a = 1\nb = 2\n", "c", "a = 1\nb = 2\nc = \"new\"\n" },
        { "no line end at the end", "a = 1", "c", "a = 1\nc = \"new\"\n" },
        { "CRLF", "a = 1\r\n\r\n[t]\r\nx = 1\r\n", "c", "a = 1\r\nc = \"new\"\r\n\r\n[t]\r\nx = 1\r\n" },
        { "CRLF, in a new section", "a = 1\r\n", "t.x", "a = 1\r\n\r\n[t]\r\nx = \"new\"\r\n" },
        { "behind a comment on the line", "a = 1 # one\n# two\nb = 2 # three\n# four\n", "c", "a = 1 # one\n# two\nb = 2 # three\nc = \"new\"\n# four\n" },
        { "comments alone", "# top\n", "a", "# top\n\na = \"new\"\n" },
        { "comments alone and a blank line", "# top\n\n", "a", "# top\n\na = \"new\"\n" },
        { "root key above the first header", "[t]\nx = 1\n", "a", "a = \"new\"\n\n[t]\nx = 1\n" },
        { "a blank line is there already", "\n[t]\nx = 1\n", "a", "a = \"new\"\n\n[t]\nx = 1\n" },
        { "the top comment stays on top", "# top\n# of file\n\n# of t\n[t]\nx = 1\n", "a", "# top\n# of file\n\na = \"new\"\n\n# of t\n[t]\nx = 1\n" },
        { "the top comment stays on top, close to a header", "# top\n[t]\nx = 1\n", "a", "# top\n\na = \"new\"\n\n[t]\nx = 1\n" },
        { "byte order mark and header", "\uFEFF[t]\nx = 1\n", "a", "\uFEFFa = \"new\"\n\n[t]\nx = 1\n" },
        { "in a table, not in the one after it", "[t]\nx = 1\n\n# of u\n[u]\ny = 2\n", "t.z", "[t]\nx = 1\nz = \"new\"\n\n# of u\n[u]\ny = 2\n" },
        { "in a table without keys", "[t]\n\n[u]\ny = 2\n", "t.z", "[t]\nz = \"new\"\n\n[u]\ny = 2\n" },
        { "indentation", "[t]\n\tx = 1\n\ty = 2\n", "t.z", "[t]\n\tx = 1\n\ty = 2\n\tz = \"new\"\n" },
        { "after a value of several lines", "[t]\nx = [\n  1,\n  2,\n]\n[u]\n", "t.z", "[t]\nx = [\n  1,\n  2,\n]\nz = \"new\"\n[u]\n" },
        { "another spelling of a section", "[my-table]\nx = 1\n", "MyTable.z", "[my-table]\nx = 1\nz = \"new\"\n" },
        { "a section below one", "[t]\nx = 1\n\n[u]\n", "t.v.z", "[t]\nx = 1\n\n[t.v]\nz = \"new\"\n\n[u]\n" },
        { "a section below one and its other sections", "[t]\nx = 1\n[t.a]\n[u]\n", "t.v.z", "[t]\nx = 1\n[t.a]\n\n[t.v]\nz = \"new\"\n\n[u]\n" },
        { "a section that only the headers below it name", "[a.b]\nx = 1\n\n[u]\n", "a.z", "[a.b]\nx = 1\n\n[a]\nz = \"new\"\n\n[u]\n" },
        { "dotted keys", "a.b = 1\na.c.d = 2\ne = 3\n", "a.z", "a.b = 1\na.c.d = 2\na.z = \"new\"\ne = 3\n" },
        { "dotted keys, deeper", "a.b = 1\ne = 3\n", "a.y.z", "a.b = 1\na.y.z = \"new\"\ne = 3\n" },
        { "dotted keys in a table", "[t]\n  a.b = 1\n", "t.a.z", "[t]\n  a.b = 1\n  a.z = \"new\"\n" },
        { "inline table", "a = {b = 1}\n", "a.z", "a = {b = 1, z = \"new\"}\n" },
        { "inline table with blanks", "a = { b = 1 } # c\n", "a.z", "a = { b = 1, z = \"new\" } # c\n" },
        { "empty inline table", "a = {}\n", "a.z", "a = { z = \"new\" }\n" },
        { "comma at the end of an inline table", "a = { b = 1, }\n", "a.z", "a = { b = 1, z = \"new\" }\n" },
        { "inline table over lines", "a = {\n  b = 1, # one\n  c = 2 # two\n}\n", "a.z", "a = {\n  b = 1, # one\n  c = 2, # two\n  z = \"new\"\n}\n" },
        { "inline table over lines with a comma at the end", "a = {\n  b = 1, # one, or\n}\n", "a.z", "a = {\n  b = 1, # one, or\n  z = \"new\",\n}\n" },
        { "section in an inline table", "a = { b = 1 }\n", "a.y.z", "a = { b = 1, y.z = \"new\" }\n" },
        { "dotted keys in an inline table", "a = { b.c = 1, d = 2 }\n", "a.b.z", "a = { b.c = 1, d = 2, b.z = \"new\" }\n" },
        { "inline table in an array", "a = [{ b = 1 }, { c = 2 }]\n", "a.1.z", "a = [{ b = 1 }, { c = 2, z = \"new\" }]\n" },
        { "element of an array of tables", "[[s]]\nx = 1\n\n[[s]]\nx = 2\n", "s.0.z", "[[s]]\nx = 1\nz = \"new\"\n\n[[s]]\nx = 2\n" },
        { "section in the first element", "[[s]]\nx = 1\n\n[[s]]\nx = 2\n", "s.0.y.z", "[[s]]\nx = 1\n\n[s.y]\nz = \"new\"\n\n[[s]]\nx = 2\n" },
        { "new element", "[[s]]\nx = 1\n[s.y]\n\n[u]\n", "s.1.z", "[[s]]\nx = 1\n[s.y]\n\n[[s]]\nz = \"new\"\n\n[u]\n" },
        { "keys that need quotes", "", "\"odd key\".\"a.b\".é", "[\"odd key\".\"a.b\"]\n\"é\" = \"new\"\n" },
    };

    [Theory]
    [MemberData(nameof(Additions))]
    public void A_new_key_is_added_where_it_belongs(string name, string toml, string path, string expected)
    {
        Assert.NotEmpty(name);
        TomlEditor editor = Parse(toml);

        editor.Set(path, "new");

        Assert.Equal(expected, TextOf(editor));
        Assert.Equal("\"new\"", editor.GetRaw(path));
        Assert.Equal(SecretKind.String, editor.KindOf(path));
    }

    public static TheoryData<string, string, string, string> Replacements => new()
    {
        { "root key", "# c\na = 1 # one\nb = 2\n", "a", "# c\na = \"new\" # one\nb = 2\n" },
        { "odd layout", "  a\t=\t'x'\t# one\r\n", "a", "  a\t=\t\"new\"\t# one\r\n" },
        { "key in a table", "[t]\nx = 1\n[u]\nx = 2\n", "u.x", "[t]\nx = 1\n[u]\nx = \"new\"\n" },
        { "dotted key", "a . b = 1\n", "a.b", "a . b = \"new\"\n" },
        { "inline table", "a = { b = 1, c = 2 }\n", "a.b", "a = { b = \"new\", c = 2 }\n" },
        { "inline table as a whole", "a = { b = 1, c = 2 } # c\n", "a", "a = \"new\" # c\n" },
        { "element of an array", "a = [ 1, 'x', [2, 3] ]\n", "a.2.1", "a = [ 1, 'x', [2, \"new\"] ]\n" },
        { "element of an array of tables", "[[s]]\nx = 1\n[[s]]\nx = 2\n", "s.1.x", "[[s]]\nx = 1\n[[s]]\nx = \"new\"\n" },
        { "several lines", "a = \"\"\"\none\ntwo\n\"\"\" # c\nb = 1\n", "a", "a = \"new\" # c\nb = 1\n" },
        { "another spelling", "api_key = 1\n", "API-KEY", "api_key = \"new\"\n" },
        { "the exact key first", "api-key = 1\napi_key = 2\n", "api_key", "api-key = 1\napi_key = \"new\"\n" },
        { "quoted key", "\"a.b\" = 1\n", "\"a.b\"", "\"a.b\" = \"new\"\n" },
    };

    [Theory]
    [MemberData(nameof(Replacements))]
    public void A_value_is_replaced_in_its_place_and_undone(string name, string toml, string path, string expected)
    {
        Assert.NotEmpty(name);
        TomlEditor editor = Parse(toml);
        string old = editor.GetRaw(path)!;

        editor.Set(path, "new");
        Assert.Equal(expected, TextOf(editor));

        editor.SetRaw(path, old);
        Assert.Equal(toml, TextOf(editor));
    }

    public static TheoryData<string, string, string, string> Removals => new()
    {
        { "the only key", "a = 1\n", "a", "" },
        { "a line and its comment", "# c\na = 1 # one\nb = 2\n", "a", "# c\nb = 2\n" },
        { "the last line without a line end", "a = 1\nb = 2", "b", "a = 1\n" },
        { "byte order mark", "\uFEFFa = 1\r\nb = 2\r\n", "a", "\uFEFFb = 2\r\n" },
        { "several lines", "a = '''\nx\n'''\nb = [\n 1,\n]\nc = 1\n", "b", "a = '''\nx\n'''\nc = 1\n" },
        { "a dotted key", "a.b = 1\na.c = 2\n", "a.b", "a.c = 2\n" },
        { "all dotted keys of a section", "a.b = 1\nx = 1\na.c.d = 2\n", "a", "x = 1\n" },
        { "first of an inline table", "a = { b = 1, c = 2 }\n", "a.b", "a = { c = 2 }\n" },
        { "last of an inline table", "a = { b = 1, c = 2 }\n", "a.c", "a = { b = 1 }\n" },
        { "last of an inline table with a comma behind it", "a = { b = 1, c = 2, }\n", "a.c", "a = { b = 1, }\n" },
        { "only one of an inline table", "a = { b = 1 }\n", "a.b", "a = {  }\n" },
        { "dotted keys of an inline table", "a = { b.c = 1, x = 1, b.d = 2 }\n", "a.b", "a = { x = 1 }\n" },
        { "a line of an inline table", "a = {\n  b = 1, # one\n  c = 2 # two\n}\n", "a.c", "a = {\n  b = 1 # one\n}\n" },
        { "element of an array", "a = [1, 2, 3]\n", "a.1", "a = [1, 3]\n" },
        { "last element of an array", "a = [1, 2, 3]\n", "a.2", "a = [1, 2]\n" },
        { "a line of an array", "a = [\n  1,\n  2, # two\n  3\n]\n", "a.2", "a = [\n  1,\n  2, # two\n]\n" },
        { "a table", "x = 1\n\n[t]\n# in t\na = 1\n\nb = 2\n\n# of u\n[u]\n", "t", "x = 1\n\n# of u\n[u]\n" },
        { "a table at the top", "[t]\na = 1\n\n[u]\n", "t", "[u]\n" },
        { "a table and those below it", "[t]\na = 1\n\n[u]\n\n[t.v]\nb = 1\n\n[t.v.w]\n", "t", "[u]\n" },
        { "a table that only headers below it name", "[a.b]\n[a.c]\n[d]\n", "a", "[d]\n" },
        { "an element of an array of tables", "[[s]]\nx = 1\n[s.y]\nz = 1\n\n[[s]]\nx = 2\n", "s.0", "[[s]]\nx = 2\n" },
        { "the last element of an array of tables", "[[s]]\nx = 1\n\n[[s]]\nx = 2\n[s.y]\nz = 1\n", "s.1", "[[s]]\nx = 1\n" },
        { "an array of tables", "a = 1\n\n[[s]]\nx = 1\n\n[[s]]\nx = 2\n", "s", "a = 1\n" },
        { "the last key of a table", "[t]\na = 1\n", "t.a", "[t]\n" },
    };

    [Theory]
    [MemberData(nameof(Removals))]
    public void A_key_goes_with_its_line_and_a_section_with_all_that_is_in_it(string name, string toml, string path, string expected)
    {
        Assert.NotEmpty(name);
        TomlEditor editor = Parse(toml);

        Assert.True(editor.Remove(path));

        Assert.Equal(expected, TextOf(editor));
        Assert.False(editor.Remove("nowhere"));
    }

    [Theory]
    [InlineData("a = 1\n", "a.b", "a holds a value and is not a section")]
    [InlineData("a = [1, 2]\n", "a.2", "a is an array of 2 elements")]
    [InlineData("a = [1, 2]\n", "a.x", "a is an array of 2 elements")]
    [InlineData("[a]\nb = 1\n", "a", "a is a section; name a key in it")]
    [InlineData("a.b = 1\n", "a", "a is a section; name a key in it")]
    [InlineData("[[s]]\n", "s", "s is a section; name a key in it")]
    [InlineData("[[s]]\n", "s.1", "s.1 would be a new section of an array; name a key in it")]
    public void What_cannot_be_set_is_an_error_that_changes_nothing(string toml, string path, string message)
    {
        TomlEditor editor = Parse(toml);

        SecretsFormatException failure = Assert.Throws<SecretsFormatException>(() => editor.Set(path, "secret-value"));

        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-value", failure.ToString(), StringComparison.Ordinal);
        Assert.Equal(toml, TextOf(editor));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1\nb = 2")]
    [InlineData("1 # c")]
    [InlineData(" 1")]
    [InlineData("1 ")]
    [InlineData("secret-value")]
    [InlineData("'secret-value")]
    [InlineData("\"a\"\n")]
    public void Raw_text_must_be_one_value(string raw)
    {
        TomlEditor editor = Parse("a = 1\n");

        SecretsFormatException failure = Assert.Throws<SecretsFormatException>(() => editor.SetRaw("a", raw));

        Assert.DoesNotContain("secret-value", failure.ToString(), StringComparison.Ordinal);
        Assert.Equal("a = 1\n", TextOf(editor));
    }

    public static TheoryData<string> Strings =>
    [
        "", " ", "both ends ", "p#w", "it's", "say \"hi\"", "C:\\new\\table", "'both' \"kinds\"", "$HOME ${X} `x`", "a\tb", "one\ntwo", "one\n", "\n", "\r\n", "\r", "\n\n\"\"\"\n", "a\n\"\"",
        "\"\n\"", "\"\"\"", "'''", "tail\n\"", "back\\\nslash\\", "\u0001\u001F\u007F\u0085", "\u2028\uFEFFé☃😀", "\\", "\"", "{\"k\":\"v\"}", "-----BEGIN KEY-----\nabc+/=\n-----END KEY-----\n",
    ];

    [Theory]
    [MemberData(nameof(Strings))]
    public void Any_string_is_read_back_as_it_was_set(string value)
    {
        foreach (string toml in new[] { "", "a = 1\r\n", "a = { b = 1 }\n[t]\nx = [1]\n" })
        {
            foreach (TomlVersion version in new[] { TomlVersion.Toml10, TomlVersion.Toml11 })
            {
                TomlEditor editor = TomlEditor.Parse(Encoding.UTF8.GetBytes(toml), version);
                editor.Set("k", value);
                editor.Set("t.k", value);
                using SecretsStore store = new SecretsBuilder()
                    .AddTomlText(Encoding.UTF8.GetString(editor.ToUtf8()), o => { o.Version = version; o.ExportToEnvironment = false; })
                    .Build();
                Assert.Equal(value, store.GetString("k"));
                Assert.Equal(value, store.GetString("t.k"));
            }
        }
    }

    [Fact]
    public void Numbers_and_booleans_are_written_as_what_they_are()
    {
        TomlEditor editor = Parse("");
        editor.Set("i", long.MinValue);
        editor.Set("f", 1e300);
        editor.Set("whole", 2.0);
        editor.Set("n", double.NaN);
        editor.Set("m", double.NegativeInfinity);
        editor.Set("p", double.PositiveInfinity);
        editor.Set("b", true);
        editor.Set("c", false);
        editor.SetRaw("d", "2026-01-31");

        Assert.Equal("i = -9223372036854775808\nf = 1e+300\nwhole = 2.0\nn = nan\nm = -inf\np = inf\nb = true\nc = false\nd = 2026-01-31\n", TextOf(editor));
    }

    [Theory]
    [InlineData("", 0xD83D, "")]
    [InlineData("", 0xDE00, " x")]
    [InlineData("a", 0xD83D, "b")]
    public void Half_a_surrogate_pair_is_refused(string before, int half, string after)
    {
        // An attribute cannot hold it.
        string value = before + (char)half + after;
        Assert.Throws<ArgumentException>(() => Parse("").Set("a", value));
        Assert.Throws<ArgumentException>(() => Parse("").SetRaw("a", "'" + value + "'"));
    }

    [Fact]
    public void With_ordinal_keys_another_spelling_is_another_key()
    {
        TomlEditor editor = Parse("api_key = 1\n");
        editor.KeyComparison = KeyComparison.Ordinal;

        editor.Set("API_KEY", "new");

        Assert.Equal("api_key = 1\nAPI_KEY = \"new\"\n", TextOf(editor));
    }

    [Fact]
    public void A_file_is_created_with_its_directory_for_its_owner_alone()
    {
        string file = _directory[".secrets/secrets.toml"];
        TomlEditor editor = TomlEditor.Open(file);
        Assert.False(Directory.Exists(Path.GetDirectoryName(file)));

        editor.Set("a", "x");
        editor.Save();
        editor.Set("b", 1);
        editor.Save();

        Assert.Equal("a = \"x\"\nb = 1\n", File.ReadAllText(file));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.GetDirectoryName(file)!));
        }
    }

    [Fact]
    public void A_file_that_changed_meanwhile_is_not_overwritten()
    {
        string file = _directory.Write("secrets.toml", "a = 1\n");
        TomlEditor editor = TomlEditor.Open(file);
        editor.Set("a", 2);
        File.WriteAllText(file, "a = 3\n");

        Assert.Equal(SecretsErrorCode.Unavailable, Assert.Throws<SecretsSourceException>(editor.Save).Code);

        Assert.Equal("a = 3\n", File.ReadAllText(file));
        TomlEditor absent = TomlEditor.Open(_directory["other.toml"]);
        absent.Set("a", 2);
        _directory.Write("other.toml", "");
        Assert.Equal(SecretsErrorCode.Unavailable, Assert.Throws<SecretsSourceException>(absent.Save).Code);
    }

    [Fact]
    public void A_document_without_a_file_is_not_saved() => Assert.Throws<InvalidOperationException>(Parse("a = 1\n").Save);

    [Fact]
    public void A_malformed_file_and_a_directory_are_coded_errors()
    {
        SecretsFormatException malformed = Assert.Throws<SecretsFormatException>(() => TomlEditor.Open(_directory.Write("bad.toml", "a = 1\nb = secret\n")));
        Assert.Equal((2, 5), (malformed.Line, malformed.Column));
        Assert.Equal(SecretsErrorCode.InvalidConfiguration, Assert.Throws<SecretsSourceException>(() => TomlEditor.Open(_directory.Path)).Code);
    }

    [Fact]
    public void Its_text_names_the_document_and_shows_no_value() =>
        Assert.Equal("a TOML document, 14 bytes", Parse("a = \"s3cret!\"\n").ToString());

    private static TomlEditor Parse(string toml) => TomlEditor.Parse(Encoding.UTF8.GetBytes(toml));

    private static string TextOf(TomlEditor editor) => Encoding.UTF8.GetString(editor.ToUtf8());
}
