using Secrets.Benchmarks;

if (args is not ["--quick"])
{
    Console.Error.WriteLine("usage: dotnet run -c Release --project benchmarks/Secrets.Benchmarks -- --quick");
    return 2;
}

#if DEBUG
Console.Error.WriteLine("These are measurements of a Debug build; add -c Release.");
#endif

Row[] rows = [.. ReadRows.Measure(), .. CraftedRows.Measure(), .. ReaderRows.Measure(), .. BuildRows.Measure(), .. StartRows.Measure(), .. await OptionRows.MeasureAsync(), .. await RemoteRows.MeasureAsync(), .. await VaultRows.MeasureAsync()];
Console.WriteLine(Report.Of(rows));
return Array.TrueForAll(rows, row => row.IsMet != false) ? 0 : 1;
