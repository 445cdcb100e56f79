using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;

namespace Secrets.Toml.Reading;

/// <summary>
/// Our reader against Tomlyn, which others wrote: mutants of valid documents are refused by both, or give the same values. TOML_MUTANTS_SEED repeats a run,
/// and TOML_MUTANTS sets how many mutants it has.
/// </summary>
public class TomlMutantTests
{
    public static TheoryData<string> Faults => [.. TomlynFaults.All.Select(f => f.Name)];

    [Fact]
    public void Two_thousand_mutants_are_read_as_Tomlyn_reads_them()
    {
        int seed = Variable("TOML_MUTANTS_SEED") ?? RandomNumberGenerator.GetInt32(int.MaxValue);
        int mutants = Variable("TOML_MUTANTS") ?? 2_000;
        TestContext.Current.TestOutputHelper?.WriteLine($"TOML_MUTANTS_SEED={seed}");
        var mutator = new TomlMutator(seed, TomlMutantDocuments.All);
        int refused = 0;
        for (int i = 0; i < mutants; i++)
        {
            string mutant = mutator.Next();
            if (TomlynFaults.IsUnexplained(mutant))
            {
                string minimal = TomlynFaults.Minimize(mutant);
                Assert.Fail($"""
                    Mutant {i} of TOML_MUTANTS_SEED={seed} is read in two ways. The shortest document that is: {JsonSerializer.Serialize(minimal)}
                    ours:   {TomlynJudge.Ours(minimal)}
                    Tomlyn: {TomlynJudge.Tomlyn(minimal)}
                    If Tomlyn is wrong, add it to {nameof(TomlynFaults)}.
                    """);
            }

            refused += TomlynJudge.Ours(mutant) == TomlynJudge.Error ? 1 : 0;
        }

        // Mutants of one kind alone would show little.
        Assert.InRange(refused, mutants / 10, mutants * 9 / 10);
    }

    [Fact]
    public void The_documents_that_mutants_are_made_of_are_valid()
    {
        Assert.DoesNotContain(TomlynJudge.Error, TomlMutantDocuments.All.Select(TomlynJudge.Ours));
        Assert.DoesNotContain(TomlMutantDocuments.All, TomlynFaults.IsUnexplained);
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_known_fault_is_still_one_and_its_rewriting_explains_it(string name)
    {
        TomlynFault fault = TomlynFaults.All.Single(f => f.Name == name);
        Assert.True(TomlynFaults.Disagree(fault.Minimal), "Tomlyn reads it as we do now: delete it from the list.");
        Assert.False(TomlynFaults.Disagree(fault.Rewrite(fault.Minimal)));
    }

    [Fact]
    public void One_seed_gives_the_same_mutants()
    {
        TomlMutator one = new(7, TomlMutantDocuments.All);
        TomlMutator same = new(7, TomlMutantDocuments.All);
        Assert.Equal(Enumerable.Range(0, 50).Select(_ => one.Next()), Enumerable.Range(0, 50).Select(_ => same.Next()));
    }

    private static int? Variable(string name) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out int value) ? value : null;
}
