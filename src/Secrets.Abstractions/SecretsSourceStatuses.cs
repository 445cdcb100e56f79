using System.Collections;
using System.Globalization;
using Secrets.Redaction;

namespace Secrets;

/// <summary>What became of the sources of a chain, in the order of precedence. Its text is a table.</summary>
public sealed class SecretsSourceStatuses : IReadOnlyList<SecretsSourceStatus>
{
    private readonly SecretsSourceStatus[] _statuses;

    internal SecretsSourceStatuses(SecretsSourceStatus[] statuses) => _statuses = statuses;

    /// <summary>Gets the number of sources.</summary>
    public int Count => _statuses.Length;

    /// <summary>Gets the status of a source by its place in the order of precedence.</summary>
    /// <param name="index">The place, counted from 0.</param>
    /// <returns>The status.</returns>
    public SecretsSourceStatus this[int index] => _statuses[index];

    /// <summary>Gives the statuses.</summary>
    /// <returns>The statuses, in the order of precedence.</returns>
    public IEnumerator<SecretsSourceStatus> GetEnumerator() => ((IEnumerable<SecretsSourceStatus>)_statuses).GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Gives a table with a line for each source: state, secrets, age in seconds, failures, last error and seconds until the next refresh.</summary>
    /// <returns>The table, for people.</returns>
    public override string ToString()
    {
        string[][] cells =
        [
            ["source", "state", "secrets", "age", "failures", "last error", "next"],
            .. _statuses.Select(s => new[]
            {
                s.Name,
                s.State.ToString(),
                s.Count.ToString(CultureInfo.InvariantCulture),
                Seconds(s.Age),
                s.ConsecutiveFailures.ToString(CultureInfo.InvariantCulture),
                s.LastErrorCode?.ToString() ?? "-",
                Seconds(s.Wait),
            }),
        ];
        return TextTable.Of(cells);
    }

    private static string Seconds(TimeSpan? time) => time is null ? "-" : string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, Math.Round(time.Value.TotalSeconds)):0} s");
}
