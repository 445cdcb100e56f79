namespace Secrets;

/// <summary>A source that can say where it looks for one path. Without this ability, messages name all of <see cref="SecretsBatch.Places"/>.</summary>
public interface ISecretsPlaces : ISecretsSource
{
    /// <summary>Says where the source looks for a path, for messages: the place of the answer first, if there is one, then the usual names.</summary>
    /// <param name="path">The path of a leaf.</param>
    /// <param name="loaded">The batch that this source's load returned.</param>
    /// <returns>The names as the source writes them, and what else a person should know who expected an answer.</returns>
    IReadOnlyList<string> PlacesOf(SecretPath path, SecretsBatch loaded);
}
