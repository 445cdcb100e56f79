using Microsoft.Extensions.Logging;

namespace Secrets.Hosting.Lifetime;

/// <summary>What a host logs, in the category <c>Secrets</c>. Event ids are stable; docs/hosting.md lists them. No message holds a value.</summary>
internal static partial class HostLog
{
    public const string Category = "Secrets";

    public static void Warn(ILogger logger, SecretsWarning warning)
    {
        switch (warning.Code)
        {
            case SecretsWarningCode.RefreshFailed:
                SourceFailed(logger, warning.SourceName, warning.ErrorCode, warning.Message);
                break;
            case SecretsWarningCode.Recovered:
                SourceRecovered(logger, warning.Message);
                break;
            default:
                Warned(logger, warning.Code, warning.Message);
                break;
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Secrets are loaded: {Sources}")]
    public static partial void Loaded(ILogger logger, string sources);

    [LoggerMessage(2, LogLevel.Warning, "{Code}: {Message}")]
    public static partial void Warned(ILogger logger, SecretsWarningCode code, string message);

    [LoggerMessage(3, LogLevel.Error, "Source {Source} failed with {Code}: {Message}")]
    public static partial void SourceFailed(ILogger logger, string? source, SecretsErrorCode? code, string message);

    [LoggerMessage(4, LogLevel.Information, "{Message}")]
    public static partial void SourceRecovered(ILogger logger, string message);

    [LoggerMessage(5, LogLevel.Information, "Secrets changed: {Added} added, {Updated} updated, {Removed} removed")]
    public static partial void Changed(ILogger logger, int added, int updated, int removed);

    [LoggerMessage(6, LogLevel.Error, "Options {Options} keep their last value, because the new one was rejected with {Code}: {Reason}")]
    public static partial void OptionsRejected(ILogger logger, string options, string code, string reason);

    [LoggerMessage(7, LogLevel.Information, "Options {Options} have a valid value again")]
    public static partial void OptionsAccepted(ILogger logger, string options);

    [LoggerMessage(8, LogLevel.Warning, "Leases and logins were not all given back within the host's shutdown time")]
    public static partial void ReleaseTimedOut(ILogger logger);
}
