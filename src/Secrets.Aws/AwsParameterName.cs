using System.Globalization;

namespace Secrets.Aws;

/// <summary>
/// A parameter as it is asked for: <c>/prod/token</c>, <c>/prod/token:3</c>, <c>/prod/token:live</c>, or an ARN with or without such an end; and which answer is its own.
/// </summary>
internal sealed class AwsParameterName
{
    // "Referencing AWS Secrets Manager secrets from Parameter Store parameters" of the Systems Manager user guide.
    private const string ReferencePrefix = "/aws/reference/secretsmanager/";

    public AwsParameterName(string asked)
    {
        // A name has no colon ("PutParameter" of the API reference), and an ARN none behind "parameter".
        int start = asked.StartsWith("arn:", StringComparison.Ordinal) ? Math.Max(asked.IndexOf(":parameter", StringComparison.Ordinal) + 1, 0) : 0;
        int colon = asked.IndexOf(':', start);
        Name = colon < 0 ? asked : asked[..colon];
        Selector = colon < 0 ? null : asked[(colon + 1)..];
    }

    /// <summary>Gets the name or ARN without what chooses a version.</summary>
    public string Name { get; }

    /// <summary>Gets the number or the label that chooses a version, without its colon; <see langword="null"/> for the current one.</summary>
    public string? Selector { get; }

    /// <summary>Gets a value indicating whether it refers to a secret of Secrets Manager.</summary>
    public static bool IsReference(string asked) => asked.StartsWith(ReferencePrefix, StringComparison.Ordinal);

    /// <summary>Gives the answer for this name alone; <see langword="null"/> where there is none, or it is of another version.</summary>
    public AwsParameter? FindAlone(IReadOnlyList<AwsParameter> answers) => answers is [{ } only] && !IsOtherVersion(only) ? only : null;

    /// <summary>
    /// Gives the answer for this name among those for several; <see langword="null"/> where none is, or it is not certain which. Some servers leave out which selector an
    /// answer belongs to: a number is then told by the version, and a label by nothing.
    /// </summary>
    public AwsParameter? Find(IReadOnlyList<AwsParameter> answers, IReadOnlyList<AwsParameterName> group)
    {
        AwsParameter[] own = [.. answers.Where(IsOf)];
        bool saysSelectors = own.Any(p => SelectorOf(p) is not null);
        if (Selector is not null)
        {
            return own.FirstOrDefault(p => string.Equals(SelectorOf(p), Selector, StringComparison.Ordinal))
                ?? (Number is { } number ? own.FirstOrDefault(p => SelectorOf(p) is null && p.Version == number) : null);
        }

        bool isUncertain = !saysSelectors && group.Any(other => other.Selector is not null && own.Any(other.IsOf));
        return isUncertain ? null : own.FirstOrDefault(p => SelectorOf(p) is null);
    }

    private long? Number => long.TryParse(Selector, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : null;

    // The API reference writes ":3" and "name:3".
    private static string? SelectorOf(AwsParameter parameter) =>
        string.IsNullOrEmpty(parameter.Selector) ? null : parameter.Selector[(parameter.Selector.LastIndexOf(':') + 1)..];

    private bool IsOf(AwsParameter parameter) =>
        string.Equals(parameter.Name, Name, StringComparison.Ordinal) || string.Equals(parameter.Arn, Name, StringComparison.Ordinal);

    private bool IsOtherVersion(AwsParameter parameter) => Number is { } number && parameter.Version is > 0 and { } version && version != number;
}
