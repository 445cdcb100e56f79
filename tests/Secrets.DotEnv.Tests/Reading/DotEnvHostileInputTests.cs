using System.Text;

namespace Secrets.DotEnv.Reading;

public class DotEnvHostileInputTests
{
    private const int Limit = DotEnvReader.MaxAssignment;

    private static readonly Dictionary<string, Func<string>> Malformed = new(StringComparer.Ordinal)
    {
        ["an unclosed double quote"] = () => "A=\"" + Repeat("x ", 1_000_000),
        ["an unclosed double quote of escapes"] = () => "A=\"" + Repeat("\\\"", 1_000_000),
        ["an unclosed single quote"] = () => "A='" + Repeat("x\n", 1_000_000),
        ["a long double-quoted value"] = () => "A=\"" + Repeat("x ", Limit) + "\"",
        ["a long single-quoted value"] = () => "A='" + Repeat("x ", Limit) + "'",
        ["a long unquoted value"] = () => "A=" + Repeat("x ", Limit),
        ["a value of long blanks"] = () => "A=" + new string(' ', 2_000_000) + "x" + new string(' ', 2_000_000) + "x",
        ["a long value of quotes"] = () => "A=x" + new string('"', Limit),
        ["a long value of dollar signs"] = () => "A=" + new string('$', 2 * Limit),
        ["a long key"] = () => new string('A', Limit) + "=1",
        ["a key without end"] = () => new string('A', 4_000_000),
        ["words"] = () => Repeat("A ", 1_000_000),
        ["a deep reference"] = () => "A=" + Repeat("${", 1_000_000),
        ["a deep reference that is closed"] = () => "A=" + Repeat("${A", 500_000) + new string('}', 500_000),
        ["a deep reference in quotes"] = () => "A=\"" + Repeat("${", 1_000_000) + "\"",
        ["a reference without end"] = () => "A=${" + new string('A', 4_000_000),
        ["a name without end"] = () => "A=$" + new string('A', 4_000_000),
        ["NULs"] = () => new string('\0', 1_000_000),
        ["carriage returns"] = () => new string('\r', 1_000_000),
        ["equals signs"] = () => new string('=', 1_000_000),
    };

    private static readonly Dictionary<string, (Func<string> Text, int Length)> Large = new(StringComparer.Ordinal)
    {
        ["a double-quoted value of words"] = (() => "A=\"" + Repeat("x ", (Limit - 3) / 2) + "\"", Limit - 4),
        ["a double-quoted value of escapes"] = (() => "A=\"" + Repeat("\\n", (Limit - 3) / 2) + "\"", (Limit - 4) / 2),
        ["a double-quoted value of numbers"] = (() => "A=\"" + Repeat("\\x41\\101", 10_000) + "\"", 20_000),
        ["a double-quoted value of backslashes"] = (() => "A=\"" + Repeat("\\\\", 60_000) + "\"", 60_000),
        ["a double-quoted value of lines"] = (() => "A=\"" + Repeat("x\n", 60_000) + "\"", 120_000),
        ["a single-quoted value"] = (() => "A='" + new string('"', Limit - 3) + "'", Limit - 3),
        ["an unquoted value of words"] = (() => "A=" + Repeat("x ", 60_000) + "x", 120_001),
        ["an unquoted value of quotes"] = (() => "A=x" + new string('\'', 100_000), 100_001),
        ["a value of dollar signs"] = (() => "A=" + new string('$', 100_000), 100_000),
        ["a value of escaped dollar signs"] = (() => "A=\"" + Repeat("\\$", 100_000) + "\"", 100_000),
        ["a value of references"] = (() => "B=xy\nA=" + Repeat("$B ", 50_000), 149_999),
        ["a key"] = (() => new string('A', Limit - 10) + "=1", 1),
        ["blanks before the value"] = (() => "A=" + new string(' ', 4_000_000) + "x", 1),
        ["a comment behind the value"] = (() => "A=x #" + new string('#', 4_000_000), 1),
        ["comments"] = (() => Repeat("# x\n", 1_000_000) + "A=x", 1),
        ["empty lines"] = (() => Repeat(" \r\n", 1_000_000) + "A=x", 1),
    };

    public static TheoryData<string> NamesOfMalformed => [.. Malformed.Keys];

    public static TheoryData<string> NamesOfLarge => [.. Large.Keys];

    [Theory]
    [MemberData(nameof(NamesOfMalformed))]
    public void What_is_long_and_malformed_is_an_error_and_does_not_hang(string name)
    {
        SecretsFormatException e = DotEnvRead.Fails(Malformed[name]());

        Assert.Equal(1, e.Line);
        Assert.InRange(e.Message.Length, 10, 300);
    }

    [Theory]
    [MemberData(nameof(NamesOfLarge))]
    public void What_is_long_and_well_formed_is_read(string name)
    {
        (Func<string> text, int length) = Large[name];

        Assert.Equal(length, DotEnvRead.Read(text())[^1].Value.Length);
    }

    [Fact]
    public void An_assignment_has_a_limit()
    {
        Assert.Equal(Limit - 1, Assert.Single(DotEnvRead.Read("A=" + new string('x', Limit - 1))).Value.Length);
        Assert.Equal(
            $"a.env(2,1): this assignment is longer than {Limit} characters",
            DotEnvRead.Fails("B=1\nA=" + new string('x', Limit)).Message);
    }

    [Theory]
    [InlineData("$", "")]
    [InlineData("${", "}")]
    public void References_to_references_do_not_grow_without_end(string open, string close)
    {
        string doubled = string.Concat(Enumerable.Range(1, 60).Select(i => $"A{i}={open}A{i - 1}{close}{open}A{i - 1}{close}\n"));

        SecretsFormatException e = DotEnvRead.Fails("A0=0123456789\n" + doubled, maxSize: 1024 * 1024);

        Assert.Contains("with its references replaced, the file is larger than the 1048576 characters that MaxSize allows", e.Message);
        Assert.InRange(e.Line, 10, 20);
    }

    [Fact]
    public void A_variable_that_is_repeated_does_not_grow_without_end()
    {
        string variable = new('x', 100_000);

        SecretsFormatException e = DotEnvRead.Fails("A=" + Repeat("$V", 1000), _ => variable, maxSize: 1024 * 1024);

        Assert.Equal((1, 3 + (10 * 2)), (e.Line, e.Column));
    }

    [Fact]
    public void A_file_without_references_is_never_larger_than_its_bytes()
    {
        const string Text = "A=1\nB=\"x\\ny\"\nC=$1é\n";

        Assert.Equal(3, DotEnvRead.Read(Text, maxSize: Encoding.UTF8.GetByteCount(Text)).Count);
    }

    [Fact]
    public void A_file_of_thousands_of_assignments_and_megabytes_of_comments_is_read()
    {
        const int Count = 2_400;
        string text = string.Concat(Enumerable.Range(0, Count).Select(i => $"# {new string('x', 300)}\nKEY_{i}=\"value \t {i}\" # c\nREF_{i}=x$KEY_{i}\n"));
        Assert.Equal(2 * Count, DotEnvRead.Read(text).Count);
    }

    [Fact]
    public void Damaged_files_are_read_or_are_format_errors_and_nothing_else()
    {
        Random random = new(20260101);
        byte[] seed = "# c\nexport A=b c # d\nB='x $Y'\nC=\"l1\n\\x41\\101\\u00e9 $A ${B}\\$\" #\nD=${A}$B{\"k\": 'v'}\nE__F=é\r\n"u8.ToArray();
        byte[] odd = "\0\t\n\r \"#$'\\{}=_-.09AUXux\u0080\u00E9\u00FF"u8.ToArray();
        for (int i = 0; i < 5_000; i++)
        {
            List<byte> damaged = [.. seed];
            for (int mutations = random.Next(1, 6); mutations > 0 && damaged.Count > 0; mutations--)
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
                DotEnvRead.Read(damaged.ToArray(), allowUnset: random.Next(2) == 0);
            }
            catch (SecretsFormatException e)
            {
                Assert.InRange(e.Line, 1, 20);
            }
        }
    }

    private static string Repeat(string text, int count) => new StringBuilder(text.Length * count).Insert(0, text, count).ToString();
}
