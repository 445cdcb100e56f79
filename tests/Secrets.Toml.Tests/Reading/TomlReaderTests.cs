namespace Secrets.Toml.Reading;

public class TomlReaderTests
{
    [Theory]
    [InlineData("", "{}")]
    [InlineData("# comment", "{}")]
    [InlineData("\n \t\n# one\r\n\r\n  # two\n", "{}")]
    [InlineData("a = 1 # comment\nb = 2", "{a=Integer 1, b=Integer 2}")]
    [InlineData("  a\t=\t1  \r\n\r\n\tb=2\r\n", "{a=Integer 1, b=Integer 2}")]
    [InlineData("a = \"# text\"# comment \t ä", "{a=String # text}")]
    public void Blanks_comments_and_line_ends_mean_nothing(string toml, string expected) => AssertReads(expected, toml);

    [Theory]
    [InlineData("bare_Key-1 = 1", "{bare_Key-1=Integer 1}")]
    [InlineData("1234 = 1\n-_- = 2", "{1234=Integer 1, -_-=Integer 2}")]
    [InlineData("\"\" = 1\n' ' = 2", "{=Integer 1,  =Integer 2}")]
    [InlineData("\"k\\u00e9y \\\"1\\\"\" = 1\n'k\\2' = 2", "{kéy \"1\"=Integer 1, k\\2=Integer 2}")]
    [InlineData("a.b.c = 1\na.b.d = 2\na.e = 3", "{a={b={c=Integer 1, d=Integer 2}, e=Integer 3}}")]
    [InlineData("a . \"b.c\" .'d' = 1", "{a={b.c={d=Integer 1}}}")]
    [InlineData("3.14 = 1\ntrue = 2\ninf = 3", "{3={14=Integer 1}, true=Integer 2, inf=Integer 3}")]
    [InlineData("a = 1\nA = 2", "{a=Integer 1, A=Integer 2}")]
    [InlineData("b.x = 1\na = 2\nb.y = 3", "{b={x=Integer 1, y=Integer 3}, a=Integer 2}")]
    public void Keys_are_bare_quoted_or_dotted_and_keep_their_order(string toml, string expected) => AssertReads(expected, toml);

    [Theory]
    [InlineData("a = true\nb = false # no", "{a=Boolean true, b=Boolean false}")]
    public void Booleans_are_lower_case_words(string toml, string expected) => AssertReads(expected, toml);

    [Theory]
    [InlineData("a = []", "{a=[]}")]
    [InlineData("a = [ 1, \"x\" , true,]", "{a=[Integer 1, String x, Boolean true]}")]
    [InlineData("a = [ # c\n 1, # d\n\n 2 # e\r\n , ]", "{a=[Integer 1, Integer 2]}")]
    [InlineData("a = [[1, 2], [], [[\"x\"]]]", "{a=[[Integer 1, Integer 2], [], [[String x]]]}")]
    [InlineData("a = [{b = 1}, {c = [2]}, 3]", "{a=[{b=Integer 1}, {c=[Integer 2]}, Integer 3]}")]
    public void Arrays_may_span_lines_mix_kinds_and_end_in_a_comma(string toml, string expected)
    {
        AssertReads(expected, toml);
        AssertReads(expected, toml, TomlVersion.Toml10);
    }

    [Theory]
    [InlineData("a = {}", "{a={}}")]
    [InlineData("a = { b = 1 , \"c d\" = [1,\n2] }", "{a={b=Integer 1, c d=[Integer 1, Integer 2]}}")]
    [InlineData("a = {b.c = 1, b.d = {e = 2}}", "{a={b={c=Integer 1, d={e=Integer 2}}}}")]
    public void Inline_tables_hold_pairs(string toml, string expected)
    {
        AssertReads(expected, toml);
        AssertReads(expected, toml, TomlVersion.Toml10);
    }

    [Theory]
    [InlineData("a = { # one\n b = 1, # two\r\n\n c = 2\n}", "{a={b=Integer 1, c=Integer 2}}", 1, 7, "cannot span lines in TOML 1.0")]
    [InlineData("a = {\n}", "{a={}}", 1, 6, "cannot span lines in TOML 1.0")]
    [InlineData("a = {b = 1,}", "{a={b=Integer 1}}", 1, 12, "no comma at the end")]
    [InlineData("a = {b = 1\n, c = 2}", "{a={b=Integer 1, c=Integer 2}}", 1, 11, "cannot span lines in TOML 1.0")]
    public void Toml_1_1_lets_inline_tables_span_lines_and_end_in_a_comma(
        string toml, string expected, int line, int column, string fragment)
    {
        AssertReads(expected, toml);
        TomlText.Fails(toml, line, column, fragment, TomlVersion.Toml10);
    }

    [Theory]
    [InlineData("[a]\nb = 1\n[c] # comment\nd = 2", "{a={b=Integer 1}, c={d=Integer 2}}")]
    [InlineData("[ a . 'b' .\t\"c\" ]\nd = 1", "{a={b={c={d=Integer 1}}}}")]
    [InlineData("[a.b]\nx = 1\n[a]\ny = 2\n[a.c]", "{a={b={x=Integer 1}, y=Integer 2, c={}}}")]
    [InlineData("a = 1\n[b]\n[b.c]\nd.e = 2", "{a=Integer 1, b={c={d={e=Integer 2}}}}")]
    [InlineData("[a]\nb.c = 1\n[a.b.d]\ne = 2", "{a={b={c=Integer 1, d={e=Integer 2}}}}")]
    [InlineData("[a.b.c]\nx = 1\n[a]\nb.y = 2", "{a={b={c={x=Integer 1}, y=Integer 2}}}")]
    [InlineData("[a]\n[\"\"]\nb = 1", "{a={}, ={b=Integer 1}}")]
    public void Headers_make_tables_in_any_order(string toml, string expected) => AssertReads(expected, toml);

    [Theory]
    [InlineData("[[a]]\nb = 1\n[[a]]\n[[ a ]]\nb = 2", "{a=[{b=Integer 1}, {}, {b=Integer 2}]}")]
    [InlineData("[[a]]\n[a.b]\nc = 1\n[[a]]\n[a.b]\nc = 2", "{a=[{b={c=Integer 1}}, {b={c=Integer 2}}]}")]
    [InlineData("[[a]]\n[[a.b]]\nc = 1\n[[a.b]]\n[[a]]\n[[a.b]]", "{a=[{b=[{c=Integer 1}, {}]}, {b=[{}]}]}")]
    [InlineData("[[a.b]]\nc.d = 1\n[a]\nx = 2", "{a={b=[{c={d=Integer 1}}], x=Integer 2}}")]
    public void Double_brackets_add_to_an_array_of_tables(string toml, string expected) => AssertReads(expected, toml);

    [Theory]
    [InlineData("a", 1, 2, "expected \"=\" or \".\" after a key")]
    [InlineData("a b = 1", 1, 3, "expected \"=\" or \".\" after a key")]
    [InlineData("= 1", 1, 1, "expected a key")]
    [InlineData("a. = 1", 1, 4, "expected a key")]
    [InlineData(".a = 1", 1, 1, "expected a key")]
    [InlineData("a..b = 1", 1, 3, "expected a key")]
    [InlineData("a = 1\n!", 2, 1, "expected a key")]
    [InlineData("\"\"\"a\"\"\" = 1", 1, 3, "expected \"=\" or \".\" after a key")]
    [InlineData("\"a\n\" = 1", 1, 3, "expected \" at the end of a string")]
    [InlineData("a = ", 1, 5, "expected a value")]
    [InlineData("a = # comment", 1, 5, "expected a value")]
    [InlineData("a =\n1", 1, 4, "expected a value")]
    [InlineData("a = text", 1, 5, "text needs quotes")]
    [InlineData("a = True", 1, 5, "expected a value")]
    [InlineData("a = tru", 1, 5, "expected a value")]
    [InlineData("a = nope", 1, 5, "text needs quotes")]
    [InlineData("a = trues", 1, 9, "expected the end of the line")]
    [InlineData("a = 1 b = 2", 1, 7, "expected the end of the line")]
    [InlineData("a = [1 2]", 1, 8, "expected \",\" or \"]\" in an array")]
    [InlineData("a = [1,\n\n", 3, 1, "expected a value")]
    [InlineData("a = [1\nb = 2", 2, 1, "expected \",\" or \"]\" in an array")]
    [InlineData("a = [,]", 1, 6, "expected a value")]
    [InlineData("a = [1,,2]", 1, 8, "expected a value")]
    [InlineData("a = [1]]", 1, 8, "expected the end of the line")]
    [InlineData("a = {b = 1", 1, 11, "expected \",\" or \"}\" in an inline table")]
    [InlineData("a = {b = 1 c = 2}", 1, 12, "expected \",\" or \"}\" in an inline table")]
    [InlineData("a = {,}", 1, 6, "expected a key")]
    [InlineData("a = {b = 1,,}", 1, 12, "expected a key")]
    [InlineData("a = {b}", 1, 7, "expected \"=\" or \".\" after a key")]
    [InlineData("[a", 1, 3, "expected \"]\" or \".\" in a header")]
    [InlineData("[a\n]", 1, 3, "expected \"]\" or \".\" in a header")]
    [InlineData("[a b]", 1, 4, "expected \"]\" or \".\" in a header")]
    [InlineData("[]", 1, 2, "expected a key")]
    [InlineData("[a.]", 1, 4, "expected a key")]
    [InlineData("[[a]", 1, 5, "expected \"]]\"")]
    [InlineData("[[a] ]", 1, 5, "expected \"]]\"")]
    [InlineData("[ [a]]", 1, 3, "expected a key")]
    [InlineData("[a]]", 1, 4, "expected the end of the line")]
    [InlineData("[a] b = 1", 1, 5, "expected the end of the line")]
    public void A_mistake_is_an_error_where_it_is_and_says_what_was_expected(string toml, int line, int column, string fragment) =>
        TomlText.Fails(toml, line, column, fragment);

    [Fact]
    public void Every_value_has_the_position_of_its_key_header_or_element()
    {
        const string toml = """
            # comment
            a = 1
              b.c = [10,
              20, {d = 1}]
            "ä😀" = { x = 1, 'y😀' . z = 2 }

            [s.t]
            	u = 1
             [[l]]
            v = 1
            [[l]]
            [s]
            """;
        string[] expected =
        [
            "a@2,1",
            "b@3,3", "b.c@3,3", "b.c.0@3,10", "b.c.1@4,3", "b.c.2@4,7", "b.c.2.d@4,8",
            "ä😀@5,1", "ä😀.x@5,11", "ä😀.y😀@5,18", "ä😀.y😀.z@5,18",
            "s@12,1", "s.t@7,1", "s.t.u@8,2",
            "l@9,2", "l.0@9,2", "l.0.v@10,1", "l.1@11,1",
        ];
        Assert.Equal(expected, TomlText.Positions(TomlText.Read(toml)));
        Assert.Equal(expected, TomlText.Positions(TomlText.Read(toml.ReplaceLineEndings("\r\n"))));
        Assert.Equal(expected, TomlText.Positions(TomlText.Read("\uFEFF" + toml)));
    }

    [Fact]
    public void A_key_is_found_twice_in_a_table_of_any_size()
    {
        for (int count = 1; count <= 100; count++)
        {
            string toml = string.Concat(Enumerable.Range(1, count).Select(i => $"key{i} = {i}\n"));
            Assert.Equal(count, TomlText.Read(toml).Count);
            for (int twice = 1; twice <= count; twice++)
            {
                TomlText.Fails($"{toml}key{twice} = 0", count + 1, 1, $"the first is at ({twice},1)");
            }
        }
    }

    private static void AssertReads(string expected, string toml, TomlVersion version = TomlVersion.Toml11) =>
        Assert.Equal(expected, TomlText.Render(TomlText.Read(toml, version)));
}
