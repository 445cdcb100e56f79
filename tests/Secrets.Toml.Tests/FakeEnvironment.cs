using System.Collections.Concurrent;
using Secrets.EnvironmentVariables;

namespace Secrets.Toml.Tests;

/// <summary>Stands for a process's environment.</summary>
internal sealed class FakeEnvironment : IEnvironmentBlock
{
    private readonly ConcurrentDictionary<string, string> _variables = new(StringComparer.Ordinal);

    public string? this[string name]
    {
        get => Get(name);
        set => Set(name, value);
    }

    public IReadOnlyDictionary<string, string> Read() => new Dictionary<string, string>(_variables, StringComparer.Ordinal);

    public string? Get(string name) => _variables.GetValueOrDefault(name);

    public void Set(string name, string? value)
    {
        if (value is null)
        {
            _variables.TryRemove(name, out _);
        }
        else
        {
            _variables[name] = value;
        }
    }

    /// <summary>Gives all variables as <c>a=1 b=2</c>, in the order of their names.</summary>
    public override string ToString() => string.Join(' ', _variables.OrderBy(v => v.Key, StringComparer.Ordinal).Select(v => $"{v.Key}={v.Value}"));
}
