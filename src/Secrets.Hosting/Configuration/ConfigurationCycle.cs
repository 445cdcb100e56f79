namespace Secrets.Hosting.Configuration;

/// <summary>Breaks the cycle between a chain that reads a configuration and a configuration that shows a chain.</summary>
internal static class ConfigurationCycle
{
    [ThreadStatic]
    private static int _depth;

    /// <summary>Gets a value indicating whether this thread reads a configuration for a chain: providers that show a chain then have nothing.</summary>
    public static bool IsReading => _depth > 0;

    /// <summary>Reads a configuration without what chains show in it. The reading is synchronous.</summary>
    public static T Read<T>(Func<T> read)
    {
        _depth++;
        try
        {
            return read();
        }
        finally
        {
            _depth--;
        }
    }
}
