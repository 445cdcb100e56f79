using Secrets.Redaction;

namespace Secrets.Loading;

/// <summary>Combines failures into one exception: a single one is returned as it is; several become one exception that lists them and has the first one's code.</summary>
internal static class SourceFailures
{
    /// <param name="failures">What failed; the same message counts once.</param>
    /// <param name="what">What the list is a list of, as in <c>sources failed</c>.</param>
    public static Exception Combine(IReadOnlyList<Exception> failures, string what)
    {
        string[] texts = [.. failures.Select(Text).Distinct(StringComparer.Ordinal)];
        Exception first = failures.FirstOrDefault(f => f is ISecretsError) ?? failures[0];
        if (texts.Length == 1)
        {
            return first;
        }

        string lines = string.Concat(texts.Select(t => Environment.NewLine + "  " + t.ReplaceLineEndings(Environment.NewLine + "  ")));
        return new SecretsSourceException(
            (first as ISecretsError)?.Code ?? SecretsErrorCode.Unknown,
            $"{texts.Length} {what}:{lines}",
            (first as SecretsSourceException)?.SourceName);
    }

    /// <summary>Throws all failures as one exception, each as a copy, because several callers may wait for the same load.</summary>
    public static void ThrowIfAny(IEnumerable<Exception?> failures)
    {
        Exception[] thrown = [.. failures.OfType<Exception>().Select(Redactor.Clone)];
        if (thrown.Length > 0)
        {
            throw Combine(thrown, "failures");
        }
    }

    private static string Text(Exception failure) => failure is ISecretsError ? failure.Message : failure.GetType().FullName!;
}
