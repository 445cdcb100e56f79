using Secrets.EnvironmentVariables;
using Secrets.Tests.Fakes;

namespace Secrets.Tests.EnvironmentVariables;

public sealed class EnvironmentLedgerTests
{
    private readonly object _first = new();
    private readonly object _second = new();
    private readonly FakeEnvironmentBlock _block = new(("KEPT", "original"), ("OTHER", "other"));
    private readonly EnvironmentLedger _ledger;

    public EnvironmentLedgerTests() => _ledger = new EnvironmentLedger(_block);

    private static Dictionary<string, string> Only(params (string Name, string Value)[] variables) => variables.ToDictionary(v => v.Name, v => v.Value);

    [Fact]
    public void Release_puts_back_what_was_there_and_removes_what_was_not()
    {
        _ledger.Export(_first, Only(("KEPT", "ours"), ("NEW", "ours")));
        Assert.Equal(("ours", "ours"), (_block["KEPT"], _block["NEW"]));

        _ledger.Release(_first);
        _ledger.Release(_first);

        Assert.Equal(("original", null, "other"), (_block["KEPT"], _block["NEW"], _block["OTHER"]));
    }

    [Fact]
    public void Release_of_one_who_exported_nothing_touches_nothing()
    {
        _ledger.Export(_first, Only(("KEPT", "ours")));
        _block.Writes.Clear();

        _ledger.Release(_second);

        Assert.Empty(_block.Writes);
        Assert.Equal("ours", _block["KEPT"]);
    }

    [Theory]
    [InlineData("theirs")]
    [InlineData(null)]
    public void What_somebody_else_set_or_removed_since_stays(string? theirs)
    {
        _ledger.Export(_first, Only(("KEPT", "ours")));
        _block["KEPT"] = theirs;

        Assert.Equal(theirs, _ledger.Originals().GetValueOrDefault("KEPT"));
        _ledger.Release(_first);

        Assert.Equal(theirs, _block["KEPT"]);
    }

    [Fact]
    public void What_somebody_else_set_is_the_original_of_a_later_export()
    {
        _ledger.Export(_first, Only(("KEPT", "ours")));
        _block["KEPT"] = "theirs";
        _ledger.Export(_first, Only(("KEPT", "ours again")));
        Assert.Equal("ours again", _block["KEPT"]);
        Assert.Equal("theirs", _ledger.Originals()["KEPT"]);

        _ledger.Release(_first);

        Assert.Equal("theirs", _block["KEPT"]);
    }

    [Fact]
    public void A_second_export_takes_back_what_it_no_longer_has()
    {
        _ledger.Export(_first, Only(("KEPT", "1"), ("NEW", "1"), ("SAME", "1")));
        _ledger.Export(_first, Only(("SAME", "2")));

        Assert.Equal(("original", null, "2"), (_block["KEPT"], _block["NEW"], _block["SAME"]));
    }

    [Fact]
    public void Where_names_ignore_case_what_was_exported_is_known_in_every_spelling()
    {
        var block = new WindowsBlock { ["Api_Key"] = "old" };
        var ledger = new EnvironmentLedger(block, StringComparer.OrdinalIgnoreCase);
        ledger.Export(_first, Only(("API_KEY", "new"), ("NEW", "ours")));
        Assert.Equal("Api_Key=new, NEW=ours", Show(block.Read()));

        // In the spelling that the system has kept.
        Assert.Equal("Api_Key=old", Show(ledger.Originals()));
        Assert.Equal("old", ledger.Original("api_key"));
        ledger.Release(_first);
        Assert.Equal("Api_Key=old", Show(block.Read()));
    }

    [Fact]
    public void Where_names_ignore_case_the_first_of_two_spellings_counts()
    {
        var block = new WindowsBlock(("Path", "1"), ("PATH", "2"), ("A", "a"));
        var ledger = new EnvironmentLedger(block, StringComparer.OrdinalIgnoreCase);
        ledger.Export(_first, Only(("A", "ours")));

        Assert.Equal("A=a, Path=1", Show(ledger.Originals()));
    }

    public static TheoryData<bool> Orders => [true, false];

    [Theory]
    [MemberData(nameof(Orders))]
    public void Several_stores_may_export_one_name_and_the_last_one_s_release_restores_it(bool isFirstReleasedFirst)
    {
        _ledger.Export(_first, Only(("KEPT", "first")));
        _ledger.Export(_second, Only(("KEPT", "second")));
        Assert.Equal("second", _block["KEPT"]);
        Assert.Equal("original", _ledger.Originals()["KEPT"]);

        _ledger.Release(isFirstReleasedFirst ? _first : _second);
        Assert.Equal(isFirstReleasedFirst ? "second" : "first", _block["KEPT"]);
        Assert.Equal("original", _ledger.Originals()["KEPT"]);

        _ledger.Release(isFirstReleasedFirst ? _second : _first);
        Assert.Equal("original", _block["KEPT"]);
    }

    [Fact]
    public void An_earlier_store_s_reload_does_not_displace_a_later_store()
    {
        _ledger.Export(_first, Only(("KEPT", "first")));
        _ledger.Export(_second, Only(("KEPT", "second")));
        _ledger.Export(_first, Only(("KEPT", "first reloaded")));
        Assert.Equal("second", _block["KEPT"]);

        _ledger.Release(_second);
        Assert.Equal("first reloaded", _block["KEPT"]);
    }

    [Fact]
    public void A_store_that_exports_what_is_there_already_leaves_it_there()
    {
        _ledger.Export(_first, Only(("KEPT", "original"), ("NEW", "")));
        Assert.Equal("", _block["NEW"]);
        _ledger.Release(_first);

        Assert.Equal(("original", null), (_block["KEPT"], _block["NEW"]));
    }

    [Fact]
    public void Originals_hide_exports_and_show_the_rest()
    {
        Assert.Equal(["KEPT", "OTHER"], _ledger.Originals().Keys.Order(StringComparer.Ordinal));
        _ledger.Export(_first, Only(("KEPT", "ours"), ("NEW", "ours")));

        IReadOnlyDictionary<string, string> originals = _ledger.Originals();

        Assert.Equal("original", originals["KEPT"]);
        Assert.False(originals.ContainsKey("NEW"));
        Assert.Equal("other", originals["OTHER"]);
    }

    // By counts, not by time: an owner pays for its own variables, however many all others of the process have.
    [Fact]
    public void An_export_and_a_release_read_and_write_the_owner_s_own_variables_alone()
    {
        for (int owner = 0; owner < 50; owner++)
        {
            _ledger.Export(new object(), Enumerable.Range(0, 100).ToDictionary(i => $"OWNER{owner}_{i}", _ => "x"));
        }

        (int reads, int writes) = (_block.Reads, _block.Writes.Count);
        _ledger.Export(_first, Enumerable.Range(0, 100).ToDictionary(i => $"FIRST_{i}", _ => "x"));
        _ledger.Export(_first, Enumerable.Range(0, 100).ToDictionary(i => $"FIRST_{i}", _ => "x"));
        _ = _ledger.Originals();
        _ledger.Release(_first);

        Assert.Equal((300, 200), (_block.Reads - reads, _block.Writes.Count - writes));
    }

    [Fact]
    public void What_somebody_else_replaced_and_another_owner_exported_and_took_back_is_no_longer_the_first_owner_s()
    {
        _ledger.Export(_first, Only(("KEPT", "ours")));
        _block["KEPT"] = "theirs";
        _ledger.Export(_second, Only(("KEPT", "second")));
        _ledger.Release(_second);
        _ledger.Release(_first);

        Assert.Equal("theirs", _block["KEPT"]);
    }

    [Fact]
    public void Many_threads_may_export_and_release()
    {
        Parallel.For(0, 64, i =>
        {
            object owner = new();
            for (int round = 0; round < 20; round++)
            {
                _ledger.Export(owner, Only(("KEPT", "v" + i), ("NEW", "v" + i)));
                _ = _ledger.Originals();
            }

            _ledger.Release(owner);
        });

        Assert.Equal(("original", null), (_block["KEPT"], _block["NEW"]));
    }

    [Theory]
    [InlineData("KEPT", "original")]
    [InlineData("NEW", null)]
    [InlineData("OTHER", "other")]
    [InlineData("ABSENT", null)]
    public void One_variable_is_given_as_it_would_be_without_what_was_exported(string name, string? expected)
    {
        _ledger.Export(_first, Only(("KEPT", "ours"), ("NEW", "ours")));
        Assert.Equal(expected, _ledger.Original(name));
        _block["KEPT"] = "somebody else's";
        Assert.Equal("somebody else's", _ledger.Original("KEPT"));
    }

    private static string Show(IReadOnlyDictionary<string, string> variables) =>
        string.Join(", ", variables.OrderBy(v => v.Key, StringComparer.Ordinal).Select(v => $"{v.Key}={v.Value}"));

    /// <summary>An environment whose names ignore case and keep their first spelling. Two spellings of one name can only be inherited.</summary>
    private sealed class WindowsBlock(params (string Name, string Value)[] inherited) : IEnvironmentBlock
    {
        private readonly List<(string Name, string Value)> _variables = [.. inherited];

        public string this[string name]
        {
            set => Set(name, value);
        }

        public IReadOnlyDictionary<string, string> Read() => _variables.ToDictionary(v => v.Name, v => v.Value, StringComparer.Ordinal);

        public string? Get(string name) => IndexOf(name) is >= 0 and var i ? _variables[i].Value : null;

        public void Set(string name, string? value)
        {
            int i = IndexOf(name);
            if (i >= 0 && value is not null)
            {
                _variables[i] = (_variables[i].Name, value);
            }
            else if (i >= 0)
            {
                _variables.RemoveAt(i);
            }
            else if (value is not null)
            {
                _variables.Add((name, value));
            }
        }

        private int IndexOf(string name) => _variables.FindIndex(v => string.Equals(v.Name, name, StringComparison.OrdinalIgnoreCase));
    }
}
