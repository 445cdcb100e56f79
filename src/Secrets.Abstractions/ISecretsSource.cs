namespace Secrets;

/// <summary>
/// One backend. This is all that one must implement; <see cref="ISecretsRemoteSource"/>, <see cref="ISecretsLookup"/> and <see cref="ISecretsPlaces"/> are optional abilities.
/// A constructor does no I/O, and a source keeps no mutable state: what continues from load to load travels in <see cref="SecretsBatch.State"/>.
/// </summary>
public interface ISecretsSource
{
    /// <summary>Gets the kind's short name, as in <c>toml</c>; a second one of the kind in a chain becomes <c>toml#2</c>.</summary>
    string Name { get; }

    /// <summary>Reads the store once.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="cancellationToken">Ends the load; the exception is never wrapped.</param>
    /// <returns>What was found. Absence is an empty batch or <see cref="SecretsBatch.IsMissing"/>, never an exception.</returns>
    /// <exception cref="SecretsSourceException">The store could not be read, with the code that says why.</exception>
    /// <exception cref="SecretsFormatException">A file is malformed: <see cref="SecretsErrorCode.InvalidFormat"/>.</exception>
    ValueTask<SecretsBatch> LoadAsync(SecretsRequest request, CancellationToken cancellationToken);
}
