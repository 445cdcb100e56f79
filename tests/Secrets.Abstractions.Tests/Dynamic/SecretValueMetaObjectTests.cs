using System.Collections;
using System.Dynamic;
using System.Globalization;
using System.Linq.Expressions;
using Microsoft.CSharp.RuntimeBinder;
using Secrets.Tests.Fakes;

namespace Secrets.Tests.Dynamic;

public sealed class SecretValueMetaObjectTests
{
    private static readonly SecretsStore Store = Stores.Of(
        ("text", "plain"), ("number", 42), ("ratio", 1.5), ("on", true), ("off", false), ("blob", new byte[] { 1, 2 }), ("day", "monday"),
        ("moment", DateTimeOffset.UnixEpoch), ("whitelist", new[] { "sally", "bob" }), ("section.kind", "k"), ("section.origin", "o"), ("section.reveal", "r"),
        ("servers", new[] { Stores.Section(("host", "alpha")) }));

    private static dynamic S => Store;

    [Fact]
    public void Assignment_converts()
    {
        string text = S.text;
        int number = S.number;
        long? nullable = S.number;
        double ratio = S.ratio;
        decimal money = S.ratio;
        bool on = S.on;
        DateTimeOffset moment = S.moment;
        DayOfWeek day = S.day;
        byte[] blob = S.blob;
        SecretsView section = S.section;
        IReadOnlyList<SecretValue> list = S.whitelist;
        SecretValue masked = S.text;
        object same = S.text;

        Assert.Equal(("plain", 42, 42L, 1.5, 1.5m, true, DayOfWeek.Monday), (text, number, nullable, ratio, money, on, day));
        Assert.Equal(DateTimeOffset.UnixEpoch, moment);
        Assert.Equal([1, 2], blob);
        Assert.Equal("k", section.GetString("kind"));
        Assert.Equal(2, list.Count);
        Assert.Same(Store["text"], masked);
        Assert.Same(Store["text"], same);
    }

    [Fact]
    public void A_cast_converts_as_assignment_does()
    {
        Assert.Equal("plain", (string)S.text);
        Assert.Equal(42, (int)S.number);
        Assert.Equal(42, (int?)S.number);
        Assert.True((bool)S.on);
        Assert.Same(Store["section"].AsSection(), (SecretsView)S.section);
    }

    [Fact]
    public void A_conversion_that_cannot_be_is_the_library_s_coded_error()
    {
        Assert.All(
            new Action[]
            {
                () => { int number = S.text; },
                () => { string text = S.section; },
                () => { string text = S.whitelist; },
                () => { string text = S.blob; },
                () => { SecretsView view = S.text; },
                () => { IReadOnlyList<SecretValue> list = S.section; },
                () => { Stream stream = S.text; },
                () => { bool flag = S.text; },
                () => { IEnumerable items = S.text; },
            },
            convert => Assert.Equal(SecretsErrorCode.InvalidFormat, Assert.Throws<SecretsFormatException>(convert).Code));
    }

    [Fact]
    public void Foreach_runs_over_an_array_and_converts_each_element()
    {
        var names = new List<string>();
        foreach (string name in S.whitelist)
        {
            names.Add(name);
        }

        foreach (dynamic server in S.servers)
        {
            names.Add((string)server.host);
        }

        foreach (KeyValuePair<string, SecretValue> entry in S.section)
        {
            names.Add(entry.Key);
        }

        Assert.Equal(["sally", "bob", "alpha", "kind", "origin", "reveal"], names);
        Assert.Throws<SecretsFormatException>(() =>
        {
            foreach (string name in S.text)
            {
                names.Add(name);
            }
        });
    }

    [Fact]
    public void A_condition_reads_a_boolean()
    {
        Assert.Equal("yes", S.on ? "yes" : "no");
        Assert.Equal("no", S.off ? "yes" : "no");
        Assert.True((bool)!S.off);
        if (!S.on)
        {
            Assert.Fail("on is on");
        }

        Assert.Throws<SecretsFormatException>(() => S.text ? 1 : 2);
        Assert.Throws<SecretsFormatException>(() => S.section ? 1 : 2);
    }

    [Fact]
    public void Joined_conditions_need_a_cast()
    {
        Assert.Equal("no", (bool)S.on && (bool)S.off ? "yes" : "no");
        Assert.Equal("yes", S.off == "false" && S.text == "plain" ? "yes" : "no");
        Assert.Throws<RuntimeBinderException>(() => S.on && S.off ? "yes" : "no");
    }

    [Fact]
    public void Comparison_with_a_string_compares_the_text()
    {
        Assert.True((bool)(S.text == "plain"));
        Assert.True((bool)("plain" == S.text));
        Assert.True((bool)(S.text != "other"));
        Assert.False((bool)(S.text == null));
    }

    [Fact]
    public void Text_made_of_it_is_masked()
    {
        Assert.Equal("***", $"{S.text}");
        Assert.Equal("a***", "a" + S.text);
        Assert.Equal("***a", S.text + "a");
        Assert.Equal("***", S.text.ToString());
        Assert.Equal("***", string.Format(CultureInfo.InvariantCulture, "{0}", S.text));
        Assert.Equal("***", Convert.ToString((object)S.text, CultureInfo.InvariantCulture));
    }

    [Fact]
    public void A_call_means_the_method_and_a_section_s_secret_beats_a_property()
    {
        Assert.Equal("plain", S.text.Reveal());
        Assert.Equal(42, S.number.As<int>());
        Assert.True((bool)S.whitelist.Contains("sally"));
        Assert.Equal("sally", (string)S.whitelist[0]);
        Assert.Equal("alpha", (string)S.servers[0].host);
        Assert.Equal("k", (string)S.section.Kind);
        Assert.Equal("o", (string)S.section.Origin);
        Assert.Equal("r", (string)S.section.Reveal);
        Assert.Equal(SecretKind.String, S.text.Kind);
        Assert.Equal("memory", S.text.Origin.SourceName);
    }

    [Fact]
    public void A_missing_attribute_says_what_the_value_is()
    {
        Assert.Equal(["section.nothing"], Assert.Throws<SecretNotFoundException>(() => S.section.nothing).Paths);
        Assert.Equal("text (memory text) is a value of kind String and cannot be read as a section.", Assert.Throws<SecretsFormatException>(() => S.text.nothing).Message);
    }

    [Fact]
    public void A_method_argument_needs_a_cast()
    {
        Assert.Throws<RuntimeBinderException>(() => Length(S.text));
        Assert.Equal(5, Length((string)S.text));
    }

    private static int Length(string text) => text.Length;

    [Fact]
    public void A_source_s_own_section_answers_to_attributes()
    {
        dynamic section = SecretValue.FromSection([KeyValuePair.Create("kind", Stores.Text(SecretKind.String, "k"))], Stores.Origin);

        Assert.Equal("k", (string)section.kind);
        Assert.Equal("k", (string)section.Kind);
    }

    [Fact]
    public void Tools_see_the_keys_of_a_section_and_none_of_a_leaf()
    {
        Assert.Equal(["kind", "origin", "reveal"], Names(Store["section"]));
        Assert.Empty(Names(Store["text"]));

        static IEnumerable<string> Names(SecretValue value) =>
            ((IDynamicMetaObjectProvider)value).GetMetaObject(Expression.Constant(value)).GetDynamicMemberNames();
    }
}
