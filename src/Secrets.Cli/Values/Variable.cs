using System.Globalization;

namespace Secrets.Cli.Values;

/// <summary>A secret as an environment variable.</summary>
internal sealed class Variable(string name, string value, string path)
{
    public string Name { get; } = name;

    public string Value { get; } = value;

    /// <summary>Gets what messages call it.</summary>
    public string Path { get; } = path;

    /// <summary>
    /// Turns leaves into variables: a root key keeps its name, a nested one is <c>DATABASE__PASSWORD</c>, an array's elements end in <c>__0</c>, <c>__1</c>.
    /// </summary>
    /// <exception cref="CommandException">A name cannot be that of a variable, two secrets have one name, or a value cannot be that of a variable.</exception>
    public static IReadOnlyList<Variable> Of(IEnumerable<Leaf> leaves, string prefix)
    {
        var variables = new List<Variable>();
        var taken = new Dictionary<string, string>(OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
        foreach (Variable variable in leaves.SelectMany(l => Of(l.Path, l.Value, prefix)))
        {
            if (!taken.TryAdd(variable.Name, variable.Path))
            {
                throw new CommandException(
                    ExitCode.No, $"{taken[variable.Name]} and {variable.Path} would both be the variable {variable.Name}; choose between them with --only.");
            }

            variables.Add(variable);
        }

        return variables;
    }

    private static IEnumerable<Variable> Of(SecretPath path, SecretValue value, string prefix)
    {
        switch (value.Kind)
        {
            case SecretKind.Array:
                return value.AsList().SelectMany((item, i) => Of(path.Append(i.ToString(CultureInfo.InvariantCulture)), item, prefix));
            case SecretKind.Section:
                return value.AsSection().SelectMany(pair => Of(path.Append(pair.Key), pair.Value, prefix));
            case SecretKind.Bytes:
                throw new CommandException(ExitCode.No, $"{path} holds bytes, which a variable cannot; leave it out with --only.");
            default:
                string text = value.Reveal();
                return text.Contains('\0', StringComparison.Ordinal)
                    ? throw new CommandException(ExitCode.No, $"{path} holds a NUL character, which a variable cannot; leave it out with --only.")
                    : [new Variable(prefix + NameOf(path), text, path.ToString())];
        }
    }

    private static string NameOf(SecretPath path)
    {
        string name = path.Segments.Count == 1 ? path.Segments[0] : string.Join("__", path.Segments).ToUpperInvariant();
        name = name.Replace('-', '_').Replace('.', '_').Replace(' ', '_');
        return name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')
            ? name
            : throw new CommandException(
                ExitCode.No, $"{path} cannot be the name of a variable, which has letters, digits and _ and begins with no digit; rename the key, or leave it out with --only.");
    }
}
