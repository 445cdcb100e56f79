namespace Secrets.Testing.Tests.Broken;

/// <summary>A store that has every ability and every fault, for sources that are right but for one thing.</summary>
internal sealed class Shelf
{
    private TaskCompletionSource _change = new();
    private int _version;
    private int _calls;

    public IReadOnlyList<(SecretEntry Secret, int Version)> Secrets { get; private set; } = [];

    public SourceFault? Fault { get; private set; } = SourceFault.Missing;

    public SecretEntry? Hit { get; private set; }

    public int Calls => _calls;

    public Task Change => _change.Task;

    public void Call() => Interlocked.Increment(ref _calls);

    public void Store(IReadOnlyList<SecretEntry> secrets)
    {
        (SecretEntry Secret, int Version)[] now = [.. secrets.Select(s => Secrets.FirstOrDefault(o => IsSame(o.Secret, s)) is { Secret: not null } old ? old : (s, ++_version))];
        Break(null, null);
        Secrets = now;
    }

    public void Break(SourceFault? fault, SecretEntry? secret)
    {
        (Fault, Hit) = (fault, secret);
        TaskCompletionSource before = _change;
        _change = new TaskCompletionSource();
        before.SetResult();
    }

    private static bool IsSame(SecretEntry first, SecretEntry second) =>
        first.Path == second.Path && first.Value.Kind == second.Value.Kind && first.Value.RevealBytes().AsSpan().SequenceEqual(second.Value.RevealBytes());
}
