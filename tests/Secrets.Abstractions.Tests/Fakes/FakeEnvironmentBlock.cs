using Secrets.EnvironmentVariables;

namespace Secrets.Tests.Fakes;

/// <summary>An environment that no other test shares, and that remembers what was written to it.</summary>
internal sealed class FakeEnvironmentBlock(params (string Name, string Value)[] variables) : IEnvironmentBlock
{
    private readonly Dictionary<string, string> _variables = variables.ToDictionary(v => v.Name, v => v.Value, StringComparer.Ordinal);

    public List<string> Writes { get; } = [];

    /// <summary>Gets how often one variable was read.</summary>
    public int Reads { get; private set; }

    /// <summary>Gets the name of a variable that the platform does not take.</summary>
    public string? Refused { get; init; }

    public string? this[string name]
    {
        get => Get(name);
        set => Change(name, value);
    }

    public IReadOnlyDictionary<string, string> Read() => new Dictionary<string, string>(_variables, StringComparer.Ordinal);

    public string? Get(string name)
    {
        Reads++;
        return _variables.GetValueOrDefault(name);
    }

    public void Set(string name, string? value)
    {
        if (name == Refused)
        {
            throw new ArgumentException("The name or the value is too long.", nameof(name));
        }

        Writes.Add(name);
        Change(name, value);
    }

    private void Change(string name, string? value)
    {
        if (value is null)
        {
            _variables.Remove(name);
        }
        else
        {
            _variables[name] = value;
        }
    }
}
