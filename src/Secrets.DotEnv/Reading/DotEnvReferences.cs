using static System.FormattableString;

namespace Secrets.DotEnv.Reading;

/// <summary>
/// What the references of a file stand for: a key above in the file, or else a variable. It bounds how large they make the file.
/// A message names a variable in braces alone, and never quotes a value.
/// </summary>
internal sealed class DotEnvReferences(DotEnvText file, Func<string, string?> variable, bool allowUnset, int maxSize)
{
    private const int MaxShownName = 64;

    private readonly Dictionary<string, string> _earlier = new(StringComparer.Ordinal);

    // The characters of the assignments so far, and those of the references of the assignment that is read.
    private long _size;
    private long _references;

    /// <summary>Adds an assignment, to which the references below it may refer.</summary>
    public void Add(string key, string value)
    {
        _size += value.Length;
        _references = 0;
        _earlier[key] = value;
    }

    /// <summary>Gives what a reference stands for.</summary>
    /// <param name="name">The name that it refers to.</param>
    /// <param name="isBraced">Whether it is written as <c>${name}</c>.</param>
    /// <param name="at">Where it begins.</param>
    /// <exception cref="SecretsFormatException">The name is set nowhere, or the file becomes too large.</exception>
    public string Resolve(string name, bool isBraced, int at)
    {
        string value = _earlier.TryGetValue(name, out string? earlier) ? earlier : variable(name) ?? Unset(name, isBraced, at);
        _references += value.Length;
        if (_size + _references > maxSize)
        {
            // References to references would double it again and again.
            throw file.Error(at, Invariant($"with its references replaced, the file is larger than the {maxSize} characters that MaxSize allows"));
        }

        return value;
    }

    private string Unset(string name, bool isBraced, int at)
    {
        if (allowUnset)
        {
            return "";
        }

        // What follows a bare "$" may be the rest of a password, and what follows a "-" in braces a default, which is a value too.
        bool isVariable = isBraced && name.Length <= MaxShownName && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.');
        string what = isVariable ? "the variable " + name : "what this \"$\" refers to";
        throw file.Error(at, $"{what} is set neither above in this file nor in the environment; {DotEnvHints.PlainDollar}");
    }
}
