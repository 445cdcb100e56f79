using System.Globalization;
using Secrets;
using Secrets.Soak;
using Secrets.Soak.Leases;

if (args is ["--leases"] or ["--leases", "--seed", _])
{
    await using var soak = new LeaseSoak(args is [_, _, var text] && int.TryParse(text, CultureInfo.InvariantCulture, out int given) ? given : 1);
    return await soak.RunAsync();
}

if (args is not ["--seed", var seedText, "--rotations", var rotationsText]
    || !int.TryParse(seedText, CultureInfo.InvariantCulture, out int seed)
    || !int.TryParse(rotationsText, CultureInfo.InvariantCulture, out int rotations))
{
    Console.Error.WriteLine("usage: dotnet run -c Release --project tests/Secrets.Soak -- --seed N --rotations 1000 | --leases [--seed N]");
    return 2;
}

DirectoryInfo directory = Directory.CreateTempSubdirectory("secrets-soak-");
try
{
    string file = Path.Combine(directory.FullName, "secrets.toml");
    var time = new CountingTimeProvider(speed: 50);

    // The first run is for what is made once: code, caches, pools.
    await RunAsync(file, new Random(seed), rotations: 50, time);
    long before = GC.GetTotalMemory(forceFullCollection: true);
    (long torn, long lost, long twice, long reads) = await RunAsync(file, new Random(seed), rotations, time);
    long growth = GC.GetTotalMemory(forceFullCollection: true) - before;

    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"rotations={rotations} torn={torn} lost={lost} timers={time.LiveTimers} heapGrowthBytes={growth} twice={twice} reads={reads}"));
    return torn == 0 && lost == 0 && twice == 0 && time.LiveTimers == 0 && growth <= 1024 * 1024 ? 0 : 1;
}
finally
{
    directory.Delete(recursive: true);
}

static async Task<(long Torn, long Lost, long Twice, long Reads)> RunAsync(string file, Random random, int rotations, CountingTimeProvider time)
{
    var rotation = new Rotation(file, random);
    rotation.WriteVersion(1);
    await using SecretsStore store = new SecretsBuilder { TimeProvider = time }.AddToml(file).Watch().Build();

    // Events come one at a time, so this needs no lock; the last state counts, and no state comes twice in a row.
    string served = store.GetString("db.user");
    long twice = 0;
    using var whole = new SemaphoreSlim(0);
    string last = "";
    store.Changed += (_, changes) =>
    {
        string now = changes.View.GetString("db.user", "none")!;
        twice += now == served ? 1 : 0;
        served = now;
        if (now == Volatile.Read(ref last))
        {
            whole.Release();
        }
    };

    using var readers = new Readers(store);
    readers.Start();
    await rotation.RunAsync(rotations);
    string final = string.Create(CultureInfo.InvariantCulture, $"v{rotation.Version + 1}");
    Volatile.Write(ref last, final);
    rotation.WriteVersion(rotation.Version + 1);
    bool arrived = await whole.WaitAsync(TimeSpan.FromSeconds(30));
    await readers.StopAsync();
    long lost = arrived && served == final && store.GetString("db.user") == final ? 0 : 1;
    return (readers.Torn, lost, twice, readers.Reads);
}
