using System.Text;

namespace Secrets.Cli.Terminals;

/// <summary>A line that is typed unseen: what each key does to it.</summary>
internal static class HiddenLine
{
    /// <summary>Reads keys until Enter; <see langword="null"/> after Ctrl+C, or Ctrl+D on an empty line.</summary>
    public static string? Read(Func<ConsoleKeyInfo> readKey)
    {
        var line = new StringBuilder();
        while (true)
        {
            ConsoleKeyInfo key = readKey();
            bool isControl = key.Modifiers.HasFlag(ConsoleModifiers.Control);
            switch (key.Key)
            {
                case ConsoleKey.Enter:
                    return line.ToString();
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

    private static void RemoveLast(StringBuilder line)
    {
        if (line.Length > 0)
        {
            line.Length -= line.Length > 1 && char.IsSurrogatePair(line[^2], line[^1]) ? 2 : 1;
        }
    }
}
