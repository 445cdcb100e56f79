namespace Secrets.Cli.Values;

/// <summary>A value that is no section, and where it is.</summary>
internal sealed class Leaf(SecretPath path, SecretValue value)
{
    public SecretPath Path { get; } = path;

    public SecretValue Value { get; } = value;

    /// <summary>Gives all leaves of a view. An array is one leaf.</summary>
    public static IReadOnlyList<Leaf> Of(SecretsView view)
    {
        var leaves = new List<Leaf>();
        Add(view, SecretPath.Root, leaves);
        return leaves;
    }

    /// <summary>Gives the leaves at or below the given paths, or all where none is given.</summary>
    public static IReadOnlyList<Leaf> Of(SecretsView view, IReadOnlyList<string> only)
    {
        SecretPath[] paths = [.. only.Select(ParsePath)];
        Leaf[] leaves = [.. Of(view).Where(l => paths.Length == 0 || Array.Exists(paths, p => l.Path.StartsWith(p)))];
        return Array.Find(paths, p => !Array.Exists(leaves, l => l.Path.StartsWith(p))) is { } missing
            ? throw new CommandException(ExitCode.No, $"{missing} was not found.")
            : leaves;
    }

    public static SecretPath ParsePath(string text)
    {
        try
        {
            return SecretPath.Parse(text);
        }
        catch (ArgumentException failure)
        {
            throw CommandException.WrongUse(failure.Message.Split(" (Parameter", 2)[0] + " A path is written as database.password; keys with other characters stand in quotes.");
        }
    }

    private static void Add(SecretsView view, SecretPath path, List<Leaf> leaves)
    {
        foreach ((string key, SecretValue value) in view)
        {
            if (value.Kind == SecretKind.Section)
            {
                Add(value.AsSection(), path.Append(key), leaves);
            }
            else
            {
                leaves.Add(new Leaf(path.Append(key), value));
            }
        }
    }
}
