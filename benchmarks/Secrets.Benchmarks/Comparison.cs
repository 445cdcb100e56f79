using System.Diagnostics;
using System.Globalization;

namespace Secrets.Benchmarks;

/// <summary>
/// Runs two actions in turns, so that what else the machine does meets both, and compares the medians.
/// The bytes are those that one call of each allocates.
/// </summary>
internal sealed record Comparison(double Ratio, double Nanoseconds, double BaselineNanoseconds, long Bytes, long BaselineBytes)
{
    public static Comparison Of(Action subject, Action baseline, int rounds, int callsPerRound)
    {
        // Long enough for the runtime to have compiled both for good: it does so in the background, after a pause.
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(2))
        {
            Time(subject, callsPerRound);
            Time(baseline, callsPerRound);
        }

        var subjectTimes = new double[rounds];
        var baselineTimes = new double[rounds];
        for (int i = 0; i < rounds; i++)
        {
            // Who goes first changes, since the second finds other caches than the first.
            if (i % 2 == 0)
            {
                subjectTimes[i] = Time(subject, callsPerRound);
                baselineTimes[i] = Time(baseline, callsPerRound);
            }
            else
            {
                baselineTimes[i] = Time(baseline, callsPerRound);
                subjectTimes[i] = Time(subject, callsPerRound);
            }
        }

        double own = Median(subjectTimes), other = Median(baselineTimes);
        return new Comparison(own / other, own, other, Allocated(subject), Allocated(baseline));
    }

    public string Describe() => string.Create(
        CultureInfo.InvariantCulture, $"{Ratio:0.00} × ({Scale(Nanoseconds)} / {Scale(BaselineNanoseconds)})");

    private static double Time(Action action, int calls)
    {
        if (calls == 1)
        {
            // A long action would otherwise pay for collecting what the other one left behind.
            GC.Collect();
        }

        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < calls; i++)
        {
            action();
        }

        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / calls;
    }

    private static long Allocated(Action action)
    {
        const int Calls = 100;
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Calls; i++)
        {
            action();
        }

        return (GC.GetAllocatedBytesForCurrentThread() - before) / Calls;
    }

    public static double Median(double[] values)
    {
        Array.Sort(values);
        return values[values.Length / 2];
    }

    private static string Scale(double nanoseconds) => nanoseconds switch
    {
        < 1_000 => string.Create(CultureInfo.InvariantCulture, $"{nanoseconds:0.0} ns"),
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{nanoseconds / 1_000:0.0} µs"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{nanoseconds / 1_000_000:0.00} ms"),
    };
}
