using System.Text;

namespace Secrets.Toml.Reading;

/// <summary>The valid documents that mutants are made of: these, and those of the official suite where it is at hand.</summary>
internal static class TomlMutantDocuments
{
    private static readonly string[] Own =
    [
        "",
        "# a comment\n\n  \t\na = 1 # another\n",
        "db_username = \"Jane\"\ndb_password = '12345qwerty'\nwhitelist = [\"sally\", \"bob\", \"joe\"]\n\n[database]\nuser = \"shop\"\nport = 5432\n",
        "a.b.c = 1\na.b.d = 2\n\"a\".e = 3\n'' = 'empty'\n\"\\u00e9\" = true\n",
        "[a]\nb = 1\nc = 2\nd = 3\n[a.e]\nf = 1\n[g.h.i]\nj = false\n[g]\nk = 1\n",
        "[[servers]]\nhost = 'a'\n[servers.tls]\non = true\n[[servers]]\nhost = 'b'\n[[servers.ports]]\nn = 1\n[[servers.ports]]\nn = 2\n",
        "a = { b = 1, c.d = 'x', e = { f = [1, 2] } }\nn = {}\nt = {\n  x = 1, # TOML 1.1\n  y = 2,\n}\n",
        "i = [0, +1, -17, 1_000, 0xDEADBEEF, 0xdead_beef, 0o755, 0b1101_0110, 9223372036854775807, -9223372036854775808]\n",
        "f = [0.0, +1.0, -3.14, 5e+22, 1e06, -2E-2, 6.626e-34, 224_617.445_991_228, inf, -inf, +nan]\n",
        "t = [1979-05-27T07:32:00Z, 1979-05-27T00:32:00-07:00, 1979-05-27 07:32:00.5, 1979-05-27, 07:32:00, 00:32:00.999999, 07:32]\n",
        "s = \"tab\\t quote\\\" slash\\\\ bell\\b \\u00E9 \\U0001F600 \\e \\x41\"\nl = 'C:\\Users\\x'\n",
        "m = \"\"\"\nline one\nline \"two\"\n  three \\\n    joined\"\"\"\nr = '''\nit''s \\n raw\n'''\nq = \"\"\"\"quoted\"\"\"\"\nw = ''''x''''\n",
        "a = [\n  [1, 2],\n  [\"a\", 'b', true], # mixed\n  [],\n  { x = 1 },\n]\nb = [[[[]]]]\n",
        "\uFEFFbom = true\r\n[windows]\r\nlines = 'yes'\r\n",
    ];

    public static IReadOnlyList<string> All { get; } =
    [
        .. Own,
        .. TomlSuite.DocumentsOrNone("files-toml-1.1.0", "valid").Select(TomlSuite.Read).Where(bytes => bytes.Length < 4_000).Select(Encoding.UTF8.GetString),
    ];
}
