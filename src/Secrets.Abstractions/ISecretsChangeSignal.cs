namespace Secrets;

/// <summary>A source that can signal a change of its store, such as one that watches files. It is used by stores that watch (<see cref="SecretsBuilder.Watch"/>).</summary>
public interface ISecretsChangeSignal : ISecretsSource
{
    /// <summary>
    /// Gets how long changed content must stay the same before it is served in the background. A source of files returns its poll interval here, so that a file is
    /// not served while it is being written.
    /// </summary>
    /// <value>Default zero: changed content is served at once. A longer time than a day counts as a day.</value>
    TimeSpan SettleTime => TimeSpan.Zero;

    /// <summary>
    /// Waits until the store differs from what a load gave. What the load saw is in the batch's <see cref="SecretsBatch.State"/>, so that a change
    /// between the load and this call is not missed.
    /// </summary>
    /// <param name="loaded">The last batch, or <see langword="null"/> where no load has succeeded yet.</param>
    /// <param name="timeProvider">The clock to wait with.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that completes when the source should be loaded again.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    Task WaitForChangeAsync(SecretsBatch? loaded, TimeProvider timeProvider, CancellationToken cancellationToken);
}
