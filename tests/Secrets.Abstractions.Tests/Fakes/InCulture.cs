using System.Globalization;

namespace Secrets.Tests.Fakes;

/// <summary>Runs a test in another culture: a comma for a point, a dotless i. It flows with the test alone.</summary>
internal sealed class InCulture : IDisposable
{
    private readonly CultureInfo _before = CultureInfo.CurrentCulture;

    public InCulture(string name) => CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(name);

    public void Dispose() => CultureInfo.CurrentCulture = _before;
}
