using Secrets.Benchmarks;

var groups = new Dictionary<string, Func<Task<IReadOnlyList<Row>>>>(StringComparer.Ordinal)
{
    ["reads"] = () => Task.FromResult<IReadOnlyList<Row>>([.. ReadRows.Measure()]),
    ["crafted"] = () => Task.FromResult<IReadOnlyList<Row>>([.. CraftedRows.Measure()]),
    ["reader"] = () => Task.FromResult<IReadOnlyList<Row>>([.. ReaderRows.Measure()]),
    ["build"] = () => Task.FromResult<IReadOnlyList<Row>>([.. BuildRows.Measure()]),
    ["start"] = () => Task.FromResult<IReadOnlyList<Row>>([.. StartRows.Measure()]),
    ["options"] = OptionRows.MeasureAsync,
    ["remote"] = RemoteRows.MeasureAsync,
    ["vault"] = VaultRows.MeasureAsync,
};
if (args is not ["--quick", ..] || !Array.TrueForAll(args[1..], groups.ContainsKey))
{
    Console.Error.WriteLine($"usage: dotnet run -c Release --project benchmarks/Secrets.Benchmarks -- --quick [{string.Join("|", groups.Keys)}] ...");
    return 2;
}

#if DEBUG
Console.Error.WriteLine("These are measurements of a Debug build; add -c Release.");
#endif

var rows = new List<Row>();
foreach (string group in args.Length > 1 ? args[1..] : [.. groups.Keys])
{
    rows.AddRange(await groups[group]());
}

Console.WriteLine(Report.Of(rows));
return rows.TrueForAll(row => row.IsMet) ? 0 : 1;
