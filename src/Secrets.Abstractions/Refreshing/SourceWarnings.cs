using Secrets.Merging;

namespace Secrets.Refreshing;

/// <summary>Gives the warnings about one source that hold now.</summary>
internal static class SourceWarnings
{
    /// <param name="known">The source as its last load left it.</param>
    /// <param name="served">The source as the snapshot has it.</param>
    public static IReadOnlyList<SecretsWarning> Of(LoadedSource known, LoadedSource served)
    {
        var warnings = new List<SecretsWarning>();
        foreach (string text in known.Batch?.Warnings ?? [])
        {
            warnings.Add(new SecretsWarning(SecretsWarningCode.Source, text, known.Name, path: null));
        }

        if (known.Failure is { } failure)
        {
            warnings.Add(new SecretsWarning(SecretsWarningCode.RefreshFailed, failure.Message, known.Name, path: null, (failure as ISecretsError)?.Code));
        }
        else
        {
            foreach (UnreadableSecret secret in known.Unreadable)
            {
                warnings.Add(new SecretsWarning(SecretsWarningCode.Unreadable, secret.Failure.Message, known.Name, secret.Path, secret.Failure.Code));
            }
        }

        foreach (SecretPath path in served.HeldRequired)
        {
            warnings.Add(new SecretsWarning(
                SecretsWarningCode.RequiredGone,
                $"{path} is required and gone from every source. Its last value, of {known.Name}, is served. Put it back, or do not require it.",
                known.Name,
                path.ToString(),
                SecretsErrorCode.NotFound));
        }

        return warnings;
    }
}
