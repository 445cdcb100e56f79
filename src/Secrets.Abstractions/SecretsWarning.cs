namespace Secrets;

/// <summary>Something that a person should know, such as a source that cannot be read while its last values are served. It never holds a value.</summary>
public sealed class SecretsWarning
{
    internal SecretsWarning(SecretsWarningCode code, string message, string? sourceName, string? path, SecretsErrorCode? errorCode = null)
    {
        ErrorCode = errorCode;
        Code = code;
        Message = message;
        SourceName = sourceName;
        Path = path;
    }

    /// <summary>Gets what it is about.</summary>
    public SecretsWarningCode Code { get; }

    /// <summary>Gets what happened, where, and what to do.</summary>
    public string Message { get; }

    /// <summary>Gets the source's name in the chain, or <see langword="null"/>.</summary>
    public string? SourceName { get; }

    /// <summary>Gets the path, or <see langword="null"/>.</summary>
    public string? Path { get; }

    /// <summary>Gets the code of the failure that the warning is about; <see langword="null"/> where nothing failed.</summary>
    public SecretsErrorCode? ErrorCode { get; }

    /// <summary>Gives the message.</summary>
    /// <returns>The message.</returns>
    public override string ToString() => Message;
}
