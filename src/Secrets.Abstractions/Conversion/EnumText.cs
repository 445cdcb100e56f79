using System.Globalization;
using Secrets.Keys;

namespace Secrets.Conversion;

/// <summary>Reads a member of an enumeration from text: a name in any spelling that is one key (<c>VerifyFull</c>, <c>verify-full</c>, <c>VERIFY_FULL</c>), or a number.</summary>
internal static class EnumText
{
    private static readonly IEqualityComparer<string> Names = KeyEquivalence.For(KeyComparison.Equivalent);

    /// <summary>Gives the value, or <see langword="null"/> where the text names none. Numbers and combinations are accepted only if every bit of them is defined.</summary>
    public static object? Parse(Type type, string text)
    {
        if (!type.IsDefined(typeof(FlagsAttribute), inherit: false))
        {
            return One(type, text) is { } value && Enum.IsDefined(type, value) ? value : null;
        }

        ulong bits = 0;
        foreach (string part in text.Split(','))
        {
            if (One(type, part) is not { } value)
            {
                return null;
            }

            bits |= Bits(value);
        }

        return (bits & ~DefinedBits(type)) == 0 ? Enum.ToObject(type, bits) : null;
    }

    private static object? One(Type type, string text)
    {
        string name = text.Trim();
        string[] names = Enum.GetNames(type);
        string? found = Array.Find(names, n => string.Equals(n, name, StringComparison.Ordinal))
            ?? Unambiguous(type, Array.FindAll(names, n => string.Equals(n, name, StringComparison.OrdinalIgnoreCase)))
            ?? Unambiguous(type, Array.FindAll(names, n => Names.Equals(n, name)));
        if (found is not null)
        {
            return Enum.Parse(type, found);
        }

        // A text that is no name may still be a number; Enum.TryParse would take a list of names as well.
        return name.Length > 0 && (char.IsAsciiDigit(name[0]) || name[0] == '-') && Enum.TryParse(type, name, out object? number) ? number : null;
    }

    // Several names may stand for one value.
    private static string? Unambiguous(Type type, string[] names) =>
        names.Length > 0 && names.Select(n => Bits(Enum.Parse(type, n))).Distinct().Count() == 1 ? names[0] : null;

    private static ulong DefinedBits(Type type) => Enum.GetValuesAsUnderlyingType(type).Cast<object>().Aggregate(0UL, (bits, value) => bits | Bits(value));

    private static ulong Bits(object value) => Convert.GetTypeCode(value) switch
    {
        TypeCode.SByte or TypeCode.Int16 or TypeCode.Int32 or TypeCode.Int64 => unchecked((ulong)Convert.ToInt64(value, CultureInfo.InvariantCulture)),
        _ => Convert.ToUInt64(value, CultureInfo.InvariantCulture),
    };
}
