namespace Secrets.Testing.Conformance;

/// <summary>Tells why a source cannot run a check.</summary>
internal static class Needs
{
    /// <summary>Gets the faults in which a load fails.</summary>
    public static IReadOnlyList<SourceFault> Failing { get; } = [SourceFault.Unavailable, SourceFault.AccessDenied, SourceFault.Malformed];

    public static Func<SourceHarness, ISecretsSource, string?> Ability(SourceAbility ability) => (harness, _) => harness.WhyNot(ability);

    public static Func<SourceHarness, ISecretsSource, string?> Fault(SourceFault fault) => (harness, _) => harness.WhyNot(fault);

    /// <summary>Needs one fault at least in which a load fails.</summary>
    public static string? AnyFailure(SourceHarness harness, ISecretsSource source)
    {
        string?[] reasons = [.. Failing.Select(harness.WhyNot)];
        return Array.TrueForAll(reasons, r => r is not null) ? string.Join("; ", reasons.Distinct(StringComparer.Ordinal)) : null;
    }

    public static string? Remote(SourceHarness harness, ISecretsSource source) => source is ISecretsRemoteSource ? null : "the source is local and is always read whole";

    public static string? CountedRemote(SourceHarness harness, ISecretsSource source) =>
        Remote(harness, source) ?? harness.WhyNot(SourceAbility.CountedCalls);

    public static string? Lookup(SourceHarness harness, ISecretsSource source) => source is ISecretsLookup ? null : "the source is not a lookup";

    public static string? Signal(SourceHarness harness, ISecretsSource source) => source is ISecretsChangeSignal ? null : "the source does not signal changes";
}
