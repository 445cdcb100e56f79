namespace Secrets.Loading;

/// <summary>Makes one exception of all that failed: the only one as it is, several as one that lists them and carries the first one's code.</summary>
internal static class SourceFailures
{
    public static Exception Combine(IReadOnlyList<Exception> failures)
    {
        if (failures.Count == 1)
        {
            return failures[0];
        }

        Exception first = failures.FirstOrDefault(f => f is ISecretsError) ?? failures[0];
        string lines = string.Concat(failures.Select(f => Environment.NewLine + "  " + (f is ISecretsError ? f.Message : f.GetType().FullName)));
        return new SecretsSourceException(
            (first as ISecretsError)?.Code ?? SecretsErrorCode.Unknown,
            $"{failures.Count} sources failed:{lines}",
            (first as SecretsSourceException)?.SourceName);
    }
}
