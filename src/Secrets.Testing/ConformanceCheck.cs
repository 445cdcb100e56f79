using Secrets.Testing.Conformance;

namespace Secrets.Testing;

/// <summary>One promise that every source keeps, and the trial of it.</summary>
public sealed class ConformanceCheck
{
    private readonly Func<Trial, Task> _run;
    private readonly Func<SourceHarness, ISecretsSource, string?> _whyNot;

    internal ConformanceCheck(string name, string promise, Func<Trial, Task> run, Func<SourceHarness, ISecretsSource, string?>? whyNot = null)
    {
        Name = name;
        Promise = promise;
        _run = run;
        _whyNot = whyNot ?? ((_, _) => null);
    }

    /// <summary>Gets the name, which stays the same from release to release.</summary>
    public string Name { get; }

    /// <summary>Gets what every source promises, in a sentence.</summary>
    public string Promise { get; }

    /// <summary>Runs the check over stores of its own.</summary>
    /// <param name="harness">Makes a harness with a new store; it is called as often as the check needs one, and the check disposes what it gives.</param>
    /// <param name="cancellationToken">Ends the check.</param>
    /// <returns>Whether it passed or could not be run.</returns>
    /// <exception cref="ConformanceException">The source does not keep the promise.</exception>
    /// <exception cref="NotSupportedException">The harness neither breaks its store as the check needs it, nor says with <see cref="SourceHarness.Cannot"/> that it cannot.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<ConformanceResult> RunAsync(Func<SourceHarness> harness, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(harness);
        var trial = new Trial(this, harness, cancellationToken);
        await using (trial.ConfigureAwait(false))
        {
            if (WhyNot(trial.Harness()) is { } reason)
            {
                return new ConformanceResult(Name, reason);
            }

            try
            {
                await _run(trial).ConfigureAwait(false);
            }
            catch (Exception failure) when (failure is not ConformanceException && failure != trial.HarnessFailure && !cancellationToken.IsCancellationRequested)
            {
                throw trial.Failure($"the source threw {Trial.Describe(failure)}.", "the promise holds without an exception; see where it is thrown and make it hold", failure);
            }

            return new ConformanceResult(Name, skipReason: null);
        }
    }

    /// <summary>Gives the name.</summary>
    /// <returns>The name.</returns>
    public override string ToString() => Name;

    internal string? WhyNot(SourceHarness harness) => _whyNot(harness, harness.CreateSource());
}
