namespace Secrets.Testing.Conformance;

/// <summary>A source among others.</summary>
internal static class ChainChecks
{
    public static IReadOnlyList<ConformanceCheck> All { get; } =
    [
        new("chain-precedence", "Placed before another source, it wins the keys that it has; placed after it, it supplies those that the other lacks. It blocks no other key.", PrecedenceAsync),
    ];

    private static async Task PrecedenceAsync(Trial trial)
    {
        SecretEntry[] stored = [Seed.Text("alpha", "source"), Seed.Text("beta", "source")];
        SecretEntry[] others = [Seed.Text("alpha", "other"), Seed.Text("gamma", "other")];
        (SourceHarness harness, ISecretsSource source) = await trial.GivenAsync(stored).ConfigureAwait(false);
        foreach (bool isFirst in new[] { true, false })
        {
            SecretsBuilder chain = trial.Chain();
            _ = isFirst ? Other(chain.Add(source)) : Other(chain).Add(source);
            using SecretsStore store = await Trial.Require(chain, harness, source, [.. stored, others[1]]).BuildAsync(trial.CancellationToken).ConfigureAwait(false);
            trial.ExpectSame(
                [isFirst ? stored[0] : others[0], stored[1], others[1]],
                p => store.TryGetValue(p.ToString(), out SecretValue? value) ? value : null,
                $"give exactly what the store has, with no entry in the place of what it lacks (here the source was added {(isFirst ? "first" : "last")})");
        }

        SecretsBuilder Other(SecretsBuilder chain) => chain.AddInMemory(others.Select(o => KeyValuePair.Create(o.Path.ToString(), (object?)o.Value.Reveal())));
    }
}
