namespace Secrets;

/// <summary>What one load of a remote source would ask its store.</summary>
public sealed class SecretsCallPlan
{
    /// <summary>Makes a plan.</summary>
    /// <param name="nativeNames">The names that would be asked for, as the store writes them.</param>
    /// <param name="calls">The number of calls; <see langword="null"/> where only the store knows, as when it is listed.</param>
    public SecretsCallPlan(IReadOnlyList<string> nativeNames, int? calls)
    {
        ArgumentNullException.ThrowIfNull(nativeNames);
        NativeNames = nativeNames;
        Calls = calls;
    }

    /// <summary>Gets the names that would be asked for, as the store writes them.</summary>
    public IReadOnlyList<string> NativeNames { get; }

    /// <summary>Gets the number of calls, or <see langword="null"/> where only the store knows.</summary>
    public int? Calls { get; }
}
