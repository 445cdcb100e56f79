namespace Secrets;

/// <summary>What a build would ask each source. Local sources were read to know it; no remote one was contacted.</summary>
public sealed class SecretsPlan
{
    internal SecretsPlan(IReadOnlyList<SecretsSourcePlan> sources) => Sources = sources;

    /// <summary>Gets the plans of the sources, in the order of precedence.</summary>
    public IReadOnlyList<SecretsSourcePlan> Sources { get; }

    /// <summary>Gives a line for each source.</summary>
    /// <returns>The plan, for people.</returns>
    public override string ToString() => string.Join(Environment.NewLine, Sources);
}
