namespace Secrets.Soak;

/// <summary>Reads on all cores, and counts sections whose user and password are not of one version.</summary>
internal sealed class Readers(SecretsStore store) : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private Task[] _tasks = [];
    private long _torn;
    private long _reads;

    public long Torn => Interlocked.Read(ref _torn);

    public long Reads => Interlocked.Read(ref _reads);

    public void Start() => _tasks = [.. Enumerable.Range(0, Environment.ProcessorCount).Select(_ => Task.Run(Read))];

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_tasks);
    }

    public void Dispose() => _stop.Dispose();

    private void Read()
    {
        while (!_stop.IsCancellationRequested)
        {
            for (int i = 0; i < 1_000; i++)
            {
                // A file that is gone leaves nothing to read, which is not torn.
                if (store.Current.TryGetValue("db", out SecretValue? db) && db["user"].Reveal() != db["password"].Reveal())
                {
                    Interlocked.Increment(ref _torn);
                }
            }

            Interlocked.Add(ref _reads, 1_000);
            Thread.Yield();
        }
    }
}
