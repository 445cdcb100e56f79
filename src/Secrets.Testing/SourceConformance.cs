using Secrets.Testing.Conformance;

namespace Secrets.Testing;

/// <summary>
/// The promises that every source keeps, each with its check. The list is the same for all: a source's author can neither remove a check nor change one, and what
/// a source cannot run is reported as skipped with a reason. Any test framework can run it.
/// </summary>
public static class SourceConformance
{
    /// <summary>Gets all checks, in the order in which an author does well to make them pass.</summary>
    public static IReadOnlyList<ConformanceCheck> Checks { get; } = Array.AsReadOnly<ConformanceCheck>(
    [
        .. ValueChecks.All,
        .. KeyChecks.All,
        .. OriginChecks.All,
        .. FailureChecks.All,
        .. LeakChecks.All,
        .. CancellationChecks.All,
        .. ReloadChecks.All,
        .. InstanceChecks.All,
        .. ChainChecks.All,
        .. AbilityChecks.All,
    ]);

    /// <summary>Runs one check, for test frameworks that list their cases by name.</summary>
    /// <param name="check">The name of one of <see cref="Checks"/>.</param>
    /// <param name="harness">Makes a harness with a new store.</param>
    /// <param name="cancellationToken">Ends the check.</param>
    /// <returns>Whether it passed or could not be run.</returns>
    /// <exception cref="ArgumentException">No check has this name.</exception>
    /// <exception cref="ConformanceException">The source does not keep the promise.</exception>
    /// <exception cref="NotSupportedException">The harness neither breaks its store as the check needs it, nor says with <see cref="SourceHarness.Cannot"/> that it cannot.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static Task<ConformanceResult> RunAsync(string check, Func<SourceHarness> harness, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(check);
        ConformanceCheck found = Checks.FirstOrDefault(c => string.Equals(c.Name, check, StringComparison.Ordinal))
            ?? throw new ArgumentException($"No check is named {check}.", nameof(check));
        return found.RunAsync(harness, cancellationToken);
    }

    /// <summary>Lists the checks that a source cannot run.</summary>
    /// <param name="harness">Makes a harness.</param>
    /// <returns>A line for each, <c>name: reason</c>, in the order of <see cref="Checks"/>.</returns>
    public static async Task<IReadOnlyList<string>> SkipsAsync(Func<SourceHarness> harness)
    {
        ArgumentNullException.ThrowIfNull(harness);
        SourceHarness only = harness();
        await using (only.ConfigureAwait(false))
        {
            return [.. from check in Checks let reason = check.WhyNot(only) where reason is not null select $"{check.Name}: {reason}"];
        }
    }

    /// <summary>Compares the checks that a source cannot run with a committed list, so that none is lost unseen.</summary>
    /// <param name="harness">Makes a harness.</param>
    /// <param name="file">The list, one <c>name: reason</c> a line; empty lines and those that begin with <c>#</c> do not count. A relative path counts from <see cref="AppContext.BaseDirectory"/>.</param>
    /// <returns>A task that ends when they are the same.</returns>
    /// <exception cref="ConformanceException">They differ; the message has the list as it should be.</exception>
    public static async Task CompareSkipsAsync(Func<SourceHarness> harness, string file)
    {
        ArgumentException.ThrowIfNullOrEmpty(file);
        IReadOnlyList<string> actual = await SkipsAsync(harness).ConfigureAwait(false);
        string path = Path.Combine(AppContext.BaseDirectory, file);
        IEnumerable<string> listed = File.Exists(path) ? await File.ReadAllLinesAsync(path).ConfigureAwait(false) : [];
        string[] committed = [.. listed.Select(l => l.Trim()).Where(l => l.Length > 0 && l[0] != '#')];
        if (!committed.SequenceEqual(actual, StringComparer.Ordinal))
        {
            string difference = string.Concat(committed.Except(actual, StringComparer.Ordinal).Select(l => $"{Environment.NewLine}- {l}")
                .Concat(actual.Except(committed, StringComparer.Ordinal).Select(l => $"{Environment.NewLine}+ {l}")));
            throw new ConformanceException(
                "skips",
                "What a source cannot run is committed.",
                $"{file} {(File.Exists(path) ? "differs" : "does not exist")}:{difference}",
                $"where these skips are right, let {file} hold these lines, and have the build copy it to its output{Environment.NewLine}{string.Join(Environment.NewLine, actual)}");
        }
    }
}
