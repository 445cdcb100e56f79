using Secrets.Remote.Loading;

namespace Secrets.Remote;

/// <summary>
/// What every source behind a network has: the limits of its calls, and which secrets are read. The options of a store derive from it and add the store's own, such as its
/// address and credential.
/// </summary>
public abstract class RemoteSourceOptions : SecretsSourceOptions
{
    /// <summary>Gets or sets how long one attempt of one call may take, from connecting to the last byte of the answer.</summary>
    /// <value>More than zero, up to a day. Default 10 seconds.</value>
    public TimeSpan CallTimeLimit { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Gets or sets how often a call is made that fails in a way that may pass: no connection, no answer in time, an error of the store. A call that is refused for too many is repeated until <see cref="SecretsSourceOptions.LoadTimeLimit"/>.</summary>
    /// <value>1 to 10. Default 3.</value>
    public int MaxAttempts { get; set; } = 3;

    /// <summary>Gets or sets how many calls a load makes at once.</summary>
    /// <value>1 to 1,024. Default 32.</value>
    public int MaxConcurrentCalls { get; set; } = 32;

    /// <summary>Gets or sets how large an answer may be.</summary>
    /// <value>Bytes, at least 1. Default 16 MiB.</value>
    public int MaxAnswerBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>Gets which secrets are read, and at which paths they stand.</summary>
    internal RemoteMap Map { get; } = new();

    /// <summary>Gets a value indicating whether a secret or a prefix was added. Where none was, the whole store is read, each secret as text.</summary>
    protected bool NamesSecrets => !Map.IsEmpty;

    /// <inheritdoc/>
    protected override bool EnforcesLoadTimeLimit => true;

    /// <summary>Copies the limits and the secrets into other options. A program may change its options after it added the source.</summary>
    internal T CopyLimitsAndMapTo<T>(T copy)
        where T : RemoteSourceOptions
    {
        copy.CallTimeLimit = CallTimeLimit;
        copy.LoadTimeLimit = LoadTimeLimit;
        copy.MaxAttempts = MaxAttempts;
        copy.MaxConcurrentCalls = MaxConcurrentCalls;
        copy.MaxAnswerBytes = MaxAnswerBytes;
        copy.Map.Add(Map);
        return copy;
    }

    /// <summary>Adds one secret. Options of a store call it from a method of their own, such as <c>Secret(name, at)</c>, once they have checked the name.</summary>
    /// <param name="name">The secret.</param>
    /// <param name="at">The path where it stands, such as <c>trello.token</c>; <see langword="null"/> makes its fields keys of the root, for which its value must be a JSON object.</param>
    /// <param name="format">How its text becomes values; <see langword="null"/> is <see cref="SecretFormat.Auto"/>.</param>
    /// <exception cref="ArgumentException"><paramref name="at"/> is not a path.</exception>
    /// <exception cref="SecretsSourceException">The name is empty, dots alone or has a control character: <see cref="SecretsErrorCode.InvalidConfiguration"/>.</exception>
    protected void AddSecret(RemoteName name, string? at = null, SecretFormat? format = null)
    {
        // Dots alone climb in a URL (RFC 3986, section 5.2.4).
        if (string.IsNullOrWhiteSpace(name.Name) || name.Name is "." or ".." || name.Name.Any(char.IsControl))
        {
            throw new SecretsSourceException(SecretsErrorCode.InvalidConfiguration, $"Invalid {GetType().Name}: the name of a secret must not be empty or dots alone, and must have no control character.");
        }

        Map.AddSecret(name, at, format);
    }

    /// <summary>Adds all secrets whose names begin with a prefix. What follows the prefix is the path.</summary>
    /// <param name="prefix">The prefix; empty for the whole store.</param>
    /// <param name="at">The path below which they stand; <see langword="null"/> is the root.</param>
    /// <param name="format">How their texts become values; <see langword="null"/> is <see cref="SecretFormat.Auto"/>.</param>
    /// <exception cref="ArgumentException"><paramref name="at"/> is not a path.</exception>
    protected void AddPrefix(string prefix, string? at = null, SecretFormat? format = null)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        Map.AddPrefix(prefix, at, format);
    }

    /// <summary>Says what is wrong with the options, where something is; a store's own options add to it.</summary>
    /// <returns>The mistakes, each as in <c>MaxAttempts must be from 1 to 10</c>.</returns>
    protected virtual IEnumerable<string> FindMistakes()
    {
        if (CallTimeLimit <= TimeSpan.Zero || CallTimeLimit > TimeSpan.FromDays(1))
        {
            yield return "CallTimeLimit must be greater than zero and at most one day";
        }

        if (LoadTimeLimit <= TimeSpan.Zero || LoadTimeLimit > TimeSpan.FromDays(1))
        {
            yield return "LoadTimeLimit must be greater than zero and at most one day";
        }

        if (MaxAttempts is < 1 or > 10)
        {
            yield return "MaxAttempts must be from 1 to 10";
        }

        if (MaxConcurrentCalls is < 1 or > 1024)
        {
            yield return "MaxConcurrentCalls must be from 1 to 1024";
        }

        if (MaxAnswerBytes < 1)
        {
            yield return "MaxAnswerBytes must be at least 1";
        }
    }

    /// <summary>Checks the options. <see cref="RemoteSource"/> calls it when it is created.</summary>
    /// <param name="sourceName">The source kind, for the exception.</param>
    /// <exception cref="SecretsSourceException">An option is invalid, <see cref="SecretsErrorCode.InvalidConfiguration"/>; the message names all that are.</exception>
    public void Validate(string sourceName)
    {
        string[] mistakes = [.. FindMistakes()];
        if (mistakes.Length > 0)
        {
            throw new SecretsSourceException(SecretsErrorCode.InvalidConfiguration, $"Invalid {GetType().Name}: {string.Join("; ", mistakes)}.", sourceName);
        }
    }
}
