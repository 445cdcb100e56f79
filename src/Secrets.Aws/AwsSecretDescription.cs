using System.Globalization;

namespace Secrets.Aws;

/// <summary>What <c>DescribeSecret</c> and <c>ListSecrets</c> tell of a secret: all but its value.</summary>
/// <remarks>The service's model requires no member of an answer, so each may be <see langword="null"/> or empty.</remarks>
public sealed class AwsSecretDescription
{
    internal const string CurrentStage = "AWSCURRENT";

    /// <summary>Gets the ARN.</summary>
    public required string? Arn { get; init; }

    /// <summary>Gets the name.</summary>
    public required string? Name { get; init; }

    /// <summary>Gets the identifiers of the versions and the labels of each; empty for a secret that has no value yet.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> VersionIdsToStages { get; init; }

    /// <summary>Gets when the secret last changed in any way; <see langword="null"/> where the service does not say.</summary>
    public required DateTimeOffset? LastChangedDate { get; init; }

    /// <summary>Gets when it was marked for deletion; <see langword="null"/> where it is not.</summary>
    public DateTimeOffset? DeletedDate { get; init; }

    /// <summary>Gives the name.</summary>
    /// <returns>The name, or else the ARN.</returns>
    public override string ToString() => Name ?? Arn ?? "";

    /// <summary>Gives the identifier of the version with a label, or of the one with that identifier.</summary>
    internal string? VersionAt(string stage) => VersionIdsToStages.FirstOrDefault(v => v.Value.Contains(stage, StringComparer.Ordinal)).Key;

    /// <summary>Gives the current version, by its identifier or, where no label is told, by the time of the last change.</summary>
    internal string? CurrentVersion() => VersionAt(CurrentStage) ?? LastChangedDate?.ToString("O", CultureInfo.InvariantCulture);
}
