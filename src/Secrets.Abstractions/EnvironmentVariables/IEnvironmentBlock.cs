namespace Secrets.EnvironmentVariables;

/// <summary>A process's environment: shared, mutable, and so behind one seam that tests can replace.</summary>
internal interface IEnvironmentBlock
{
    IReadOnlyDictionary<string, string> Read();

    string? Get(string name);

    void Set(string name, string? value);
}
