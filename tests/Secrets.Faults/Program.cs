using Secrets.Faults;

// With --print, the table alone, as it is to stand in docs/faults.md.
bool isPrinted = args is ["--print"];
if (args.Length > 0 && !isPrinted)
{
    Console.Error.WriteLine("usage: Secrets.Faults [--print]");
    return 2;
}

var rows = new List<FaultRow>();
foreach (StoreUnderFault store in FaultTable.Stores)
{
    foreach (string fault in FaultTable.Faults)
    {
        FaultRow row = await FaultTable.RunAsync(store, fault, CancellationToken.None);
        rows.Add(row);
        Console.WriteLine(isPrinted ? row.Promise : FormattableString.Invariant($"{row.Promise} {row.Longest.TotalSeconds:F2} s"));
    }
}

if (isPrinted)
{
    return 0;
}

string[] found = [.. rows.Select(r => r.Promise)];
IReadOnlyList<string> documented = FaultTable.Documented();
string[] differences =
[
    .. documented.Except(found).Select(l => "documented: " + l),
    .. found.Except(documented).Select(l => "found:      " + l),
    .. rows.Where(r => r.IsCanarySeen).Select(r => $"leaked:     {r.Source} {r.Fault}"),
    .. rows.Where(r => r.Longest > FaultTable.Bound).Select(r => $"too slow:   {r.Source} {r.Fault}"),
];
Console.WriteLine();
foreach (string difference in differences)
{
    Console.WriteLine(difference);
}

Console.WriteLine($"{rows.Count} rows, {differences.Length} differences from docs/faults.md");
return differences.Length == 0 ? 0 : 1;
