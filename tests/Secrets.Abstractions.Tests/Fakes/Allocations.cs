namespace Secrets.Tests.Fakes;

/// <summary>Measures what an action allocates on its own thread.</summary>
internal static class Allocations
{
    private const int Rounds = 5;

    /// <summary>
    /// Gives the fewest bytes that a round of so many calls allocated. What the action allocates, it allocates in each round; what else is charged to the thread,
    /// as when the runtime replaces the method by an optimised one in the middle of a round, is not in all of them.
    /// </summary>
    public static long Of(Action action, int calls)
    {
        long fewest = long.MaxValue;
        for (int round = 0; round < Rounds; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < calls; i++)
            {
                action();
            }

            fewest = Math.Min(fewest, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return fewest;
    }
}
