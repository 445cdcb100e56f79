using System.Buffers;
using System.Collections;
using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Secrets.Testing;

/// <summary>
/// A random value to plant where secrets are, and the search for it in every text that comes out: as it is, in pieces, reversed, and as
/// base64, hex and URLs write it. A leak is reported by where it was found and in which form, never by its surroundings. Not for several threads at once.
/// </summary>
public sealed class Canary
{
    /// <summary>The digits that a value and a number are made of: no code that the system gives (HRESULT) has six of them in a row, in either direction.</summary>
    internal const string Digits = "5789";

    private const int FragmentLength = 6;

    // Encoded, it is made of the letters and digits of every text: so few of them would sooner or later be found by chance.
    private const int EncodedFragmentLength = 8;

    // Eight hexadecimal digits are what the system writes its codes with.
    private const int HexFragmentLength = 12;

    private readonly SearchValues<string> _forms;
    private readonly Dictionary<string, string> _whatItIs = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly HashSet<string> _bad = new(StringComparer.Ordinal);
    private readonly List<string> _leaks = [];

    /// <summary>Makes a canary with a value that no other has.</summary>
    public Canary()
    {
        // Six of these in a row stand in no word; what URLs write otherwise is among them.
        Value = RandomNumberGenerator.GetString("bcdfghjkmnpqrstvwxz" + Digits, 22) + "!%" + RandomNumberGenerator.GetString("bcdfghjkmnpqrstvwxz", 6);
        Number = int.Parse(RandomNumberGenerator.GetString(Digits, 9), CultureInfo.InvariantCulture);
        AddText("the text", Value);
        AddText("the number", Number.ToString(CultureInfo.InvariantCulture));
        _forms = SearchValues.Create([.. _whatItIs.Keys], StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Gets the text to plant.</summary>
    public string Value { get; }

    /// <summary>Gets the number to plant where a text cannot be.</summary>
    public int Number { get; }

    /// <summary>Gets how many different texts were scanned.</summary>
    public int Count => _seen.Count;

    /// <summary>Gets where the value was found, and in which form.</summary>
    public IReadOnlyList<string> Leaks => _leaks;

    /// <summary>Gives the text with something before it, so that each place where it is planted is another value.</summary>
    /// <param name="prefix">What comes before it.</param>
    /// <returns>The text to plant.</returns>
    public string Plant(string prefix = "") => prefix + Value;

    /// <summary>Tells whether a text holds the value, six characters of it in a row, eight of an encoded form, or twelve of a hexadecimal one.</summary>
    /// <param name="text">The text.</param>
    /// <returns><see langword="true"/> where it does.</returns>
    public bool IsIn(string? text) => text is not null && text.AsSpan().ContainsAny(_forms);

    /// <summary>Looks for the value in a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="where">Where the text came from, for <see cref="Leaks"/>.</param>
    public void Scan(string? text, string where)
    {
        // A text is looked through once; one that holds the value is reported for each place.
        if (text is null || !(_seen.Add(text) ? IsIn(text) && _bad.Add(text) : _bad.Contains(text)))
        {
            return;
        }

        string form = _whatItIs.First(f => text.Contains(f.Key, StringComparison.OrdinalIgnoreCase)).Value;
        _leaks.Add($"{where}: {form}");
    }

    /// <summary>Looks for the value in all that an exception tells: its text, its properties, its data, and those of every exception within it.</summary>
    /// <param name="exception">The exception.</param>
    /// <param name="where">Where it was caught, for <see cref="Leaks"/>.</param>
    public void ScanException(Exception exception, string where)
    {
        ArgumentNullException.ThrowIfNull(exception);
        Scan(exception.ToString(), where + ", ToString()");
        Scan(exception.Message, where + ", Message");
        Scan(exception.Source, where + ", Source");
        Scan(exception.HelpLink, where + ", HelpLink");
        foreach (DictionaryEntry entry in exception.Data)
        {
            Scan(entry.Key.ToString(), where + ", Data");
            Scan(entry.Value?.ToString(), where + ", Data");
        }

        foreach (PropertyInfo property in exception.GetType().GetProperties().Where(p => p.GetIndexParameters().Length == 0 && p.Name is not ("TargetSite" or "Data" or "InnerException")))
        {
            object? value = property.GetValue(exception);
            foreach (object? item in value is IEnumerable items and not string ? items.Cast<object?>() : [value])
            {
                Scan(Convert.ToString(item, CultureInfo.InvariantCulture), $"{where}, {property.Name}");
            }
        }

        IEnumerable<Exception> within = exception is AggregateException several ? several.InnerExceptions
            : exception.InnerException is { } only ? [only]
            : [];
        foreach (Exception inner in within)
        {
            ScanException(inner, where + ", inner");
        }
    }

    /// <summary>Runs what fails, and looks for the value in the failure.</summary>
    /// <param name="action">What is to fail.</param>
    /// <param name="where">What it is, for <see cref="Leaks"/>.</param>
    /// <returns>The failure.</returns>
    /// <exception cref="InvalidOperationException">It did not fail: a test that expects a failure and gets none is wrong.</exception>
    public Exception ScanFailure(Action action, string where)
    {
        ArgumentNullException.ThrowIfNull(action);
        try
        {
            action();
        }
        catch (Exception failure)
        {
            ScanException(failure, where);
            return failure;
        }

        throw new InvalidOperationException(where + " was expected to fail, and did not.");
    }

    /// <summary>Looks for the value in what a debugger shows of an object: its display, its proxy, and the members that neither hides, some levels deep.</summary>
    /// <param name="value">The object.</param>
    /// <param name="where">What it is, for <see cref="Leaks"/>.</param>
    /// <param name="depth">How many levels of members are opened.</param>
    public void ScanDebugger(object? value, string where, int depth = 5)
    {
        if (value is null)
        {
            return;
        }

        Type type = value.GetType();
        Scan(value as string ?? Display(value, type), where + ", display");
        if (depth == 0 || (type.Namespace is "System" && value is not Array) || type.IsEnum || type.Namespace?.StartsWith("System.Reflection", StringComparison.Ordinal) == true)
        {
            return;
        }

        if (value is IEnumerable items && type.Assembly != typeof(SecretsView).Assembly)
        {
            foreach (object? item in items)
            {
                ScanDebugger(item, where + "[]", depth - 1);
            }

            return;
        }

        if (type.GetCustomAttribute<DebuggerTypeProxyAttribute>(inherit: false) is { } proxy)
        {
            Type shown = Type.GetType(proxy.ProxyTypeName, throwOnError: true)!;
            shown = shown.ContainsGenericParameters ? shown.MakeGenericType(type.GetGenericArguments()) : shown;
            ScanMembers(Activator.CreateInstance(shown, value)!, where + ", proxy", depth);
        }

        // What a debugger lists as non-public or raw, it lists of the types that a program holds; those within are named and no more.
        if (type.IsPublic || type.IsNestedPublic)
        {
            ScanMembers(value, where, depth);
        }
    }

    /// <summary>Fails where the value was found, or where too little was looked through to say that it was not.</summary>
    /// <param name="atLeast">How many different texts there must have been.</param>
    /// <exception cref="InvalidOperationException">The value was found, or there were fewer texts.</exception>
    public void AssertUnseen(int atLeast = 1)
    {
        if (_leaks.Count > 0)
        {
            throw new InvalidOperationException($"The canary was found in:{Environment.NewLine}{string.Join(Environment.NewLine, _leaks)}");
        }

        if (Count < atLeast)
        {
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"Only {Count} texts were scanned, and there should be {atLeast}."));
        }
    }

    private static string Display(object value, Type type)
    {
        if (type.GetCustomAttribute<DebuggerDisplayAttribute>(inherit: false) is not { } display)
        {
            return value.ToString() ?? "";
        }

        return Regex.Replace(
            display.Value,
            @"\{(?<member>[^},]+)(,nq)?\}",
            match => Convert.ToString(Member(type, match.Groups["member"].Value, value), CultureInfo.InvariantCulture) ?? "",
            RegexOptions.ExplicitCapture,
            TimeSpan.FromSeconds(1));
    }

    private static object? Member(Type type, string name, object value)
    {
        const BindingFlags Any = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
        return type.GetProperty(name, Any) is { } property ? property.GetValue(value) : type.GetField(name, Any)!.GetValue(value);
    }

    private static bool IsHidden(MemberInfo member) =>
        member.GetCustomAttribute<DebuggerBrowsableAttribute>() is { State: DebuggerBrowsableState.Never };

    private void ScanMembers(object value, string where, int depth)
    {
        const BindingFlags All = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        for (Type? type = value.GetType(); type is not null && type != typeof(object) && type != typeof(Exception); type = type.BaseType)
        {
            foreach (FieldInfo field in type.GetFields(All).Where(f => !IsHidden(f) && !f.Name.StartsWith('<')))
            {
                ScanDebugger(field.GetValue(value), $"{where}.{field.Name}", depth - 1);
            }

            foreach (PropertyInfo property in type.GetProperties(All).Where(p => !IsHidden(p) && p.CanRead && p.GetIndexParameters().Length == 0 && !p.PropertyType.IsByRefLike))
            {
                object? shown;
                try
                {
                    shown = property.GetValue(value);
                }
                catch (TargetInvocationException failure)
                {
                    // A debugger shows what a property throws.
                    ScanException(failure.InnerException!, $"{where}.{property.Name}");
                    continue;
                }

                ScanDebugger(shown, $"{where}.{property.Name}", depth - 1);
            }
        }
    }

    private void AddText(string name, string text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        Add(name, text, FragmentLength);
        Add(name + ", reversed", new string([.. text.Reverse()]), FragmentLength);
        Add(name + ", as hex", Convert.ToHexStringLower(utf8), HexFragmentLength);
        Add(name + ", as UTF-16 hex", Convert.ToHexStringLower(Encoding.Unicode.GetBytes(text)), HexFragmentLength);
        Add(name + ", as bytes", string.Join(", ", utf8), EncodedFragmentLength * 2);
        Add(name + ", as bytes with dashes", BitConverter.ToString(utf8));
        Add(name + ", URL-encoded", Uri.EscapeDataString(text));

        // Base64 has three forms of what stands within a longer text.
        for (int shift = 0; shift < 3; shift++)
        {
            string base64 = Convert.ToBase64String([.. new byte[shift], .. utf8]).TrimEnd('=');
            Add(name + ", as base64", base64[(shift == 0 ? 0 : 4)..^2]);
        }
    }

    private void Add(string what, string form, int length = EncodedFragmentLength)
    {
        for (int i = 0; i + length <= form.Length; i++)
        {
            _whatItIs.TryAdd(form.Substring(i, length), what);
        }
    }
}
