using Secrets.Documents;
using static System.FormattableString;

namespace Secrets.DotEnv.Reading;

/// <summary>
/// Finds the assignments of a file and the references in them; <see cref="DotEnvReferences"/> replaces these, and <see cref="DotEnvDecoder"/> does quotes and escapes.
/// A message says what was expected where, and never quotes a value.
/// </summary>
internal sealed class DotEnvReader(DotEnvText file, Func<string, string?> variable, bool allowUnset, int maxSize)
{
    /// <summary>The most characters of one assignment: as long as Linux allows a variable to be (execve(2), MAX_ARG_STRLEN).</summary>
    public const int MaxAssignment = 128 * 1024;

    private readonly string _text = file.Text;
    private readonly DotEnvReferences _references = new(file, variable, allowUnset, maxSize);
    private readonly DotEnvValue _value = new();
    private int _at;

    /// <summary>Gets the character to be read; the end counts as that of a line.</summary>
    private char Current => At(_at);

    private bool IsDollar => Current == '$' || (Current == '\\' && At(_at + 1) == '$');

    public IReadOnlyList<DotEnvAssignment> Read(CancellationToken cancellationToken = default)
    {
        var assignments = new List<DotEnvAssignment>();
        for (; _at < _text.Length; _at++)
        {
            SkipBlanks();
            if (Current == '#')
            {
                SkipComment();
            }
            else if (Current != '\n')
            {
                cancellationToken.ThrowIfCancellationRequested();
                assignments.Add(ReadAssignment());
            }
        }

        return assignments;
    }

    private DotEnvAssignment ReadAssignment()
    {
        SkipExport();
        int start = _at;
        string key = ReadKey();
        SkipBlanks();
        if (Current != '=')
        {
            throw file.Error(_at, "expected \"=\" after the key" + DotEnvHints.AfterKey(key, _text.AsSpan(0, _at), _text.AsSpan(_at)));
        }

        _at++;
        int valueStart = ReadValue();
        if (key.Length + _value.Length > MaxAssignment)
        {
            throw file.Error(start, Invariant($"this assignment is longer than {MaxAssignment} characters"));
        }

        string value = _value.Decode(key) ?? throw file.Error(
            valueStart, "an escape in this value stands for no character, or for NUL; a plain backslash is written \\\\ or stands in single quotes");
        _references.Add(key, value);
        (int line, int column) = file.Position(start);
        return new DotEnvAssignment(key, value, line, column);
    }

    /// <summary>Reads the value that begins here, and what may follow it on its line. Gives where its first character or its quote is.</summary>
    private int ReadValue()
    {
        _value.Clear();
        int start = _at;
        SkipBlanks();
        int first = _at;
        if (Typography.IsQuote(Current))
        {
            throw file.Error(first, DotEnvHints.Quote);
        }

        if (Current is not ('\'' or '"'))
        {
            ReadUnquoted(start);
        }
        else if (!(Current == '"' ? ReadDoubleQuoted() : ReadSingleQuoted()))
        {
            throw file.Error(first, "this quote is never closed" + DotEnvHints.QuoteEnd(_text.AsSpan(first, EndOfLine(first) - first)));
        }
        else
        {
            ReadEnd(first);
        }

        return first;
    }

    /// <summary>Skips <c>export</c> in front of a key; <c>export = 1</c> is a key of that name.</summary>
    private void SkipExport()
    {
        const string Export = "export";
        if (string.CompareOrdinal(_text, _at, Export, 0, Export.Length) != 0 || !IsBlank(At(_at + Export.Length)))
        {
            return;
        }

        int start = _at;
        _at += Export.Length;
        SkipBlanks();
        if (Current == '=')
        {
            _at = start;
        }
    }

    private string ReadKey()
    {
        int start = _at;
        _at = EndOfName(_at, ".-");
        return _at > start
            ? _text[start.._at]
            : throw file.Error(start, "expected a key: a letter or \"_\", then letters, digits, \"_\", \".\" and \"-\"" + DotEnvHints.Key(_text.AsSpan(0, start), _text.AsSpan(start)));
    }

    private bool ReadSingleQuoted()
    {
        int start = _at;
        _at = _text.IndexOf('\'', start + 1) + 1;
        _value.Append(_text, start, Math.Max(_at - start, 0));
        return _at > 0;
    }

    private bool ReadDoubleQuoted()
    {
        _value.Append(_text[_at++]);
        while (_at < _text.Length)
        {
            if (IsDollar)
            {
                ReadDollar();
                continue;
            }

            char c = _text[_at++];
            _value.Append(c);
            if (c == '"')
            {
                return true;
            }

            if (c == '\\' && _at < _text.Length)
            {
                _value.Append(_text[_at++]);
            }
        }

        return false;
    }

    /// <summary>Reads to the end of the line, or to a <c>#</c> behind a blank. All but references and the blanks around the value is taken as it stands.</summary>
    private void ReadUnquoted(int valueStart)
    {
        int start = _at;
        while (Current != '\n')
        {
            char c = Current;
            if (c == '#' && _at > valueStart && IsBlank(_text[_at - 1]))
            {
                ReadComment(start);
            }
            else if (IsDollar)
            {
                ReadDollar();
            }
            else
            {
                AppendUnquoted(c);
                _at++;
            }
        }
    }

    private void AppendUnquoted(char c)
    {
        // DotNetEnv takes a "#" at the beginning for a comment, and refuses quotes and wide spaces.
        if (c is '#' or '"' or '\'' || (char.IsWhiteSpace(c) && !IsBlank(c)))
        {
            _value.AppendStandIn(c.ToString());
        }
        else
        {
            _value.Append(c);
        }
    }

    private void ReadComment(int start)
    {
        ReadOnlySpan<char> value = _text.AsSpan(start, _at - start);
        if (value.Count('"') % 2 != 0 || value.Count('\'') % 2 != 0)
        {
            throw file.Error(_at, "this \"#\" stands within quotes or begins a comment; put the whole value into quotes to say which");
        }

        SkipComment();
    }

    /// <summary>Reads <c>\$</c>, <c>$name</c>, <c>${name}</c>, or a dollar sign that is none of them.</summary>
    private void ReadDollar()
    {
        int start = _at;
        bool isEscaped = _text[_at++] == '\\';
        bool isBraced = !isEscaped && Current == '{';
        if (isEscaped || !(isBraced || IsNameStart(Current)))
        {
            _at += isEscaped ? 1 : 0;
            _value.AppendStandIn("$");
            return;
        }

        int nameStart = isBraced ? _at + 1 : _at;
        _at = EndOfName(nameStart, isBraced ? ".-" : "");
        string name = _text[nameStart.._at];
        if (isBraced && (name.Length == 0 || Current != '}'))
        {
            throw file.Error(_at, "expected a name and \"}\" after \"${\"; " + DotEnvHints.PlainDollar);
        }

        _at += isBraced ? 1 : 0;
        _value.AppendStandIn(_references.Resolve(name, isBraced, start));
    }

    private void ReadEnd(int quote)
    {
        SkipBlanks();
        if (Current == '#')
        {
            SkipComment();
        }
        else if (Current != '\n')
        {
            (int line, int column) = file.Position(quote);
            throw file.Error(_at, Invariant($"expected the end of the line or a comment after the quote that closes the one at ({line},{column})"));
        }
    }

    private void SkipBlanks()
    {
        while (IsBlank(Current))
        {
            _at++;
        }
    }

    private void SkipComment() => _at = EndOfLine(_at);

    private int EndOfLine(int start)
    {
        int end = _text.IndexOf('\n', start);
        return end < 0 ? _text.Length : end;
    }

    private char At(int index) => index < _text.Length ? _text[index] : '\n';

    private int EndOfName(int start, string others)
    {
        if (!IsNameStart(At(start)))
        {
            return start;
        }

        int end = start + 1;
        while (char.IsLetterOrDigit(At(end)) || At(end) == '_' || others.Contains(At(end), StringComparison.Ordinal))
        {
            end++;
        }

        return end;
    }

    private static bool IsNameStart(char c) => char.IsLetter(c) || c == '_';

    private static bool IsBlank(char c) => c is ' ' or '\t';
}
