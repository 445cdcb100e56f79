namespace Secrets.Toml.Directories;

/// <summary>The keys that a file's name stands for: <c>Database__Password</c> is <c>Database.Password</c>, as .NET's key-per-file configuration has it.</summary>
internal static class FileKeys
{
    private const string Separator = "__";

    /// <summary>Gives the first key of a file's name, with the value below the others.</summary>
    public static KeyValuePair<string, SecretValue> Place(string name, SecretValue value, bool isNested)
    {
        string[] keys = isNested ? name.Split(Separator) : [name];
        if (Array.Exists(keys, key => key.Length == 0))
        {
            return KeyValuePair.Create(name, value);
        }

        SecretValue placed = value;
        for (int i = keys.Length - 1; i > 0; i--)
        {
            placed = SecretValue.FromSection([KeyValuePair.Create(keys[i], placed)], value.Origin);
        }

        return KeyValuePair.Create(keys[0], placed);
    }
}
