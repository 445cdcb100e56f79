namespace Secrets.Testing;

/// <summary>What became of a check that did not fail; one that fails throws <see cref="ConformanceException"/>.</summary>
public sealed class ConformanceResult
{
    internal ConformanceResult(string check, string? skipReason)
    {
        Check = check;
        SkipReason = skipReason;
    }

    /// <summary>Gets the check's name.</summary>
    public string Check { get; }

    /// <summary>Gets why the check could not be run; <see langword="null"/> where it was run and passed.</summary>
    public string? SkipReason { get; }

    /// <summary>Gets a value indicating whether the check could not be run.</summary>
    public bool IsSkipped => SkipReason is not null;

    /// <summary>Gives one line.</summary>
    /// <returns>As in <c>values-bytes: skipped, variables are text</c>.</returns>
    public override string ToString() => SkipReason is null ? Check + ": passed" : $"{Check}: skipped, {SkipReason}";
}
