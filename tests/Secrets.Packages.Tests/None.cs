namespace Secrets.Packages;

/// <summary>The assertion of all these tests: there is nothing to complain about, else every complaint is shown whole.</summary>
internal static class None
{
    public static void Of(IEnumerable<string> complaints)
    {
        string text = string.Join('\n', complaints);
        Assert.True(text.Length == 0, text);
    }
}
