using Secrets.Conversion;

namespace Secrets.Tests.Conversion;

public sealed class FloatTextTests
{
    [Theory]
    [InlineData(1.0, "1.0")]
    [InlineData(-0.5, "-0.5")]
    [InlineData(1e300, "1e+300")]
    [InlineData(double.PositiveInfinity, "inf")]
    [InlineData(double.NegativeInfinity, "-inf")]
    [InlineData(double.NaN, "nan")]
    public void A_number_has_a_point_or_an_exponent(double value, string text) => Assert.Equal(text, FloatText.Of(value));
}
