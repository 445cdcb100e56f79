using Secrets.Loading;

namespace Secrets.Tests.Names;

/// <summary>
/// One table for the rule that a name is a name, however it is spelled: the spelling in a source × the spelling in a source below it × the spelling that is
/// asked for × the way in which it is asked for. Every row has one answer, which the sources' order alone decides.
/// </summary>
internal static class NameTable
{
    private static readonly string[] Asked = ["data_base.api_key", "DataBase.ApiKey", "DATABASE.API_KEY", "data-base.api-key", "database.apiKey", "DATABASE.APIKEY"];

    private static readonly string?[] Below = [null, "data_base.api_key", "DataBase.ApiKey", "data-base.API_KEY"];

    /// <summary>Gives the rows whose answer is another one.</summary>
    public static IReadOnlyList<string> WrongRows(NameKind kind, string door) =>
        Rows(kind).Select(row => row with { Answer = Answer(() => NameDoors.Through(door, row.Chain(kind), row.Asked)) })
            .Where(row => row.Answer != "upper").Select(row => row.ToString()).ToArray();

    /// <summary>Gives the rows in which a pin of a path, as it is asked for, does not leave it to its target.</summary>
    public static IReadOnlyList<string> WrongPins(NameKind kind) =>
    [
        .. from row in Rows(kind)
           from target in row.Below is null ? [kind.Name] : new[] { kind.Name, "memory" }
           from pinned in new[] { row.Asked, row.Asked[..row.Asked.IndexOf('.', StringComparison.Ordinal)] }
           let answer = Answer(() => NameDoors.Through("GetString", row.Chain(kind).Pin(pinned, target), NameKind.Path))
           where answer != (target == kind.Name ? "upper" : "lower")
           select $"{row} pinned to {target}: {answer}",
    ];

    /// <summary>Gives the rows in which a change is not told to whoever waits for the path, as it is asked for.</summary>
    public static async Task<IReadOnlyList<string>> WrongChangesAsync(NameKind kind, CancellationToken cancellationToken)
    {
        var wrong = new List<string>();
        foreach (Row row in Rows(kind))
        {
            await using SecretsStore store = await row.Chain(kind).Require(NameKind.Path).BuildAsync(cancellationToken);
            var seen = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
            using IDisposable subscription = store.OnChange(row.Asked, change => seen.TrySetResult(change.View.GetString(row.Asked)));
            kind.Set(row.Source, "changed");
            await store.RefreshAsync(cancellationToken);
            if (await seen.Task.WaitAsync(TimeSpan.FromSeconds(30), cancellationToken) != "changed")
            {
                wrong.Add(row.ToString());
            }
        }

        return wrong;
    }

    private static IEnumerable<Row> Rows(NameKind kind) =>
        from source in kind.Spellings
        from below in Below
        from asked in Asked
        select new Row(source, below, asked);

    private static string Answer(Func<string> read)
    {
        try
        {
            return read();
        }
        catch (Exception failure) when (failure is ISecretsError)
        {
            return failure.Message;
        }
    }

    private sealed record Row(string Source, string? Below, string Asked)
    {
        public string Answer { get; init; } = "";

        public SecretsBuilder Chain(NameKind kind)
        {
            var builder = new SecretsBuilder();
            kind.Set(Source, "upper");
            kind.AddTo(builder);
            return Below is null ? builder : builder.AddInMemory(new Dictionary<string, object?> { [Below] = "lower" });
        }
    }
}
