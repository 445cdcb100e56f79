namespace Secrets;

/// <summary>What every source behind a network has. The options of a source kind add its own to these.</summary>
public abstract class SecretsRemoteSourceOptions : SecretsSourceOptions
{
    /// <summary>Gets or sets how long one attempt of one call may take, from connecting to the last byte of the answer.</summary>
    /// <value>More than zero, up to a day. Default 10 seconds.</value>
    public TimeSpan CallTimeLimit { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Gets or sets how often a call is tried that failed in a way that may pass: no connection, no answer in time, an error of the store, too many calls.</summary>
    /// <value>1 to 10. Default 3.</value>
    public int MaxAttempts { get; set; } = 3;

    /// <summary>Gets or sets how many calls a load makes at once.</summary>
    /// <value>1 to 1,024. Default 32.</value>
    public int MaxConcurrentCalls { get; set; } = 32;

    /// <summary>Gets or sets how large an answer may be.</summary>
    /// <value>Bytes, at least 1. Default 16 MiB.</value>
    public int MaxAnswerBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>Says what is wrong with the options, where something is; a source kind's own options add to it.</summary>
    /// <returns>Rules that are broken, each as in <c>MaxAttempts is from 1 to 10</c>.</returns>
    protected virtual IEnumerable<string> FindMistakes()
    {
        if (CallTimeLimit <= TimeSpan.Zero || CallTimeLimit > TimeSpan.FromDays(1))
        {
            yield return "CallTimeLimit is longer than zero, up to a day";
        }

        if (LoadTimeLimit <= TimeSpan.Zero || LoadTimeLimit > TimeSpan.FromDays(1))
        {
            yield return "LoadTimeLimit is longer than zero, up to a day";
        }

        if (MaxAttempts is < 1 or > 10)
        {
            yield return "MaxAttempts is from 1 to 10";
        }

        if (MaxConcurrentCalls is < 1 or > 1024)
        {
            yield return "MaxConcurrentCalls is from 1 to 1024";
        }

        if (MaxAnswerBytes < 1)
        {
            yield return "MaxAnswerBytes is at least 1 byte";
        }
    }

    /// <summary>Checks the options; the method that adds a source calls it.</summary>
    /// <param name="sourceName">The source kind, for the exception.</param>
    /// <exception cref="SecretsSourceException">An option is invalid, <see cref="SecretsErrorCode.InvalidConfiguration"/>; the message names all that are.</exception>
    public void Validate(string sourceName)
    {
        string[] mistakes = [.. FindMistakes()];
        if (mistakes.Length > 0)
        {
            throw new SecretsSourceException(SecretsErrorCode.InvalidConfiguration, $"{GetType().Name} breaks a rule: {string.Join("; ", mistakes)}.", sourceName);
        }
    }
}
