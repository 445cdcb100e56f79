using Secrets.Keys;

namespace Secrets.Merging;

/// <summary>What happens when a program reads a leaf that it never required, on a chain that requires others.</summary>
internal sealed class UndeclaredRead(string path, UndeclaredReads policy, WarningLog warnings)
{
    private int _reported;

    /// <summary>Gets a value indicating whether the read is refused.</summary>
    public bool IsRefused => policy == UndeclaredReads.Throw;

    public void OnRead(SecretValue value)
    {
        if (IsRefused)
        {
            throw new SecretsSourceException(SecretsErrorCode.InvalidConfiguration, Message(value.Origin));
        }

        // Read before written: otherwise every reader of a hot value would write to the same cache line.
        if (Volatile.Read(ref _reported) == 0 && Interlocked.Exchange(ref _reported, 1) == 0)
        {
            warnings.AddOnce(new SecretsWarning(SecretsWarningCode.UndeclaredRead, Message(value.Origin), value.Origin.SourceName, path));
        }
    }

    private string Message(SecretOrigin origin) =>
        $"{path} was read from {origin}, but it is not required: where only a remote store has it, it would not be asked for. Add Require({PathText.Literal(path)}).";
}
