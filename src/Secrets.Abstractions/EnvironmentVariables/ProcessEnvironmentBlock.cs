using System.Collections;

namespace Secrets.EnvironmentVariables;

/// <summary>The environment of this process, as .NET sees it: native code that calls <c>getenv</c> does not see what is set here.</summary>
internal sealed class ProcessEnvironmentBlock : IEnvironmentBlock
{
    public IReadOnlyDictionary<string, string> Read()
    {
        IDictionary variables = Environment.GetEnvironmentVariables();
        var copy = new Dictionary<string, string>(variables.Count, StringComparer.Ordinal);
        foreach (DictionaryEntry variable in variables)
        {
            copy[(string)variable.Key] = (string?)variable.Value ?? "";
        }

        return copy;
    }

    public string? Get(string name) => Environment.GetEnvironmentVariable(name);

    public void Set(string name, string? value) => Environment.SetEnvironmentVariable(name, value);
}
