using System.Globalization;

namespace Secrets.Conversion;

/// <summary>Writes floating-point numbers as TOML does.</summary>
internal static class FloatText
{
    /// <summary>Gives the shortest text that reads as the same number. It always has a point or an exponent, unless it is <c>inf</c> or <c>nan</c> (TOML 1.1, "Float").</summary>
    public static string Of(double value)
    {
        if (!double.IsFinite(value))
        {
            return double.IsNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
        }

        string text = value.ToString("R", CultureInfo.InvariantCulture).Replace('E', 'e');
        return text.AsSpan().ContainsAny('.', 'e') ? text : text + ".0";
    }
}
