namespace Secrets.Cli;

/// <summary>What the command ends with, for scripts.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>The answer is no: a secret is missing, two sources differ, a check found something.</summary>
    public const int No = 1;

    /// <summary>The command line cannot be carried out as it is.</summary>
    public const int WrongUse = 2;

    /// <summary>A source failed: denied, unreachable or malformed.</summary>
    public const int SourceFailed = 3;

    /// <summary>A program was found and cannot be executed.</summary>
    public const int NotExecutable = 126;

    /// <summary>A program was not found.</summary>
    public const int NotFound = 127;

    /// <summary>The user cancelled.</summary>
    public const int Cancelled = 130;
}
