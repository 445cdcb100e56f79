namespace Secrets.DotEnv.Reading;

public class DotEnvReferencesTests
{
    // The process has HOST=localhost, EMPTY= and DOLLAR=$HOST.
    public static TheoryData<string, string> Interpolations => new()
    {
        { "A=$HOST", "localhost" },
        { "A=${HOST}", "localhost" },
        { "A=\"$HOST\"", "localhost" },
        { "A='$HOST'", "$HOST" },
        { "A=x$HOST.y", "xlocalhost.y" },
        { "A=$HOST-$HOST", "localhost-localhost" },
        { "A=${HOST}s", "localhosts" },
        { "A=$HOST $HOST # $NOPE", "localhost localhost" },
        { "A= $HOST ", "localhost" },
        { "A=\" $HOST \"", " localhost " },
        { "A=x $HOST", "x localhost" },
        { "A=\"a\n$HOST\nb\"", "a\nlocalhost\nb" },
        { "A=[$EMPTY]", "[]" },
        { "A=$EMPTY", "" },
        { "A=$DOLLAR", "$HOST" },
        { "A=\"$DOLLAR\"", "$HOST" },
        { "HOST=file\nA=$HOST", "file" },
        { "HOST=\nA=[$HOST]", "[]" },
        { "V=$HOST\nW=${V}${V}\nA=$W", "localhostlocalhost" },
        { "V='$HOST \\n # \" x'\nA=\"$V\"", "$HOST \\n # \" x" },
        { "V=' padded '\nA=$V", " padded " },
        { "V=\"l1\nl2\"\nA=$V", "l1\nl2" },
        { "V=v\nA=${V}\nV=w", "v" },
        { "HOST=file\nHOST=x$HOST\nA=$HOST", "xfile" },
        { "HOST=x$HOST\nA=$HOST", "xlocalhost" },
        { "V.W-X=v\nA=${V.W-X}", "v" },
        { "V=v\nA=$V.W-X", "v.W-X" },
        { "été=v\nA=$été", "v" },
        { "_=v\nA=$_", "v" },
        { "v=lower\nV=upper\nA=$v", "lower" },
        { "A=$", "$" },
        { "A=$$", "$$" },
        { "A=a$1$2b", "a$1$2b" },
        { "A=$1.50 and 100$", "$1.50 and 100$" },
        { "A=$ HOST", "$ HOST" },
        { "A=$(HOST)", "$(HOST)" },
        { "A=$\"HOST\"", "$\"HOST\"" },
        { "A=\"$\"", "$" },
        { "A=\\$HOST", "$HOST" },
        { "A=\\${HOST}", "${HOST}" },
        { "A=\\$\\$HOST", "$$HOST" },
        { "A=\\$$HOST", "$localhost" },
        { "A=\"\\$HOST\"", "$HOST" },
        { "A=\"\\${HOST}\"", "${HOST}" },
        { "A=\"\\\\$HOST\"", "\\localhost" },
        { "A=\"\\\\\\$HOST\"", "\\$HOST" },
        { "A=\\\\$HOST", "\\$HOST" },
        { "A='\\$HOST'", "\\$HOST" },
        { "A=\"\\x24HOST\"", "$HOST" },
        { "A=\"\\x24{HOST}\"", "${HOST}" },
        { "A=\"$HOST\\u00e9$HOST\\n\"", "localhostélocalhost\n" },
    };

    // A reference to what is set nowhere. What follows a bare "$" may be the rest of a password, and is never named; nor is what may be a default.
    public static TheoryData<string, int, int, string> Unset => new()
    {
        { "A=$NOPE", 1, 3, "what this \"$\" refers to" },
        { "A=${NOPE}", 1, 3, "the variable NOPE" },
        { "X=pa$HUNTER2", 1, 5, "what this \"$\" refers to" },
        { "X=\"pa$HUNTER2\"", 1, 6, "what this \"$\" refers to" },
        { "A=${NOPE-hunter2}", 1, 3, "what this \"$\" refers to" },
        { "A=$NOPE_2x", 1, 3, "what this \"$\" refers to" },
        { "A=$_NOPE_2", 1, 3, "what this \"$\" refers to" },
        { "A=${nope.x}", 1, 3, "the variable nope.x" },
        { "A=pa$word", 1, 5, "what this \"$\" refers to" },
        { "A=\"pa$word\"", 1, 6, "what this \"$\" refers to" },
        { "# c\nB=1\n  A=\"l1\nl2 ${NOPE}\"", 4, 4, "the variable NOPE" },
        { "A=${A}", 1, 3, "the variable A" },
        { "A=${B}\nB=1", 1, 3, "the variable B" },
        { "host=1\nA=${HOSTS}", 2, 3, "the variable HOSTS" },
        { "Host=1\nA=${host}", 2, 3, "the variable host" },
        { "A=$été", 1, 3, "what this \"$\" refers to" },
    };

    [Theory]
    [MemberData(nameof(Interpolations))]
    public void A_reference_is_an_earlier_key_or_a_variable(string text, string expected) =>
        Assert.Equal(expected, DotEnvRead.Read(text, Process).Last(a => a.Key == "A").Value);

    [Theory]
    [MemberData(nameof(Unset))]
    public void A_reference_to_what_is_set_nowhere_is_an_error_unless_it_is_allowed(string text, int line, int column, string what)
    {
        SecretsFormatException e = DotEnvRead.Fails(text, Process);

        Assert.Equal(
            $"a.env({line},{column}): {what} is set neither above in this file nor in the environment; a plain dollar sign is written \\$ or stands in single quotes",
            e.Message);
        Assert.NotEmpty(DotEnvRead.Read(text, Process, allowUnset: true));
    }

    [Theory]
    [InlineData("A=pa$word", "A->pa")]
    [InlineData("A=[${NOPE}]", "A->[]")]
    [InlineData("A=$A", "A->")]
    public void What_is_allowed_to_be_unset_is_empty(string text, string expected) => Assert.Equal(expected, DotEnvRead.Pairs(text, allowUnset: true));

    [Fact]
    public void A_variable_is_asked_for_only_where_the_file_does_not_have_it()
    {
        List<string> asked = [];
        DotEnvRead.Read(
            "A=1\nB=$A ${C} '$D'\nE='$F'\nG=\\$H \"I\"\n# $J\nK=$L # $M",
            name =>
            {
                asked.Add(name);
                return "";
            });

        Assert.Equal(["C", "D", "L"], asked);
    }

    private static string? Process(string name) => name switch
    {
        "HOST" => "localhost",
        "EMPTY" => "",
        "DOLLAR" => "$HOST",
        _ => null,
    };
}
