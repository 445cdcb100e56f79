using System.Globalization;

namespace Secrets.Tests.Fakes;

/// <summary>Says how much was looked through.</summary>
internal static class CanaryOutput
{
    public static void AssertUnseen(this Canary canary, ITestOutputHelper output, int atLeast)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{canary.Count} texts scanned."));
        canary.AssertUnseen(atLeast);
    }
}
