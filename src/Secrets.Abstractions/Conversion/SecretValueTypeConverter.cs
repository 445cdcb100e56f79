using System.ComponentModel;
using System.Globalization;

namespace Secrets.Conversion;

/// <summary>
/// Lets binders that know only text, such as that of <c>IConfiguration</c>, fill a member of type <see cref="SecretValue"/>.
/// In the other direction it gives the mask.
/// </summary>
internal sealed class SecretValueTypeConverter : TypeConverter
{
    // Who converts does not say where the text came from.
    private const string Source = "converted";

    public override bool CanConvertFrom(ITypeDescriptorContext? context, Type sourceType) =>
        sourceType == typeof(string) || base.CanConvertFrom(context, sourceType);

    public override object? ConvertFrom(ITypeDescriptorContext? context, CultureInfo? culture, object value) => value is string text
        ? SecretValue.FromText(text, new SecretOrigin(Source, "text", version: null, TimeProvider.System.GetUtcNow()))
        : throw new NotSupportedException("A SecretValue is converted from text alone.");
}
