using Secrets.Merging;

namespace Secrets.Loading;

/// <summary>Holds a snapshot against what the program declared; one exception names all that is wrong.</summary>
internal static class RequirementCheck
{
    public static void Verify(Chain chain, Snapshot snapshot)
    {
        var missing = new List<SecretPath>();
        var failures = new List<Exception>();
        foreach (Requirement requirement in chain.Requirements)
        {
            SecretValue? value = snapshot.Root.FindBySegments(requirement.Path.Segments);
            if (value is { Kind: SecretKind.Unreadable })
            {
                failures.Add(value.Unread());
            }
            else if (value is null && requirement.IsRequired)
            {
                missing.Add(requirement.Path);
            }
        }

        if (missing.Count > 0)
        {
            failures.Add(snapshot.NotFound(missing));
        }

        if (failures.Count == 0)
        {
            foreach (Action<SecretsView> check in chain.BindingChecks)
            {
                try
                {
                    check(snapshot.Root.View);
                }
                catch (Exception failure) when (failure is ISecretsError)
                {
                    failures.Add(failure);
                }
            }
        }

        if (failures.Count > 0)
        {
            throw SourceFailures.Combine(failures, "problems with what is required");
        }
    }
}
