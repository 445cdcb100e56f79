using System.Text;

namespace Secrets.Toml.Reading;

public class TomlHostileInputTests
{
    private const int Many = 100_000;

    private const string Seed = """
        # comment
        a.b = "x\t\u00e9" # é
        'c' = [1, 0xFF, -1_0.5e3, inf, true, { d = '', "e" = 1979-05-27T07:32:00.5Z, }]
        f = '''
        line
        '''
        g = 1979-05-27 07:32
        [h.i]
        j = ""
        [[k]]
        [k.l]
        """;

    private static readonly Dictionary<string, Func<string>> TooDeep = new()
    {
        ["arrays"] = () => "a = " + new string('[', Many),
        ["closed arrays"] = () => "a = " + new string('[', Many) + new string(']', Many),
        ["inline tables"] = () => Repeat("a = {", Many),
        ["arrays and inline tables"] = () => "a = " + Repeat("[{a = ", Many),
        ["a dotted key"] = () => Repeat("a.", Many) + "a = 1",
        ["a header"] = () => "[" + Repeat("a.", Many) + "a]",
        ["an array of tables"] = () => "[[" + Repeat("a.", Many) + "a]]",
        ["dotted keys in inline tables"] = () => Repeat("a.b.c = {", Many),
        ["headers that go deeper"] = () => string.Concat(Enumerable.Range(1, 200).Select(i => $"[[{Repeat("a.", i)}a]]\n")),
    };

    private static readonly Dictionary<string, Func<string>> Malformed = new()
    {
        ["an unclosed basic string"] = () => "a = \"" + new string('x', 4_000_000),
        ["an unclosed literal string"] = () => "a = '" + new string('x', 4_000_000),
        ["an unclosed multi-line string"] = () => "a = \"\"\"" + Repeat("x\n", 2_000_000),
        ["an unclosed multi-line string of quotes"] = () => "a = '''" + Repeat("''x", 1_000_000),
        ["an unclosed string of escapes"] = () => "a = \"" + Repeat("\\n", 2_000_000),
        ["an unclosed line continuation"] = () => "a = \"\"\"\\\n" + new string(' ', 4_000_000),
        ["a line continuation that is none"] = () => "a = \"\"\"" + Repeat("\\\n", Many) + "\\ x",
        ["NULs"] = () => new string('\0', Many),
        ["a comment of NULs"] = () => "#" + new string('\0', Many),
        ["a number without end"] = () => "a = " + new string('1', 4_000_000),
        ["a hexadecimal number without end"] = () => "a = 0x" + new string('f', 4_000_000),
        ["underscores"] = () => "a = 1" + Repeat("_1", 1_000_000),
        ["an exponent without end"] = () => "a = 1e" + new string('9', 4_000_000),
        ["an unclosed array"] = () => "a = [" + Repeat("1,\n", 1_000_000),
        ["an unclosed array of empty arrays"] = () => "a = [" + Repeat("[],", 1_000_000),
        ["an unclosed inline table"] = () => "a = {" + string.Concat(Enumerable.Range(0, Many).Select(i => $"k{i} = {i},")),
        ["a late duplicate"] = () => string.Concat(Enumerable.Range(0, Many).Select(i => $"k{i} = {i}\n")) + "k0 = 1",
    };

    private static readonly Dictionary<string, (Func<string> Toml, int Count)> Large = new()
    {
        ["keys of one table"] = (() => string.Concat(Enumerable.Range(0, Many).Select(i => $"k{i} = {i}\n")), Many),
        ["keys of one dotted table"] = (() => string.Concat(Enumerable.Range(0, Many).Select(i => $"a.b.k{i} = {i}\n")), 1),
        ["keys of one inline table"] = (() => "a = {" + string.Join(", ", Enumerable.Range(0, Many).Select(i => $"k{i} = {i}")) + "}", 1),
        ["headers"] = (() => string.Concat(Enumerable.Range(0, Many).Select(i => $"[a.b.k{i}]\n")), 1),
        ["headers at the root"] = (() => string.Concat(Enumerable.Range(0, Many).Select(i => $"[k{i}.b.c]\n")), Many),
        ["elements of an array of tables"] = (() => Repeat("[[a]]\nb = 1\n", Many), 1),
        ["elements of an array on one line"] = (() => "'é' = 1\na = [" + Repeat("'é', {b = 1}, ", Many) + "]", 2),
        ["a long key"] = (() => new string('k', 4_000_000) + " = 1", 1),
        ["a long quoted key"] = (() => "\"" + Repeat("\\u00e9", Many) + "\" = 1", 1),
        ["a long string"] = (() => "a = \"" + Repeat("é", 2_000_000) + "\"", 1),
        ["a string of escapes"] = (() => "a = \"" + Repeat("\\U0001F600", Many) + "\"", 1),
        ["a string of CRLF"] = (() => "a = '''" + Repeat("\r\n", 1_000_000) + "'''", 1),
        ["a fraction of a second"] = (() => "a = 00:00:00." + new string('1', 1_000_000), 1),
        ["a fraction"] = (() => "a = 0." + new string('1', 1_000_000), 1),
        ["spaces"] = (() => new string(' ', 4_000_000) + "a" + new string('\t', 4_000_000) + "= 1", 1),
        ["empty lines"] = (() => Repeat("\r\n", 2_000_000) + "a = 1", 1),
        ["comments"] = (() => Repeat("#\n", 2_000_000) + "a = 1", 1),
    };

    public static TheoryData<string> NamesOfTooDeep => [.. TooDeep.Keys];

    public static TheoryData<string> NamesOfMalformed => [.. Malformed.Keys];

    public static TheoryData<string> NamesOfLarge => [.. Large.Keys];

    [Theory]
    [MemberData(nameof(NamesOfTooDeep))]
    public void What_nests_too_deep_is_an_error(string name) =>
        Assert.Contains("nest deeper than the limit", TomlText.Fails(TooDeep[name]()).Message);

    [Theory]
    [MemberData(nameof(NamesOfMalformed))]
    public void What_is_long_and_malformed_is_an_error(string name) =>
        Assert.Equal(SecretsErrorCode.InvalidFormat, TomlText.Fails(Malformed[name]()).Code);

    [Theory]
    [MemberData(nameof(NamesOfLarge))]
    public void What_is_long_and_well_formed_is_read(string name) =>
        Assert.Equal(Large[name].Count, TomlText.Read(Large[name].Toml()).Count);

    [Fact]
    public void A_document_beyond_the_default_size_is_an_error()
    {
        byte[] toml = new byte[(16 * 1024 * 1024) + 1];
        Assert.Throws<SecretsFormatException>(() => TomlText.Read(toml));
    }

    [Fact]
    public void The_deepest_document_that_is_allowed_is_read()
    {
        int depth = new TomlReaderOptions().MaxDepth;
        TomlText.Read("a = " + new string('[', depth) + new string(']', depth));
        TomlText.Read(Repeat("a = {", depth) + new string('}', depth));
        TomlText.Read(Repeat("a.", depth) + "a = 1");
    }

    [Fact]
    public void Damaged_documents_are_read_or_are_format_errors_and_nothing_else()
    {
        Random random = new(20260101);
        byte[][] seeds = [.. TomlSuite.DocumentsOrNone("files-toml-1.1.0", "valid").Select(TomlSuite.Read), Encoding.UTF8.GetBytes(Seed)];
        byte[] odd = "\0\t\n\r \"#'+,-._019:=TZ[\\]{}aeinotux\u007F\u0080\u00E9\u00FF"u8.ToArray();
        for (int i = 0; i < 5_000; i++)
        {
            List<byte> damaged = [.. seeds[random.Next(seeds.Length)]];
            for (int mutations = random.Next(1, 5); mutations > 0 && damaged.Count > 0; mutations--)
            {
                int at = random.Next(damaged.Count);
                switch (random.Next(4))
                {
                    case 0:
                        damaged.RemoveRange(at, Math.Min(random.Next(1, 8), damaged.Count - at));
                        break;
                    case 1:
                        damaged.Insert(at, odd[random.Next(odd.Length)]);
                        break;
                    case 2:
                        damaged[at] = odd[random.Next(odd.Length)];
                        break;
                    default:
                        damaged.InsertRange(at, damaged.GetRange(at, Math.Min(random.Next(1, 40), damaged.Count - at)));
                        break;
                }
            }

            try
            {
                TomlReader.Read(damaged.ToArray(), new TomlReaderOptions { Version = (TomlVersion)random.Next(2), MaxDepth = 16 });
            }
            catch (SecretsFormatException)
            {
            }
        }
    }

    private static string Repeat(string text, int count) => new StringBuilder(text.Length * count).Insert(0, text, count).ToString();

    /// <summary>Documents of a few megabytes that would take gigabytes.</summary>
    [Theory]
    [InlineData("a = [", "1,", "]")]
    [InlineData("a = [", "{},", "]")]
    [InlineData("a = [", "{a.b.c.d=1},", "]")]
    [InlineData("", "[[a]]\n[a.b.c]\n", "")]
    public void So_many_values_and_tables_are_refused(string begin, string each, string end)
    {
        SecretsFormatException refused = Assert.Throws<SecretsFormatException>(() => TomlText.Read(begin + Repeat(each, 501_000) + end));
        Assert.Contains("more than 500000", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void So_many_are_read() => Assert.Equal(1, TomlText.Read("a = [" + Repeat("1,", 499_000) + "]").Count);
}
