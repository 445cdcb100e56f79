namespace Secrets.DotEnv.Reading;

/// <summary>Inputs at which readers of <c>.env</c> differ, and what this one gives: values, or where it says what is wrong.</summary>
public class DotEnvCasesTests
{
    public static TheoryData<string, string, string> Cases => new()
    {
        { "export prefix", "export A=b\nexport   B=c", "A->b ; B->c" },
        { "comment after unquoted (space #)", "A=b # comment", "A->b" },
        { "# with no space", "A=b#c", "A->b#c" },
        { "comment after dquote", "A=\"b\" # comment", "A->b" },
        { "comment after squote", "A='b' # comment", "A->b" },
        { "comment directly after dquote", "A=\"b\"#comment", "A->b" },
        { "# inside dquotes", "A=\"b # c\"", "A->b # c" },
        { "# inside squotes", "A='b # c'", "A->b # c" },
        { "# at start of unquoted value", "A=#b", "A->#b" },
        { "dquote basic", "A=\"b c\"", "A->b c" },
        { "squote basic", "A='b c'", "A->b c" },
        { "backtick quotes", "A=`b c`", "A->`b c`" },
        { "inner squote in dquote", "A=\"it's\"", "A->it's" },
        { "quotes mid-value unquoted", "A=b\"c\"d", "A->b\"c\"d" },
        { "text after closing dquote", "A=\"b\"c", "(1,6): expected the end of the line or a comment" },
        { "unquoted with spaces", "A=b c d", "A->b c d" },
        { "escapes \\n \\t \\\\ in dquote", "A=\"x\\ny\\tz\\\\w\"", "A->x\ny\tz\\w" },
        { "escaped \\\" in dquote", "A=\"x\\\"y\"", "A->x\"y" },
        { "escapes \\n \\t in squote", "A='x\\ny\\tz'", "A->x\\ny\\tz" },
        { "escaped \\' in squote", "A='x\\'y'", "(1,7): expected the end of the line or a comment" },
        { "escapes unquoted", "A=x\\ny\\tz", "A->x\\ny\\tz" },
        { "unknown escape \\q in dquote", "A=\"x\\qy\"", "A->x\\qy" },
        { "windows path in dquote", "A=\"C:\\new\\table\"", "A->C:\new\table" },
        { "\\u00e9 and \\x41 in dquote", "A=\"\\u00e9\\x41\"", "A->éA" },
        { "octal \\101 in dquote", "A=\"\\101\"", "A->A" },
        { "\\$ in dquote", "A=\"p\\$VAR\"", "A->p$VAR" },
        { "multi-line dquote", "A=\"l1\nl2\nl3\"\nB=2", "A->l1\nl2\nl3 ; B->2" },
        { "multi-line squote", "A='l1\nl2'\nB=2", "A->l1\nl2 ; B->2" },
        { "multi-line dquote CRLF", "A=\"l1\r\nl2\"\r\nB=2", "A->l1\nl2 ; B->2" },
        { "$V in dquote", "V=val\nA=\"$V\"", "V->val ; A->val" },
        { "${V} in dquote", "V=val\nA=\"${V}\"", "V->val ; A->val" },
        { "$V in squote", "V=val\nA='$V'", "V->val ; A->$V" },
        { "${V} in squote", "V=val\nA='${V}'", "V->val ; A->${V}" },
        { "$V unquoted", "V=val\nA=$V", "V->val ; A->val" },
        { "${V} unquoted", "V=val\nA=x${V}y", "V->val ; A->xvaly" },
        { "undefined $U", "A=[$NOPE_X]", "(1,4): what this \"$\" refers to is set neither" },
        { "undefined ${U}", "A=[${NOPE_X}]", "(1,4): the variable NOPE_X is set neither" },
        { "${V:-default} undefined", "A=${NOPE_X:-dflt}", "(1,11): expected a name and \"}\"" },
        { "${V:-default} defined", "V=val\nA=${V:-dflt}", "(2,6): expected a name and \"}\"" },
        { "${V:-default} in dquote", "A=\"${NOPE_X:-dflt}\"", "(1,12): expected a name and \"}\"" },
        { "${V-default} undefined", "A=${NOPE_X-dflt}", "(1,3): what this \"$\" refers to is set neither" },
        { "password with $ unquoted", "A=pa$$w0rd$1", "(1,6): what this \"$\" refers to is set neither" },
        { "password with $ in dquote", "A=\"pa$$w0rd$1\"", "(1,7): what this \"$\" refers to is set neither" },
        { "bcrypt-like in dquote", "A=\"$2b$10$abc\"", "(1,10): what this \"$\" refers to is set neither" },
        { "empty unquoted", "A=\nB=1", "A-> ; B->1" },
        { "empty at EOF", "A=", "A->" },
        { "empty dquote", "A=\"\"", "A->" },
        { "empty squote", "A=''", "A->" },
        { "empty then comment", "A= # c", "A->" },
        { "KEY without =", "A\nB=1", "(1,2): expected \"=\" after the key" },
        { "export without =", "export A\nB=1", "(1,9): expected \"=\" after the key" },
        { "duplicate keys", "A=1\nA=2", "A->1 ; A->2" }, // The chain refuses them, and names both: DotEnvSourceTests.
        { "unicode value", "A=café☃😀", "A->café☃😀" },
        { "unicode value dquote", "A=\"café☃😀\"", "A->café☃😀" },
        { "unicode key", "été=1", "été->1" },
        { "CRLF", "A=1\r\nB=2\r\n", "A->1 ; B->2" },
        { "CR only", "A=1\rB=2", "(1,4): expected text; the control character U+000D" },
        { "BOM", "\uFEFFA=1\nB=2", "A->1 ; B->2" },
        { "spaces around = (unquoted)", "A = b", "A->b" },
        { "spaces around = (dquote)", "A = \"b c\"", "A->b c" },
        { "trailing spaces unquoted", "A=b   \nB=1", "A->b ; B->1" },
        { "leading indent", "   A=b", "A->b" },
        { "key with dash", "A-B=1", "A-B->1" },
        { "key with dot", "A.B=1", "A.B->1" },
        { "key starting with digit", "1A=1", "(1,1): expected a key" },
        { "colon separator", "A: b", "(1,2): expected \"=\" after the key" },
        { "= in value", "A=b=c==", "A->b=c==" },
        { "json unquoted", "A={\"k\":\"v\"}", "A->{\"k\":\"v\"}" },
        { "quoted key", "'A'=b", "(1,1): expected a key" },
        { "comment only + blank lines", "\n# c\n\n  # d\nA=1\n\n", "A->1" },
        { "unterminated dquote", "A=\"S3cr3tValue\nB=2", "(1,3): this quote is never closed" },
        { "unterminated squote", "A='S3cr3tValue\nB=2", "(1,3): this quote is never closed" },
        { "invalid line with secret in the middle", "A=1\nthis is S3cr3tValue not valid\nB=2", "(2,6): expected \"=\" after the key" },
        { "invalid key with secret value", "bad key=S3cr3tValue\nB=2", "(1,5): expected \"=\" after the key" },
        { "text after closing quote (secret)", "A=\"S3cr3t\"Value trailing\nB=2", "(1,11): expected the end of the line or a comment" },
        { "backtick unbalanced", "A=`S3cr3tValue", "A->`S3cr3tValue" },
        { "NUL-free long secret then bad line", "PASSWORD=S3cr3tValue123\n=oops", "(2,1): expected a key" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_case_gives_its_values_or_its_place(string name, string text, string expected)
    {
        Assert.NotEmpty(name);
        if (expected.StartsWith('('))
        {
            SecretsFormatException e = DotEnvRead.Fails(text);

            Assert.StartsWith(DotEnvRead.File + expected, e.Message);
            Assert.DoesNotContain("S3cr3t", e.ToString());
        }
        else
        {
            Assert.Equal(expected, DotEnvRead.Pairs(text));
        }
    }
}
