namespace Secrets.DotEnv.Reading;

/// <summary>One assignment of a file, decoded, and where its key begins.</summary>
internal readonly struct DotEnvAssignment(string key, string value, int line, int column)
{
    public string Key { get; } = key;

    public string Value { get; } = value;

    public int Line { get; } = line;

    public int Column { get; } = column;
}
