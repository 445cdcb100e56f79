namespace Secrets.Toml.Reading;

public class TomlTableRulesTests
{
    [Theory]
    [InlineData("a = 1\na = 2", 2, 1, "this key is defined twice; the first is at (1,1)")]
    [InlineData("\n  a = 1\n\"a\" = 2", 3, 1, "this key is defined twice; the first is at (2,3)")]
    [InlineData("[x]\nä.b = 1\n", 2, 1, "expected a key")]
    [InlineData("x.b = 1\nx.b = 2", 2, 3, "this key is defined twice; the first is at (1,1)")]
    [InlineData("a.b = 1\na = 2", 2, 1, "this key is defined twice; the first is at (1,1)")]
    [InlineData("a = {b = 1, b = 2}", 1, 13, "this key is defined twice; the first is at (1,6)")]
    [InlineData("[a]\nb = 1\n[a.b]", 3, 4, "this table has the name of a value, which is at (2,1)")]
    [InlineData("[a]\n[b]\n [a]", 3, 3, "this table is defined twice; the first is at (1,1)")]
    [InlineData("[a.b]\n[a]\n[a]", 3, 2, "this table is defined twice; the first is at (2,1)")]
    [InlineData("[a]\nb.c = 1\n[a.b]", 3, 4, "this table is defined twice; the first is at (2,1)")]
    [InlineData("a = {}\n[a]", 2, 2, "this table is defined twice; the first is at (1,1)")]
    [InlineData("[[a]]\n[a]", 2, 2, "this table is defined twice; the first is at (1,1)")]
    [InlineData("[a]\n[[a]]", 2, 3, "no array of tables; it is at (1,1)")]
    [InlineData("[[a.b]]\n[[a]]", 2, 3, "no array of tables; it is at (1,1)")]
    [InlineData("a = []\n[[a]]", 2, 3, "no array of tables; it is at (1,1)")]
    [InlineData("a = 1\na.b = 2", 2, 1, "nothing can be added to this key, which has its whole value; it is at (1,1)")]
    [InlineData("a = {}\na.b = 2", 2, 1, "nothing can be added to this key")]
    [InlineData("a = {b = {}, b.c = 1}", 1, 14, "nothing can be added to this key, which has its whole value; it is at (1,6)")]
    [InlineData("a = {b.c = 1}\n[a.b.d]", 2, 2, "nothing can be added to this key")]
    [InlineData("a = [{}]\n[a.b]", 2, 2, "nothing can be added to this key")]
    [InlineData("[[a.b]]\n[a]\nb.c = 1", 3, 1, "nothing can be added to this key")]
    [InlineData("a = 1\n[a.b]", 2, 2, "nothing can be added to this key")]
    [InlineData("[a.b]\n[a]\nb.c = 1", 3, 1, "a dotted key cannot add to a table that has a header; it is at (1,1)")]
    public void What_is_defined_already_is_an_error_that_names_both_places(string toml, int line, int column, string fragment) =>
        TomlText.Fails(toml, line, column, fragment);
}
