namespace Secrets;

/// <summary>
/// A source behind a network. It is asked after all local sources, for exactly the required paths that nothing higher supplies,
/// and not at all when there are none.
/// </summary>
public interface ISecretsRemoteSource : ISecretsSource
{
    /// <summary>Says what a load with this request would ask the store. It does no I/O and looks for no credential.</summary>
    /// <param name="request">What would be asked for.</param>
    /// <returns>The native names and the number of calls.</returns>
    SecretsSourcePlan Plan(SecretsRequest request);
}
