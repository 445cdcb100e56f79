using System.Text;

namespace Secrets.Cli.Terminals;

/// <summary>A line that is typed unseen: what each key does to it.</summary>
internal static class HiddenLine
{
    /// <summary>Reads keys until Enter; <see langword="null"/> after Ctrl+C, or Ctrl+D on an empty line.</summary>
    /// <exception cref="CommandException">More lines came with the first, as a pasted key has. The shell would show them, run them, and keep them in its history.</exception>
    public static string? Read(Func<ConsoleKeyInfo> readKey, Func<bool> isKeyAvailable)
    {
        var line = new StringBuilder();
        while (true)
        {
            ConsoleKeyInfo key = readKey();
            bool isControl = key.Modifiers.HasFlag(ConsoleModifiers.Control);
            switch (key.Key)
            {
                case ConsoleKey.Enter:
                    return HasMore(readKey, isKeyAvailable)
                        ? throw CommandException.WrongUse("More than one line was pasted; nothing was changed. For such a value: --from-file FILE")
                        : line.ToString();
                case ConsoleKey.C when isControl:
                case ConsoleKey.D when isControl && line.Length == 0:
                    return null;
                case ConsoleKey.U when isControl:
                    line.Clear();
                    break;
                case ConsoleKey.Backspace:
                    RemoveLast(line);
                    break;
                default:
                    // An arrow key gives NUL.
                    if (!char.IsControl(key.KeyChar))
                    {
                        line.Append(key.KeyChar);
                    }

                    break;
            }
        }
    }

    /// <summary>Takes all that came with the line, and says whether that was more than line ends.</summary>
    private static bool HasMore(Func<ConsoleKeyInfo> readKey, Func<bool> isKeyAvailable)
    {
        bool hasMore = false;
        while (isKeyAvailable())
        {
            hasMore |= readKey().Key != ConsoleKey.Enter;
        }

        return hasMore;
    }

    private static void RemoveLast(StringBuilder line)
    {
        if (line.Length > 0)
        {
            line.Length -= line.Length > 1 && char.IsSurrogatePair(line[^2], line[^1]) ? 2 : 1;
        }
    }
}
