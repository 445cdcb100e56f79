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

    /// <summary>Gives the leaves at or below the given paths, or all where none is given. What is read by name and not listed, as variables are, comes last.</summary>
    public static IReadOnlyList<Leaf> Of(SecretsView view, IReadOnlyList<string> only)
    {
        SecretPath[] paths = [.. only.Select(ParsePath).Distinct(SecretPath.Comparer(KeyComparison.Equivalent))];
        Leaf[] leaves = [.. Of(view).Where(l => paths.Length == 0 || Array.Exists(paths, l.IsAt))];
        return [.. leaves, .. paths.Where(p => !Array.Exists(leaves, l => l.IsAt(p))).Select(p => new Leaf(p, NotListed(view, p)))];
    }

    /// <summary>Refuses a section that variables alone have: no key of it can be listed.</summary>
    public static void ThrowIfUnlistable(SecretPath path, SecretValue value)
    {
        if (value.Node is { IsFromLookups: true })
        {
            throw CommandException.WrongUse($"{path} is a section that variables alone have, and they are not listed; name a key in it.");
        }
    }

    private bool IsAt(SecretPath path) => Path.StartsWith(path, KeyComparison.Equivalent);

    private static SecretValue NotListed(SecretsView view, SecretPath path)
    {
        SecretValue value = view[path.ToString()];
        ThrowIfUnlistable(path, value);
        return value.Kind == SecretKind.Section ? throw new CommandException(ExitCode.No, $"{path} is a section without keys.") : value;
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
