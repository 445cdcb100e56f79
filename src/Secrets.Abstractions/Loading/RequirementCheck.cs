using Secrets.Merging;

namespace Secrets.Loading;

/// <summary>Checks that a snapshot has what the program requires. One exception names everything that is wrong.</summary>
internal static class RequirementCheck
{
    public static void Verify(Chain chain, Snapshot snapshot)
    {
        List<Exception> failures = FindMissing(chain, snapshot);
        if (failures.Count == 0 && chain.BindingChecks.Count > 0)
        {
            // The check must not count as a read by the program.
            Bind(chain, snapshot.Unmarked().Root.View, failures);
        }

        if (failures.Count > 0)
        {
            throw SourceFailures.Combine(failures, "problems with what is required");
        }
    }

    private static List<Exception> FindMissing(Chain chain, Snapshot snapshot)
    {
        var missing = new List<SecretPath>();
        var failures = new List<Exception>();
        foreach (SecretDemand demand in chain.Demands)
        {
            SecretValue? value = snapshot.Root.FindBySegments(demand.Path.Segments);
            value = value?.Node is { IsCertain: false } uncertain ? uncertain.Blocker?.Value : value;
            if (value is { Kind: SecretKind.Unreadable })
            {
                failures.Add(value.Unread());
            }
            else if (value?.Node is { } section && demand.IsRequired)
            {
                // Requiring a section requires everything in it.
                failures.AddRange(UnreadableIn(section).Select(v => v.Unread()));
            }
            else if (value is null && demand.IsRequired)
            {
                missing.Add(demand.Path);
            }
        }

        if (missing.Count > 0)
        {
            failures.Add(snapshot.NotFound(missing));
        }

        return failures;
    }

    private static void Bind(Chain chain, SecretsView view, List<Exception> failures)
    {
        foreach (Action<SecretsView> check in chain.BindingChecks)
        {
            try
            {
                check(view);
            }
            catch (Exception failure) when (failure is ISecretsError)
            {
                failures.Add(failure);
            }
        }
    }

    private static IEnumerable<SecretValue> UnreadableIn(SectionNode section) => section.EntryList.SelectMany(e => e.Value switch
    {
        { Kind: SecretKind.Unreadable } => [e.Value],
        { Node: { } below } => UnreadableIn(below),
        _ => Enumerable.Empty<SecretValue>(),
    });
}
