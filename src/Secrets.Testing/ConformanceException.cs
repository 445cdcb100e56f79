namespace Secrets.Testing;

/// <summary>A source does not keep a promise. The message says which, what happened and how to fix it; it holds no value of a store.</summary>
public sealed class ConformanceException : Exception
{
    internal ConformanceException(string check, string promise, string happened, string fix, Exception? cause = null)
        : base($"{check}: {promise}{Environment.NewLine}What happened: {happened}{Environment.NewLine}How to fix it: {fix}", cause) => Check = check;

    /// <summary>Gets the check's name.</summary>
    public string Check { get; }
}
