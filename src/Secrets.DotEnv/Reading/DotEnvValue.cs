using System.Text;

namespace Secrets.DotEnv.Reading;

/// <summary>
/// One value while it is read: its text, and what the stand-ins in it stand for. <see cref="DotEnvDecoder"/> says why there are stand-ins.
/// </summary>
internal sealed class DotEnvValue
{
    private readonly StringBuilder _text = new();
    private readonly List<string> _standIns = [];

    public int Length => _text.Length;

    public void Clear()
    {
        _text.Clear();
        _standIns.Clear();
    }

    public void Append(char c) => _text.Append(c);

    public void Append(string text, int start, int count) => _text.Append(text, start, count);

    /// <summary>Appends a stand-in for a text that <see cref="DotEnvDecoder"/> is not to see.</summary>
    public void AppendStandIn(string text)
    {
        _text.Append(DotEnvDecoder.StandIn);
        _standIns.Add(text);
    }

    /// <summary>Decodes the value; <see langword="null"/> where an escape stands for no character or for NUL.</summary>
    public string? Decode(string key) => DotEnvDecoder.Decode(key, _text.ToString(), _standIns);
}
