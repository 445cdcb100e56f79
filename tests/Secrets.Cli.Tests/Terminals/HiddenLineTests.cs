namespace Secrets.Cli.Terminals;

public class HiddenLineTests
{
    private static readonly ConsoleKeyInfo _enter = new('\r', ConsoleKey.Enter, shift: false, alt: false, control: false);
    private static readonly ConsoleKeyInfo _backspace = new('\b', ConsoleKey.Backspace, shift: false, alt: false, control: false);
    private static readonly ConsoleKeyInfo _left = new('\0', ConsoleKey.LeftArrow, shift: false, alt: false, control: false);

    [Fact]
    public void Letters_are_kept_and_arrows_are_not() => Assert.Equal("aéb", Read([.. Keys("aé"), _left, .. Keys("b"), _enter]));

    [Fact]
    public void Backspace_takes_one_character_also_of_two_units() => Assert.Equal("a", Read([_backspace, .. Keys("a😀"), _backspace, .. Keys("b"), _backspace, _enter]));

    [Fact]
    public void Control_U_takes_all() => Assert.Equal("b", Read([.. Keys("aaa"), Control(ConsoleKey.U), .. Keys("b"), _enter]));

    [Fact]
    public void Control_C_and_Control_D_give_up()
    {
        Assert.Null(Read([.. Keys("a"), Control(ConsoleKey.C)]));
        Assert.Null(Read([Control(ConsoleKey.D)]));
        Assert.Equal("a", Read([.. Keys("a"), Control(ConsoleKey.D), _enter]));
    }

    [Fact]
    public void Lines_that_were_pasted_with_the_first_are_refused_and_do_not_reach_the_shell()
    {
        var keys = new Queue<ConsoleKeyInfo>([.. Keys("BEGIN"), _enter, .. Keys("key"), _enter]);

        CommandException failure = Assert.Throws<CommandException>(() => HiddenLine.Read(keys.Dequeue, () => keys.Count > 0));

        Assert.Contains("--from-file", failure.Message, StringComparison.Ordinal);
        Assert.Empty(keys);
    }

    [Fact]
    public void Line_ends_that_were_pasted_with_the_line_are_no_more_lines() => Assert.Equal("a", Read([.. Keys("a"), _enter, _enter]));

    private static string? Read(IEnumerable<ConsoleKeyInfo> keys)
    {
        var queue = new Queue<ConsoleKeyInfo>(keys);
        return HiddenLine.Read(queue.Dequeue, () => queue.Count > 0);
    }

    private static IEnumerable<ConsoleKeyInfo> Keys(string text) => text.Select(c => new ConsoleKeyInfo(c, default, shift: false, alt: false, control: false));

    private static ConsoleKeyInfo Control(ConsoleKey key) => new((char)(key - ConsoleKey.A + 1), key, shift: false, alt: false, control: true);
}
